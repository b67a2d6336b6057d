package io.lingmq.bench.micro;

import io.lingmq.Context;
import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.message.Message;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/** Sockets over inproc through the public API, a thread at each end. Messages a microsecond that arrive. */
@State(Scope.Group)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InprocStreamBenchmark {
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

    /** One thread sends. At the end of an iteration the other one is gone, so it must not wait for room for ever. */
    @Benchmark
    @Group("stream")
    public void send(Control control) {
        while (!push.trySend(message) && !control.stopMeasurement) {
            Thread.onSpinWait();
        }
    }

    /** The other receives. */
    @Benchmark
    @Group("stream")
    public @Nullable Message receive(Control control) {
        var got = pull.tryReceive();
        while (got == null && !control.stopMeasurement) {
            Thread.onSpinWait();
            got = pull.tryReceive();
        }
        return got;
    }
}
