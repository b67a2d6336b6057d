package io.lingmq.bench.micro;

import io.lingmq.frame.FrameWalker;
import io.lingmq.message.Message;
import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.PipeOwner;
import io.lingmq.pipe.WirePipe;
import io.lingmq.wire.Frame;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Messages into the chains of a wire pipe and out of them, in one thread. Nanoseconds for each message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WirePipeBenchmark {
    private static final int MESSAGES = 100;
    private static final int ROOM = 1 << 20;

    /** Bytes of each body; from 4096 on it travels by reference. */
    @Param({"16", "256", "4096"})
    public int size;

    private final WirePipe pipe = new WirePipe(new NoSocket(), 0, 0, false);
    private final FrameWalker walker = new FrameWalker();
    private final ByteBuffer channel = ByteBuffer.allocateDirect(ROOM);
    private Message message = Message.empty();

    /** Makes the message. */
    @Setup
    public void make() {
        message = Message.wrap(new byte[size]);
    }

    /** The sender encodes, the connection copies what is to be written. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int send() {
        for (var i = 0; i < MESSAGES; i++) {
            pipe.send(message);
        }
        var output = pipe.output();
        channel.clear();
        output.copyTo(channel);
        var before = walker.messages();
        walker.walk(output, channel.position());
        pipe.taken(walker.messages() - before);
        return channel.position();
    }

    /** The connection brings frames, the receiver decodes them. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void receive(Arrived arrived, Blackhole hole) {
        var input = pipe.input();
        input.put(arrived.frames, 0, arrived.frames.length);
        input.mark();
        pipe.arrived(MESSAGES);
        for (@Nullable Message got = pipe.receive(); got != null; got = pipe.receive()) {
            hole.consume(got);
        }
    }

    /** Encoded frames. */
    @State(Scope.Thread)
    public static class Arrived {
        private byte[] frames = {};

        /** Encodes them. */
        @Setup
        public void encode(WirePipeBenchmark benchmark) {
            var frame = Frame.of(0, new byte[benchmark.size]);
            var all = ByteBuffer.allocate(MESSAGES * frame.length);
            for (var i = 0; i < MESSAGES; i++) {
                all.put(frame);
            }
            frames = all.array();
        }
    }

    /** Nobody but the benchmark wants the pipe. */
    private static final class NoSocket implements PipeOwner {
        @Override
        public void rung(Doorbell bell) {}

        @Override
        public boolean tryHold() {
            return true;
        }

        @Override
        public void letGo() {}
    }
}
