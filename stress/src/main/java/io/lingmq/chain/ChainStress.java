package io.lingmq.chain;

import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A chain: its reader sees whole messages with all their bytes, or nothing. */
public final class ChainStress {
    private static final int FRAME = 300;
    private static final byte[] ONES = filled(1);

    private ChainStress() {}

    private static byte[] filled(int octet) {
        var frame = new byte[FRAME];
        Arrays.fill(frame, (byte) octet);
        return frame;
    }

    private static int sum(byte[] bytes) {
        var sum = 0;
        for (var octet : bytes) {
            sum += octet;
        }
        return sum;
    }

    /** Reads all there is: how many bytes, and their sum. */
    private static void readAll(ChainReader reader, II_Result result) {
        result.r1 = (int) reader.refresh();
        result.r2 = result.r1 == 0 ? 0 : sum(reader.take(result.r1));
    }

    /** A message of two frames, the second of which begins in one array and ends in the next. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "600, 600"},
            expect = Expect.ACCEPTABLE,
            desc = "Nothing, or the whole message.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A part of a message, or bytes that were not there yet.")
    @State
    public static class WholeMessages {
        private final ChainWriter writer = new ChainWriter();
        private final ChainReader reader = writer.reader();

        @Actor
        public void write() {
            writer.put(ONES, 0, FRAME);
            writer.put(ONES, 0, FRAME);
            writer.publishAll();
        }

        @Actor
        public void read(II_Result result) {
            readAll(reader, result);
        }
    }

    /** Who publishes frame by frame lets the reader see half of a message. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "600, 600"},
            expect = Expect.ACCEPTABLE,
            desc = "Nothing, or the whole message.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A part of a message.")
    @State
    public static class FrameByFrameBroken {
        private final ChainWriter writer = new ChainWriter();
        private final ChainReader reader = writer.reader();

        @Actor
        public void write() {
            writer.put(ONES, 0, FRAME);
            writer.publishAll();
            writer.put(ONES, 0, FRAME);
            writer.publishAll();
        }

        @Actor
        public void read(II_Result result) {
            readAll(reader, result);
        }
    }

    /** Who publishes before the bytes are there lets the reader see others. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "300, 300"},
            expect = Expect.ACCEPTABLE,
            desc = "Nothing, or the whole message.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Bytes that were not there yet.")
    @State
    public static class PublishedTooEarlyBroken {
        private final byte[] bytes = new byte[FRAME];
        private volatile int published;

        @Actor
        public void write() {
            published = FRAME;
            System.arraycopy(ONES, 0, bytes, 0, FRAME);
        }

        @Actor
        public void read(II_Result result) {
            result.r1 = published;
            result.r2 = result.r1 == 0 ? 0 : sum(bytes);
        }
    }
}
