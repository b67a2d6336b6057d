package io.lingmq.socket;

import io.lingmq.error.UnroutableException;
import io.lingmq.message.Message;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages between two sockets in both directions, a {@link Batch} at a time. What the other side cannot take
 * after all is held, and no more is read on that side until it is gone.
 *
 * <p>Threading: one thread runs it, any thread steers it. The running thread notes how many signals there have been,
 * moves all it can, looks for more itself as long as that pays, and parks only if no further signal has come since.
 */
public final class Relay implements Observer {
    /** So many batches go one way before the other way has its turn. */
    private static final int BATCHES = 16;

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
        private final Batch batch = new Batch();
        private volatile Traffic traffic = new Traffic(0, 0);

        Way(SocketCore from, SocketCore to) {
            this.from = from;
            this.to = to;
        }

        boolean exists() {
            return from.type().receives() && to.type().sends();
        }

        /** Moves some batches; false if nothing could be moved. */
        boolean move() {
            var before = batch.passedOn();
            var i = 0;
            while (i < BATCHES && state == State.RUNNING && moveBatch()) {
                i++;
            }
            if (batch.passedOn() == before) {
                return false;
            }
            traffic = new Traffic(batch.passedOn(), batch.passedOnBytes());
            return true;
        }

        /** False if the one side has nothing, or the other side takes nothing more. */
        private boolean moveBatch() {
            if (batch.isEmpty()) {
                if (!to.canSend()) {
                    return false;
                }
                from.tryReceive(batch);
                if (batch.isEmpty()) {
                    return false;
                }
                copy(batch);
            }
            passOn();
            return batch.isEmpty();
        }

        private void passOn() {
            try {
                to.trySend(batch);
            } catch (UnroutableException e) {
                batch.dropFirst(); // its addressee is gone, and a relay has nobody to tell
            }
        }

        void giveBack() {
            Message last;
            while (!from.isClosed() && (last = batch.takeLast()) != null) {
                from.handBack(last);
            }
        }
    }

    private final Way forth;
    private final Way back;
    private final boolean twoWays;
    private final Patience patience = new Patience(this::readHere);
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
        twoWays = frontend != backend && back.exists();
    }

    /** Copies each message to a socket too. */
    public void capture(SocketCore sender) {
        capture = sender;
    }

    private void copy(Batch batch) {
        var copies = capture;
        if (copies != null) {
            batch.forEach(message -> copy(message, copies));
        }
    }

    private void copy(Message message, SocketCore copies) {
        if (!copies.trySend(message)) {
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
                if (!movesSomething() && state != State.STOPPED) {
                    awaitSignalAfter(seen);
                }
                endIfInterrupted(); // also where there is always something to move
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

    private boolean movesSomething() {
        moving = true;
        var moved = state == State.RUNNING && moveBothWays();
        moving = false;
        return moved;
    }

    private boolean moveBothWays() {
        var moved = forth.exists() && forth.move();
        return (twoWays && back.move()) || moved;
    }

    private void awaitSignalAfter(long seen) throws InterruptedException {
        if (twoWays) { // what goes only one way is a stream, and better written in larger pieces
            forth.from.pipes().writeUnsent();
            back.from.pipes().writeUnsent();
        }
        var beginNs = System.nanoTime();
        if (state == State.RUNNING && patience.pays(spinNs(), false, Relay::movesSomething, this)) {
            return;
        }
        forth.from.pipes().stopReadingHere();
        back.from.pipes().stopReadingHere();
        while (signals.get() == seen) {
            LockSupport.park(this);
            endIfInterrupted();
        }
        patience.slept(System.nanoTime() - beginNs, spinNs());
    }

    private static void endIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private long spinNs() {
        return Math.min(forth.from.settings().spinNs(), back.from.settings().spinNs());
    }

    private void readHere() {
        if (forth.exists()) {
            forth.from.pipes().readHere();
        }
        if (twoWays) {
            back.from.pipes().readHere();
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
