package io.lingmq.chain;

import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The segments of a chain that its reader hands back: written to again, but only when they have been read. */
public final class SegmentStress {
    private static final int FRAME = 300;
    private static final int MESSAGES = 8;
    private static final int SIZE = ChainWriter.SMALLEST;

    private SegmentStress() {}

    private static byte[] filled(int size, int octet) {
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) octet);
        return bytes;
    }

    private static int sum(byte[] bytes) {
        var sum = 0;
        for (var octet : bytes) {
            sum += octet;
        }
        return sum;
    }

    /** A chain whose reader has kept up for a while, so that a segment waits to be used again. */
    private abstract static class Chain {
        final ChainWriter writer = new ChainWriter();
        final ChainReader reader = writer.reader();
        int wrongBytes;
        int messages;

        Chain() {
            for (var i = 0; i < 2 * MESSAGES; i++) {
                writer.put(filled(FRAME, 0), 0, FRAME);
                writer.publishAll();
                reader.refresh();
                reader.take(FRAME);
            }
        }

        final void writeMessage(int number) {
            for (var i = 0; i < FRAME; i++) {
                writer.put(number);
            }
            writer.publishAll();
        }

        final void readMessage() {
            if (reader.refresh() >= FRAME) {
                messages++;
                for (var octet : reader.take(FRAME)) {
                    wrongBytes += octet == messages ? 0 : 1;
                }
            }
        }

        final void readRest(II_Result result) {
            while (messages < MESSAGES && reader.refresh() > 0) {
                readMessage();
            }
            result.r1 = wrongBytes;
            result.r2 = messages;
        }
    }

    /** A stream of messages, of which some end in another segment than they begin in. */
    @JCStressTest
    @Outcome(id = "0, " + MESSAGES, expect = Expect.ACCEPTABLE, desc = "All messages, each as it was written.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A message was lost or overwritten.")
    @State
    public static class UsedAgain extends Chain {
        @Actor
        public void write() {
            for (var number = 1; number <= MESSAGES; number++) {
                writeMessage(number);
            }
        }

        @Actor
        public void read() {
            for (var i = 0; i < MESSAGES; i++) {
                readMessage();
            }
        }

        @Arbiter
        public void after(II_Result result) {
            readRest(result);
        }
    }

    /** Before each message something is put into the next segments and taken back. */
    @JCStressTest
    @Outcome(id = "0, " + MESSAGES, expect = Expect.ACCEPTABLE, desc = "All messages, each as it was written.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A message was lost or overwritten.")
    @State
    public static class RolledBack extends Chain {
        private static final byte[] NEVER_SENT = filled(2 * FRAME, -1);

        @Actor
        public void write() {
            for (var number = 1; number <= MESSAGES; number++) {
                writer.put(NEVER_SENT, 0, NEVER_SENT.length);
                writer.rollback();
                writeMessage(number);
            }
        }

        @Actor
        public void read() {
            for (var i = 0; i < MESSAGES; i++) {
                readMessage();
            }
        }

        @Arbiter
        public void after(II_Result result) {
            readRest(result);
        }
    }

    /** Read, then handed back. */
    @JCStressTest
    @Outcome(id = "" + SIZE, expect = Expect.ACCEPTABLE, desc = "What was in it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "It was written to while it was read.")
    @State
    public static class ReadThenHandedBack {
        private final ChainWriter writer = new ChainWriter();
        private final Segment segment = new Segment(filled(SIZE, 1), false);

        @Actor
        public void write() {
            writer.put(filled(SIZE, 2), 0, SIZE);
        }

        @Actor
        public void read(I_Result result) {
            result.r1 = sum(segment.bytes);
            writer.handBack(segment);
        }
    }

    /** A reader that hands a segment back before it has read it. */
    @JCStressTest
    @Outcome(id = "" + SIZE, expect = Expect.ACCEPTABLE, desc = "What was in it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "It was written to while it was read.")
    @State
    public static class HandedBackTooEarlyBroken {
        private final ChainWriter writer = new ChainWriter();
        private final Segment segment = new Segment(filled(SIZE, 1), false);

        @Actor
        public void write() {
            writer.put(filled(SIZE, 2), 0, SIZE);
        }

        @Actor
        public void read(I_Result result) {
            writer.handBack(segment);
            result.r1 = sum(segment.bytes);
        }
    }
}
