package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.error.NotSupportedException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages between two sockets in both directions, a {@link Batch} at a time. What the other side cannot take
 * after all is held, and no more is read on that side until it is gone. Beside a REQ or a REP, which receive and send
 * in turn, a batch is one message.
 *
 * <p>Nothing that a peer says ends it: a message that nobody can be sent is dropped and counted. Only the end of one of
 * the two sockets does, an interrupt, or {@link #stop}.
 *
 * <p>Threading: one thread runs it, or takes its steps; any thread steers it. The running thread notes how many signals
 * there have been, moves all it can, looks for more itself as long as that pays, and parks only if no further signal
 * has come since.
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

    /** Messages and bytes that went one way, and those that were taken from the one side and dropped. */
    public record Traffic(long messages, long bytes, long dropped, long droppedBytes) {
        private static final Traffic NONE = new Traffic(0, 0, 0, 0);

        private static Traffic of(Batch batch) {
            return new Traffic(batch.passedOn(), batch.passedOnBytes(), batch.dropped(), batch.droppedBytes());
        }
    }

    private final class Way {
        private final SocketCore from;
        private final SocketCore to;
        private final Batch batch;
        private volatile Traffic traffic = Traffic.NONE;

        Way(SocketCore from, SocketCore to) {
            this.from = from;
            this.to = to;
            batch = from.alternates() || to.alternates() ? Batch.ofOne() : Batch.ofMany();
        }

        boolean exists() {
            return from.type().receives() && to.type().sends();
        }

        /** Moves some batches; false if nothing could be moved. */
        boolean move() {
            var before = batch.passedOn() + batch.dropped();
            var i = 0;
            while (i < BATCHES && state == State.RUNNING && moveBatch()) {
                i++;
            }
            if (batch.passedOn() + batch.dropped() == before) {
                return false;
            }
            traffic = Traffic.of(batch);
            return true;
        }

        /** False if the one side has nothing, or the other side takes nothing more. */
        private boolean moveBatch() {
            if (batch.isEmpty()) {
                if (!mayTake()) {
                    return false;
                }
                from.tryReceive(batch);
                if (batch.isEmpty()) {
                    return false;
                }
                copy(batch);
            }
            to.trySend(batch);
            return batch.isEmpty();
        }

        /** A REP on both sides can send only what it has received. */
        private boolean mayTake() {
            return (from == to && from.alternates()) || to.canSend();
        }

        /** What is held goes back; where its socket is closed it can only go on, or is lost. */
        void giveBack() {
            if (!from.isClosed()) {
                from.handBack(batch);
                return;
            }
            if (!to.isClosed()) {
                passOnTheLast();
            }
            while (!batch.isEmpty()) {
                batch.dropFirst();
            }
            traffic = Traffic.of(batch);
        }

        private void passOnTheLast() {
            try {
                to.trySend(batch);
            } catch (ClosedException e) {
                return; // closed just now
            }
        }
    }

    private final Way forth;
    private final Way back;
    private final boolean twoWays;
    private final AdaptiveSpin spin = new AdaptiveSpin(this::readInline);
    private final AtomicLong signals = new AtomicLong();
    /** Complete when the thread that runs the relay has left it. */
    private final AtomicReference<@Nullable CompletableFuture<@Nullable Void>> running = new AtomicReference<>();

    private volatile @Nullable SocketCore capture;
    private volatile @Nullable Thread runner;
    private volatile State state = State.RUNNING;
    /**
     * Set before {@code state} is looked at, and the other way round by the thread that changes it: one sees the other.
     */
    private volatile boolean moving;

    private volatile long captureDropped;

    /**
     * A relay between two sockets, which may be the same.
     *
     * @throws NotSupportedException if sockets of these types could never pass messages on
     */
    public Relay(SocketCore frontend, SocketCore backend) {
        RelayPair.check(frontend.type(), backend.type(), frontend == backend, givesUp(frontend) || givesUp(backend));
        forth = new Way(frontend, backend);
        back = new Way(backend, frontend);
        twoWays = frontend != backend && back.exists();
    }

    private static boolean givesUp(SocketCore socket) {
        return socket.type() == SocketType.REQ && socket.get(Options.REQ_RELAXED);
    }

    /**
     * Copies each message to a socket too.
     *
     * @throws NotSupportedException if the socket cannot send one message after the other
     */
    public void capture(SocketCore sender) {
        if (!sender.type().sends() || sender.alternates()) {
            throw new NotSupportedException("a " + sender.type() + " socket cannot send copies of all messages;"
                    + " use PUB, PUSH, DEALER or PAIR to capture them");
        }
        capture = sender;
    }

    private void copy(Batch batch) {
        var copies = capture;
        if (copies != null) {
            batch.forEach(message -> copy(message, copies));
        }
    }

    private void copy(Message message, SocketCore copies) {
        if (!takes(copies, message)) {
            var missed = captureDropped + 1;
            captureDropped = missed;
        }
    }

    /** A capture is not what the relay is for: also a closed one, or one that is full, holds nothing up. */
    private static boolean takes(SocketCore copies, Message message) {
        try {
            return copies.trySend(message);
        } catch (LingException e) {
            return false;
        }
    }

    /** Passes messages until stopped; one thread at a time. */
    public void run() throws InterruptedException {
        var end = new CompletableFuture<@Nullable Void>();
        if (!running.compareAndSet(null, end)) {
            throw new LingException(ErrorCode.WRONG_STATE, "another thread runs this proxy already");
        }
        try {
            runAlone();
        } finally {
            running.set(null);
            end.complete(null);
        }
    }

    /**
     * Passes on what can be passed on now and waits for nothing, for one who has no thread for that and calls this
     * again and again instead of {@link #run}. False if there was nothing.
     */
    public boolean step() {
        ensureOpen();
        return movesSomething();
    }

    /** What it holds goes back, after the last {@link #step}. */
    public void giveBack() {
        forth.giveBack();
        back.giveBack();
    }

    private void runAlone() throws InterruptedException {
        runner = Thread.currentThread();
        forth.from.pipes().observe(this);
        back.from.pipes().observe(this);
        try {
            while (state != State.STOPPED) {
                var seen = signals.get();
                ensureOpen();
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
            giveBack();
        }
    }

    /** Asked here, since neither socket need be called where the relay is paused, or the other side takes nothing. */
    private void ensureOpen() {
        forth.from.ensureOpen();
        back.from.ensureOpen();
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
            forth.from.pipes().flush();
            back.from.pipes().flush();
        }
        var beginNs = System.nanoTime();
        if (state == State.RUNNING
                && (spin.pays(spinNs(), false, Relay::movesSomething, this)
                        || spin.paysBetweenParks(Long.MAX_VALUE, Relay::movesSomething, this))) {
            return;
        }
        forth.from.pipes().stopReadingInline();
        back.from.pipes().stopReadingInline();
        while (signals.get() == seen) {
            LockSupport.park(this);
            endIfInterrupted();
        }
        spin.slept(System.nanoTime() - beginNs, spinNs());
    }

    private static void endIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private long spinNs() {
        return Math.min(forth.from.settings().spinNs(), back.from.settings().spinNs());
    }

    private void readInline() {
        if (forth.exists()) {
            forth.from.pipes().readInline();
        }
        if (twoWays) {
            back.from.pipes().readInline();
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
            TimedPark.of(MOMENT_NS, this); // it ends the message that it has in hand
        }
    }

    /** Passes messages on again. */
    public void resume() {
        become(State.RUNNING);
    }

    /** Whether it has ended, or is about to. */
    public boolean isStopped() {
        return state == State.STOPPED;
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

    /**
     * Waits until no thread runs the relay any more; not by the one that runs it. An interrupt does not end the wait.
     */
    public void awaitEnd() {
        var end = running.get();
        if (end != null && runner != Thread.currentThread()) {
            end.join();
        }
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

    /** How it stands, and its sockets; waits for no lock. */
    @Override
    public String toString() {
        var text = switch (state) {
            case RUNNING -> running.get() == null ? "not running" : "running";
            case PAUSED -> "paused";
            case STOPPED -> running.get() == null ? "closed" : "closing";
        };
        return "(" + text + ") between " + forth.from + " and " + forth.to;
    }
}
