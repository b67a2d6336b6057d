package io.lingmq.pipe;

import io.lingmq.chain.ChainReader;
import io.lingmq.message.Message;
import io.lingmq.stress.NoSocket;
import java.util.List;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A broadcast: the connection of each pipe sees what was sent to this pipe, and no more. */
public final class BroadcastStress {
    /** A message of one octet, in its frame. */
    private static final int FRAME = 3;

    private static final Message SEVEN = Message.of(new byte[] {7});

    private BroadcastStress() {}

    private static WirePipe pipe(int mark) {
        return new WirePipe(new NoSocket(), mark, 0, false);
    }

    private static Broadcast broadcast(WirePipe... pipes) {
        return Objects.requireNonNull(Broadcast.to(List.of(pipes)));
    }

    /** How many bytes there are, and the last of them; 0 if there are none. */
    private static void readAll(ChainReader reader, II_Result result) {
        result.r1 = (int) reader.refresh();
        for (var i = 0; i < result.r1; i++) {
            result.r2 = reader.next();
        }
    }

    /** A pipe that is full is left out of the second message, which others get. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", FRAME + ", 7"},
            expect = Expect.ACCEPTABLE,
            desc = "Nothing, or the first message.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "More than was sent to this pipe, or bytes that were not there yet.")
    @State
    public static class LeftOut {
        private final WirePipe full = pipe(1);
        private final Broadcast broadcast = broadcast(full, pipe(0), pipe(0));

        @Actor
        public void send() {
            broadcast.send(SEVEN);
            broadcast.send(SEVEN);
        }

        @Actor
        public void read(II_Result result) {
            readAll(full.output(), result);
        }
    }

    /** A pipe goes its own way, with a message of its own. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", FRAME + ", 7", 2 * FRAME + ", 9"},
            expect = Expect.ACCEPTABLE,
            desc = "Nothing, the message to all, or both.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A part of them, or bytes that were not there yet.")
    @State
    public static class GoesItsOwnWay {
        private final WirePipe pipe = pipe(0);
        private final Broadcast broadcast = broadcast(pipe, pipe(0));

        @Actor
        public void send() {
            broadcast.send(SEVEN);
            pipe.send(Message.of(new byte[] {9}));
        }

        @Actor
        public void read(II_Result result) {
            readAll(pipe.output(), result);
        }
    }

    /** A pipe that had something joins. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", FRAME + ", 9", 2 * FRAME + ", 7"},
            expect = Expect.ACCEPTABLE,
            desc = "Nothing, its own message, or both.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A part of them, or bytes that were not there yet.")
    @State
    public static class Joins {
        private final WirePipe pipe = pipe(0);
        private final WirePipe other = pipe(0);

        @Actor
        public void send() {
            pipe.send(Message.of(new byte[] {9}));
            broadcast(pipe, other).send(SEVEN);
        }

        @Actor
        public void read(II_Result result) {
            readAll(pipe.output(), result);
        }
    }

    /** Who takes all that the log has for its own sees what was sent to others. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "Nothing, or the first message.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "More than was sent to this pipe.")
    @State
    public static class WithoutEndBroken {
        private volatile int log;
        private volatile boolean follows = true;
        private volatile int own;

        @Actor
        public void send() {
            log = 1;
            own = 1;
            follows = false;
            log = 2;
        }

        @Actor
        public void read(II_Result result) {
            result.r1 = follows ? log : own;
        }
    }
}
