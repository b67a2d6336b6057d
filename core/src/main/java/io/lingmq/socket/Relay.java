package io.lingmq.socket;

import io.lingmq.error.UnroutableException;
import io.lingmq.message.Message;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages between two sockets in both directions. A message that the other side cannot take yet is held, one at
 * most each way, and no more is read on that side until it is gone.
 *
 * <p>Threading: one thread runs it, any thread steers it. The running thread notes how many signals there have been,
 * moves all it can, and parks only if no further signal has come since.
 */
public final class Relay implements Observer {
    /** So many messages go one way before the other way has its turn. */
    private static final int BATCH = 1000;

    private static final long MOMENT_NS = 10_000;

    private enum State {
        RUNNING,
        PAUSED,
        STOPPED
    }

    /** Messages and bytes that went one way. */
    public record Traffic(long messages, long bytes) {}

    private final class Way {
        private final SocketCore from;
        private final SocketCore to;
        private @Nullable Message held;
        private long bytes;
        private long messages;
        private volatile Traffic traffic = new Traffic(0, 0);

        Way(SocketCore from, SocketCore to) {
            this.from = from;
            this.to = to;
        }

        /** Moves a batch; false if there was nothing to move. */
        boolean move() {
            var count = 0;
            while (count < BATCH && state == State.RUNNING && moveOne()) {
                count++;
            }
            if (count > 0) {
                traffic = new Traffic(messages, bytes);
            }
            return count > 0;
        }

        private boolean moveOne() {
            var message = held;
            if (message == null) {
                message = from.tryReceive();
                if (message == null) {
                    return false;
                }
                copy(message);
                held = message;
            }
            if (!passOn(message)) {
                return false;
            }
            held = null;
            messages++;
            bytes += message.totalSize();
            return true;
        }

        private boolean passOn(Message message) {
            try {
                return to.trySend(message);
            } catch (UnroutableException e) {
                return true; // its addressee is gone, and a relay has nobody to tell
            }
        }

        void giveBack() {
            if (held != null && !from.isClosed()) {
                from.handBack(held);
                held = null;
            }
        }
    }

    private final Way forth;
    private final Way back;
    private final boolean twoWays;
    private final AtomicLong signals = new AtomicLong();
    private volatile @Nullable SocketCore capture;
    private volatile @Nullable Thread runner;
    private volatile State state = State.RUNNING;
    /** Set before {@code state} is looked at, and the other way round by who changes that: one sees the other. */
    private volatile boolean moving;

    private volatile long captureDropped;

    /** A relay between two sockets, which may be the same. */
    public Relay(SocketCore frontend, SocketCore backend) {
        forth = new Way(frontend, backend);
        back = new Way(backend, frontend);
        twoWays =
                frontend != backend && frontend.type().sends() && backend.type().receives();
    }

    /** Copies each message to a socket too. */
    public void capture(SocketCore sender) {
        capture = sender;
    }

    private void copy(Message message) {
        var copies = capture;
        if (copies != null && !copies.trySend(message)) {
            var missed = captureDropped + 1;
            captureDropped = missed;
        }
    }

    /** Passes messages until stopped. */
    public void run() throws InterruptedException {
        runner = Thread.currentThread();
        forth.from.pipes().observe(this);
        back.from.pipes().observe(this);
        try {
            while (state != State.STOPPED) {
                var seen = signals.get();
                moving = true;
                var moved = state == State.RUNNING && moveBothWays();
                moving = false;
                if (!moved && state != State.STOPPED) {
                    awaitSignalAfter(seen);
                }
            }
        } finally {
            moving = false;
            runner = null;
            forth.from.pipes().ignore(this);
            back.from.pipes().ignore(this);
            forth.giveBack();
            back.giveBack();
        }
    }

    private boolean moveBothWays() {
        var moved = forth.from.type().receives() && forth.to.type().sends() && forth.move();
        return (twoWays && back.move()) || moved;
    }

    private void awaitSignalAfter(long seen) throws InterruptedException {
        while (signals.get() == seen) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.park(this);
        }
    }

    @Override
    public void onSignal() {
        signals.incrementAndGet();
        var sleeper = runner;
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
        }
    }

    /** Stops passing messages on, for a while: what comes after this call stays where it is. */
    public void pause() {
        become(State.PAUSED);
        while (moving && runner != Thread.currentThread()) {
            LockSupport.parkNanos(this, MOMENT_NS); // it ends the message that it has in hand
        }
    }

    /** Passes messages on again. */
    public void resume() {
        become(State.RUNNING);
    }

    /** Ends the relay for good. */
    public void stop() {
        become(State.STOPPED);
    }

    private synchronized void become(State next) {
        if (state != State.STOPPED) {
            state = next;
        }
        onSignal();
    }

    /** What went from the frontend to the backend. */
    public Traffic fromFrontend() {
        return forth.traffic;
    }

    /** What went from the backend to the frontend. */
    public Traffic fromBackend() {
        return back.traffic;
    }

    /** How many copies the capture socket could not take. */
    public long captureDropped() {
        return captureDropped;
    }
}
