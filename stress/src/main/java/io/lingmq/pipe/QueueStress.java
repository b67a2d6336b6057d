package io.lingmq.pipe;

import io.lingmq.message.Message;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The queue behind inproc: messages come whole and in order, also where one block ends and the next begins. */
public final class QueueStress {
    private static final int NOTHING = -1;
    private static final int ALMOST_A_BLOCK = 127;
    private static final Message FILLER = Message.empty();

    private QueueStress() {}

    private static int number(@Nullable Message message) {
        return message == null ? NOTHING : message.sharedArray(0)[0];
    }

    /** The two ends of a queue. */
    private static class Ends {
        final QueueWriter writer = new QueueWriter();
        final QueueReader reader = writer.reader(new Credit(1)); // always half full: nobody waits

        void offer(int number) {
            writer.offer(Message.wrap(new byte[] {(byte) number}));
        }
    }

    /** One offers, one polls. */
    @JCStressTest
    @Outcome(
            id = {"-1, -1", "-1, 1", "1, -1", "1, 2"},
            expect = Expect.ACCEPTABLE,
            desc = "As many as had come, in order.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Out of order, or not whole.")
    @State
    public static class InOrder extends Ends {
        /** The next message is the last of its block. */
        public InOrder() {
            for (var i = 0; i < ALMOST_A_BLOCK; i++) {
                writer.offer(FILLER);
                reader.poll();
            }
        }

        @Actor
        public void offer() {
            offer(1);
            offer(2);
        }

        @Actor
        public void poll(II_Result result) {
            result.r1 = number(reader.poll());
            result.r2 = number(reader.poll());
        }
    }

    /** The reader hands a block back while the writer needs one. */
    @JCStressTest
    @Outcome(id = "131, 1", expect = Expect.ACCEPTABLE, desc = "All came, in order.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The block was used again too early.")
    @State
    public static class UsedAgain extends Ends {
        private static final int WRITTEN = 256;
        private static final int READ = 128;

        private int received;
        private int inOrder = 1;

        /** The reader has emptied its block and not left it yet, the writer needs the next one soon. */
        public UsedAgain() {
            for (var i = 0; i < WRITTEN - 1; i++) {
                offer(i % READ);
            }
            for (var i = 0; i < READ; i++) {
                reader.poll();
            }
        }

        @Actor
        public void offer() {
            for (var i = WRITTEN - 1; i < WRITTEN + 3; i++) {
                offer(i % READ);
            }
        }

        @Actor
        public void poll() {
            receive();
        }

        private boolean receive() {
            var number = number(reader.poll());
            if (number == NOTHING) {
                return false;
            }
            if (number != received++ % READ) {
                inOrder = 0;
            }
            return true;
        }

        @Arbiter
        public void after(II_Result result) {
            var more = true;
            while (more) {
                more = receive();
            }
            result.r1 = received;
            result.r2 = inOrder;
        }
    }

    /** The queue is for one reader at a time; two would get the same message. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "One message was received twice.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "By luck.")
    @State
    public static class TwoReadersBroken extends Ends {
        public TwoReadersBroken() {
            offer(1);
            offer(2);
        }

        @Actor
        public void poll(II_Result result) {
            result.r1 = number(reader.poll());
        }

        @Actor
        public void pollToo(II_Result result) {
            result.r2 = number(reader.poll());
        }
    }
}
