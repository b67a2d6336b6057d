package io.lingmq.session;

import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Task;
import io.lingmq.reactor.Timer;
import java.util.function.BooleanSupplier;

/**
 * Sees to it that an idle peer costs next to nothing. A pipe's arrays grow with what passes, and stay for what will
 * come; when nothing has come for a while they are dropped.
 *
 * <p>It looks only at pipes that have grown, once in {@value #PERIOD_NS} ns, and not any more once one is small again.
 *
 * <p>Threading: {@link #grown} from any thread, all else on the reactor's.
 */
final class IdleWatch {
    private static final long PERIOD_NS = 1_000_000_000;

    private final Reactor reactor;
    private final WirePipe pipe;
    private final BooleanSupplier dropArrays;
    private final Task beginning = new Task(this::begin);
    private final Timer timer;
    private volatile boolean watching;
    private boolean timed;
    private long trafficSeen;
    private boolean stopped;

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
        if (!watching) {
            watching = true;
            reactor.post(beginning);
        }
    }

    /** Asked for twice at once, this comes twice: the timer must not be set twice. */
    private void begin() {
        if (!stopped && !timed) {
            timed = true;
            watchOn();
        }
    }

    private void watchOn() {
        trafficSeen = pipe.traffic();
        timer.set(PERIOD_NS);
    }

    private void lookAgain() {
        if (pipe.traffic() != trafficSeen || !dropArrays.getAsBoolean()) {
            watchOn();
            return;
        }
        timed = false;
        watching = false;
        if (pipe.holdsMuch()) { // something waits in it, or it grew before that was to be seen
            grown();
        }
    }

    void stop() {
        stopped = true;
        timer.cancel();
    }
}
