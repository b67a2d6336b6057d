package io.lingmq.socket;

import io.lingmq.message.Message;
import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.PipeConnection;
import io.lingmq.pipe.PipeOwner;
import io.lingmq.pipe.WirePipe;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The output of a wire pipe rests while there is nothing to write, and the sender tells the connection when there is.
 * That it rests is a plain field: the socket's lock alone keeps the two from missing each other.
 *
 * <p>The first result is 1 if the connection did not come to rest, and so looks again of itself; the second is how
 * often the sender told it of more.
 */
public final class RestingOutputStress {
    private static final Message MESSAGE = Message.of("news");
    private static final String MISSED = "The connection rests beside a message that nobody will tell it of.";

    private RestingOutputStress() {}

    /** A pipe, its socket's lock, and a connection that counts how often it is told of more. */
    private static class Side implements PipeOwner, PipeConnection {
        final SocketLock lock = new SocketLock();
        final WirePipe pipe = new WirePipe(this, 0, 0, false);
        int told;

        Side() {
            pipe.connectionIs(this);
        }

        @Override
        public void rung(Doorbell bell) {}

        @Override
        public boolean tryHold() {
            return lock.tryLock();
        }

        @Override
        public void letGo() {
            lock.unlock();
        }

        @Override
        public void hangUp() {}

        @Override
        public void outputReady(boolean moreFollows) {
            told++;
        }

        @Override
        public boolean writeInline() {
            return false;
        }

        @Override
        public boolean writeAll(long longestNs) {
            return false;
        }

        @Override
        public void flush() {}

        @Override
        public boolean readInline() {
            return false;
        }

        @Override
        public void stopReadingInline() {}

        @Override
        public void inputWanted() {}

        @Override
        public void grown() {}

        @Override
        public void refuse(String reason) {}
    }

    /** The sender holds its socket's lock, the connection tries to get it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "Told of the message, or still awake.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Told although it did not rest.")
    @State
    public static class SeenOrTold extends Side {
        @Actor
        public void send() {
            lock.lock();
            pipe.send(MESSAGE);
            lock.unlock();
        }

        @Actor
        public void rest(II_Result result) {
            result.r1 = pipe.restOutput() ? 0 : 1;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = told;
        }
    }

    /** Without the lock the message may come between the connection's last look and its rest. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = "Told of the message, or still awake.")
    @State
    public static class WithoutLockBroken extends Side {
        @Actor
        public void send() {
            pipe.send(MESSAGE);
        }

        @Actor
        public void rest(II_Result result) {
            result.r1 = pipe.restOutputUnderLock() ? 0 : 1;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = told;
        }
    }
}
