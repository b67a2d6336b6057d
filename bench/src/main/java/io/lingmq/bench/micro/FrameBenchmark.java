package io.lingmq.bench.micro;

import io.lingmq.chain.ChainReader;
import io.lingmq.chain.ChainWriter;
import io.lingmq.frame.FrameWalker;
import io.lingmq.frame.TrafficDecoder;
import io.lingmq.wire.Frame;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
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

/** Frames as bytes: writing headers, walking over them, sorting what a peer sent. Nanoseconds for each frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
    private static final int FRAMES = 100;

    /** Bytes of each body; 256 is the first size with a long header. */
    @Param({"16", "256", "1024"})
    public int size;

    private final byte[] header = new byte[Frame.LONG_HEADER];
    private byte[] stream = {};
    private ByteBuffer received = ByteBuffer.allocate(0);
    private final ChainWriter input = new ChainWriter();
    private final ChainReader reader = input.reader();
    private final FrameWalker taken = new FrameWalker();
    private final TrafficDecoder decoder = new TrafficDecoder(input, -1, (command, inMessage) -> {});

    /** Encodes the frames that are walked and decoded. */
    @Setup
    public void encode() {
        var frame = Frame.of(0, new byte[size]);
        received = ByteBuffer.allocateDirect(FRAMES * frame.length);
        for (var i = 0; i < FRAMES; i++) {
            received.put(frame);
        }
        received.flip();
        stream = new byte[received.remaining()];
        received.duplicate().get(stream);
    }

    /** Writes the header of one frame. */
    @Benchmark
    public int putHeader() {
        return Frame.putHeader(header, 0, 0, size);
    }

    /** Follows the headers of encoded frames. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long walk() {
        var walker = new FrameWalker();
        walker.walk(stream, 0, stream.length);
        return walker.messages();
    }

    /** Sorts what came from a peer into a chain, which is emptied again. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long decode() throws ProtocolException {
        decoder.decode(received.duplicate());
        input.publish();
        taken.walk(reader, reader.refresh());
        return decoder.takeCount();
    }
}
