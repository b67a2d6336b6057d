package io.lingmq.pipe;

import io.lingmq.message.Message;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The queue of messages behind inproc, in one thread. Nanoseconds for each message in and out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueueBenchmark {
    private static final int RUN = 1000;

    private final QueueWriter writer = new QueueWriter();
    private final QueueReader reader = writer.reader(new Credit(1)); // always half full: nobody waits
    private final Message message = Message.wrap(new byte[16]);

    /** The queue stays nearly empty. */
    @Benchmark
    public @Nullable Message offerAndPoll() {
        writer.offer(message);
        return reader.poll();
    }

    /** The queue fills up over several blocks and is emptied again. */
    @Benchmark
    @OperationsPerInvocation(RUN)
    public void fillAndDrain(Blackhole hole) {
        for (var i = 0; i < RUN; i++) {
            writer.offer(message);
        }
        for (var i = 0; i < RUN; i++) {
            hole.consume(reader.poll());
        }
    }
}
