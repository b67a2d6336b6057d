package io.lingmq.session;

import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Task;
import io.lingmq.reactor.Timer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Sees to it that an idle peer costs next to nothing. A pipe's arrays grow with what passes, and stay for what will
 * come; when nothing has come for a while they are dropped.
 *
 * <p>It looks only at pipes that have grown, once in {@value #PERIOD_NS} ns, and not any more once one is small again.
 *
 * <pre>
 *   OFF --the pipe has grown--> CALLED --the reactor's thread--> WATCHING --nothing passed, arrays dropped--> OFF
 *   any --stop--> STOPPED
 * </pre>
 *
 * <p>Threading: {@link #grown} from any thread, all else on the reactor's.
 */
final class IdleWatch {
    private enum State {
        OFF,
        /** A task on the reactor's thread begins to watch. */
        CALLED,
        WATCHING,
        STOPPED
    }

    private static final long PERIOD_NS = 1_000_000_000;

    private final Reactor reactor;
    private final WirePipe pipe;
    private final BooleanSupplier dropArrays;
    private final Task beginning = new Task(this::begin);
    private final Timer timer;
    private final AtomicReference<State> state = new AtomicReference<>(State.OFF);
    private long trafficSeen;

    /**
     * Watches a pipe.
     *
     * @param dropArrays calls {@link WirePipe#dropArrays} while nobody else moves the pipe's bytes; false if that is
     *     not possible now
     */
    IdleWatch(Reactor reactor, WirePipe pipe, BooleanSupplier dropArrays) {
        this.reactor = reactor;
        this.pipe = pipe;
        this.dropArrays = dropArrays;
        timer = new Timer(reactor, this::lookAgain);
    }

    /** The pipe holds much for an idle one. */
    void grown() {
        if (state.get() == State.OFF && state.compareAndSet(State.OFF, State.CALLED)) {
            reactor.post(beginning);
        }
    }

    private void begin() {
        if (state.compareAndSet(State.CALLED, State.WATCHING)) {
            watchOn();
        }
    }

    private void watchOn() {
        trafficSeen = pipe.traffic();
        try {
            timer.set(PERIOD_NS);
        } catch (OutOfMemoryError e) { // no room for one more timer: the next growth calls again
            state.compareAndSet(State.WATCHING, State.OFF);
            throw e;
        }
    }

    /** A failure must not end the watch. */
    private boolean drops() {
        try {
            return dropArrays.getAsBoolean();
        } catch (OutOfMemoryError e) {
            watchOn();
            throw e;
        }
    }

    private void lookAgain() {
        if (pipe.traffic() != trafficSeen || !drops()) {
            watchOn();
            return;
        }
        state.compareAndSet(State.WATCHING, State.OFF);
        if (pipe.holdsMuch()) { // something waits in it, or it grew before that was to be seen
            grown();
        }
    }

    void stop() {
        state.set(State.STOPPED);
        timer.cancel();
    }
}
