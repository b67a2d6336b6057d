package io.lingmq.bench.micro;

import io.lingmq.Context;
import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.message.Message;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Sockets over inproc through the public API, in one thread: what a message costs when nobody has to wait. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InprocBenchmark {
    private static final String ENDPOINT = "inproc://benchmark";

    private final Context context = Context.open();
    private final PullSocket pull = context.pull();
    private final PushSocket push = context.push();
    private final Message message = Message.wrap(new byte[16]);

    /** Joins the sockets. */
    @Setup
    public void connect() {
        pull.bind(ENDPOINT);
        push.connect(ENDPOINT);
    }

    /** Closes them. */
    @TearDown
    public void close() {
        context.close();
    }

    /** One message in and out. */
    @Benchmark
    public Message sendAndReceive() throws InterruptedException {
        push.send(message);
        return pull.receive();
    }
}
