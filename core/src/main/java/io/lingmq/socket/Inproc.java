package io.lingmq.socket;

import io.lingmq.guard.Guard;
import io.lingmq.reactor.Reactor;
import io.lingmq.transport.inproc.InprocDirectory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the inproc endpoints of one context share: their names, the thread for what is done later, and those whose
 * sockets have closed before a binder came.
 *
 * <p>Threading: any thread.
 */
final class Inproc {
    private final InprocDirectory<InprocBind, InprocConnect> directory = new InprocDirectory<>();
    private final Set<InprocConnect> lingering = ConcurrentHashMap.newKeySet();
    private final ContextRuntime runtime;
    private final Scheduler scheduler;
    private final BooleanSupplier contextIsClosed;
    private volatile boolean ended;

    Inproc(ContextRuntime runtime, Scheduler scheduler, BooleanSupplier contextIsClosed) {
        this.runtime = runtime;
        this.scheduler = scheduler;
        this.contextIsClosed = contextIsClosed;
    }

    InprocDirectory<InprocBind, InprocConnect> directory() {
        return directory;
    }

    ContextRuntime runtime() {
        return runtime;
    }

    /** Whether the context closes its sockets: no new binder will come. */
    boolean contextIsClosed() {
        return contextIsClosed.getAsBoolean();
    }

    /** Runs a task later, on a thread that may wait for a socket's lock; null if the context has come to its end. */
    @Nullable
    Future<?> later(long delayNs, Runnable task) {
        return scheduler.schedule(delayNs, task);
    }

    /**
     * Runs a task that may wait a moment for sockets: here, or soon elsewhere if this thread must not wait. It must not
     * if it is an I/O thread, or closes the context, for which it has only so much time; unless there is no other
     * thread to be had.
     */
    void hereOrSoon(Runnable task) {
        var mustNotWait = Reactor.isIoThread() || contextIsClosed();
        if (!mustNotWait || !soon(task)) {
            task.run();
        }
    }

    /**
     * False if nobody will run it: the context has come to its end, or the system has no thread left. Then it may still
     * be run a second time, where a thread comes later; which does no harm.
     */
    private boolean soon(Runnable task) {
        var planned = new AtomicReference<@Nullable Future<?>>();
        Guard.run("asking for a thread for inproc", () -> planned.set(later(0, task)));
        return planned.get() != null;
    }

    /** A connector's socket has closed and it waits for a binder; false if none can come any more. */
    boolean lingers(InprocConnect connect) {
        lingering.add(connect);
        return !ended;
    }

    void lingersNoMore(InprocConnect connect) {
        lingering.remove(connect);
    }

    /** All sockets of the context are closed: nobody waits any longer for a binder, since none could come. */
    void end() {
        ended = true;
        lingering.forEach(connect -> connect.close(0));
    }

    /** The last: nothing is done later any more. Waits at most so long for what is just being done. */
    void stop(long timeoutNs) {
        scheduler.stop(timeoutNs);
    }
}
