package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.event.CloseReport;
import io.lingmq.event.CloseReport.SocketLoss;
import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.reactor.Reactor;
import io.lingmq.security.Authenticator;
import io.lingmq.time.Ticker;
import io.lingmq.transport.Transports;
import io.lingmq.transport.ipc.IpcTransport;
import io.lingmq.transport.tcp.TcpTransport;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets of one context share: I/O threads, names, and their end.
 *
 * <p>Threading: any thread.
 */
public final class ContextCore {
    private static final long SOON_US = 10_000;
    /** How long endpoints and threads may take to end when they are not to wait for anything any more. */
    static final long LAST_MOMENT_NS = 1_000_000_000;

    private final ContextRuntime runtime;
    private final Transports transports;
    private final Inproc inproc;
    /** Those that have not ended, each with what completes when its loss is counted. */
    private final Map<SocketCore, CompletableFuture<Void>> sockets = new ConcurrentHashMap<>();

    /** One that is forgotten without a close goes with the garbage. */
    private final Set<PollCore> pollers = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final AtomicLong made = new AtomicLong();
    private final Losses losses = new Losses();
    private final AtomicBoolean told = new AtomicBoolean();
    private final List<Reactor> reactors = new CopyOnWriteArrayList<>();
    private final CallbackThreads callbacks;
    private final Scheduler timers;
    private final Callbacks ownCallbacks;
    private volatile Callbacks applicationCallbacks;
    private final Admissions admissions;
    private final int ioThreads;
    private final String threadNamePrefix;
    private @Nullable ExecutorService resolver;
    private int nextReactor;
    private volatile boolean closed;
    private volatile boolean ended;

    /** A context that will have the given number of I/O threads when it needs them. */
    public ContextCore(int ioThreads, String threadNamePrefix) {
        this(
                new SystemRuntime(),
                Transports.withInstalled(List.of(new TcpTransport(), new IpcTransport())),
                ioThreads,
                threadNamePrefix);
    }

    /** As above, with another runtime than the machine's own, and only the given transports beside {@code inproc}. */
    public ContextCore(ContextRuntime runtime, Transports transports, int ioThreads, String threadNamePrefix) {
        this.runtime = runtime;
        this.transports = transports;
        this.ioThreads = ioThreads;
        this.threadNamePrefix = threadNamePrefix;
        inproc = new Inproc(runtime, runtime.scheduler(threadNamePrefix + "-inproc"), this::isClosed);
        callbacks = new CallbackThreads(threadNamePrefix, this::soon);
        timers = runtime.scheduler(threadNamePrefix + "-timer");
        ownCallbacks = Callbacks.onOwnThreads(callbacks, timers);
        applicationCallbacks = ownCallbacks;
        admissions = new Admissions(
                new ZapHandler(this, callbacks), runtime.ticker(), runtime.questions(threadNamePrefix + "-admission"));
    }

    /** Lets an authenticator decide who may connect, and no ZAP handler; before the first endpoint. */
    public void authenticator(Authenticator decides) {
        admissions.authenticator(decides);
    }

    /** Calls the application's code on its executor, and not on threads of the context; before the first socket. */
    public void executor(Executor given) {
        applicationCallbacks = ownCallbacks.on(given);
    }

    /** A new socket. */
    public SocketCore socket(SocketType type, Settings settings) {
        var socket = new SocketCore(this, type, settings, applicationCallbacks);
        var counted = socket.closing().ended().thenAccept(loss -> hasEnded(socket, loss));
        sockets.put(socket, counted);
        if (closed) { // perhaps just now, by one who did not see this socket
            socket.closing().begin(0);
            throw new ClosedException("the context is closed; open another one for new sockets");
        }
        return socket;
    }

    /** A new poller, which ends with this context. */
    public PollCore poller() {
        var poller = new PollCore();
        pollers.add(poller);
        if (closed) { // perhaps just now, by one who did not see this poller
            poller.close();
            throw new ClosedException("the context is closed; open another one for new pollers");
        }
        return poller;
    }

    private void hasEnded(SocketCore socket, SocketLoss loss) {
        losses.add(loss);
        sockets.remove(socket);
    }

    /** The number of the next socket. */
    long nextNumber() {
        return made.incrementAndGet();
    }

    /** Whether a thread has begun to close it. */
    public boolean isClosed() {
        return closed;
    }

    /** The clock. */
    public Ticker ticker() {
        return runtime.ticker();
    }

    /** How the names of this context's threads begin. */
    public String threadNamePrefix() {
        return threadNamePrefix;
    }

    ContextRuntime runtime() {
        return runtime;
    }

    Transports transports() {
        return transports;
    }

    Inproc inproc() {
        return inproc;
    }

    /** Who says whether a peer may connect. */
    Admissions admissions() {
        return admissions;
    }

    /** The I/O thread for the next endpoint: each in turn. */
    synchronized Reactor reactor() {
        if (closed) {
            throw new ClosedException("the context is closed; open another one for new endpoints");
        }
        if (reactors.size() < ioThreads) {
            addReactor();
            return reactors.get(reactors.size() - 1);
        }
        return reactors.get(nextReactor++ % reactors.size());
    }

    /** The threads that serve asynchronous calls and streams. */
    CallbackThreads callbacks() {
        return callbacks;
    }

    /** Where code of the application runs that depends on a future. */
    Callbacks applicationCallbacks() {
        return applicationCallbacks;
    }

    /** Where code of the library runs that depends on one of its own sockets. */
    Callbacks ownCallbacks() {
        return ownCallbacks;
    }

    /** Runs a short task in a moment: on an I/O thread, if there is one, since there may be no other to be had. */
    private void soon(Runnable task) {
        for (var reactor : reactors) {
            if (reactor.post(() -> reactor.schedule(TimeUnit.MICROSECONDS.toNanos(SOON_US), task))) {
                return;
            }
        }
        SharedTimer.run(SOON_US, task);
    }

    /** All I/O threads, for an endpoint whose peers are spread over them; the first one is the next in turn. */
    synchronized List<Reactor> reactors() {
        var first = reactor();
        while (reactors.size() < ioThreads) {
            addReactor();
        }
        var all = new ArrayList<>(reactors);
        Collections.rotate(all, -all.indexOf(first));
        return all;
    }

    private void addReactor() {
        try {
            reactors.add(runtime.reactor(threadNamePrefix + "-io-" + reactors.size()));
        } catch (UncheckedIOException e) {
            throw new EndpointException(ErrorCode.TOO_MANY_OPEN, String.valueOf(e.getMessage()), e);
        }
    }

    /** Threads that may block in a name server, and go when there is nothing to ask. */
    synchronized Executor resolver() {
        if (resolver == null) {
            resolver = runtime.resolver(threadNamePrefix + "-resolver");
        }
        return resolver;
    }

    /**
     * Closes all sockets, waits for them at most the given time, and returns what closed sockets have lost. Of several
     * threads that close, each waits for its own time at most; the first whose time is over takes the unsent messages
     * theirs.
     */
    public CloseReport close(Duration timeout) {
        closed = true;
        for (var poller : pollers.toArray(new PollCore[0])) {
            Guard.run("closing a poller", poller::closeWithContext);
        }
        forEachSocket(socket -> socket.closing().beginUnlessClosed());
        inproc.end();
        if (!awaitSockets(Settings.nanos(timeout))) {
            forEachSocket(socket -> socket.closing().begin(0));
        }
        var beginNs = runtime.ticker().nowNs();
        admissions.close(); // not earlier: connections that end ask nothing, and say no last words
        if (!awaitSockets(LAST_MOMENT_NS)) {
            Log.warning("a socket is slow to close, and is left behind: " + sockets.keySet());
        }
        stopThreads(LAST_MOMENT_NS - (runtime.ticker().nowNs() - beginNs));
        ended = true;
        var report = losses.report();
        if (report.lost() > 0 && !told.getAndSet(true)) {
            Log.loss(report + ": they had no time to leave; a longer LINGER waits longer");
        }
        return report;
    }

    private boolean awaitSockets(long timeoutNs) {
        var all = sockets.values().toArray(CompletableFuture[]::new);
        return runtime.await(CompletableFuture.allOf(all), timeoutNs);
    }

    /** In the order of their making, so that a simulation has the same one each time. */
    private void forEachSocket(Consumer<SocketCore> action) {
        sockets.keySet().stream()
                .sorted(Comparator.comparingLong(SocketCore::number))
                .forEach(action);
    }

    private void stopThreads(long timeoutNs) {
        List<Reactor> running;
        synchronized (this) {
            running = List.copyOf(reactors); // and there will be no more of them
            if (resolver != null) {
                resolver.shutdownNow();
            }
        }
        running.forEach(Reactor::askToStop);
        var beginNs = runtime.ticker().nowNs();
        running.forEach(
                reactor -> reactor.awaitEnd(timeoutNs - (runtime.ticker().nowNs() - beginNs)));
        inproc.stop(timeoutNs - (runtime.ticker().nowNs() - beginNs));
        forEachSocket(socket -> socket.closing().begin(0)); // who was left behind learns that nobody will serve him
        timers.stop(timeoutNs - (runtime.ticker().nowNs() - beginNs));
        callbacks.stop();
    }

    /** Its name, whether it is open, and how much it has; waits for no lock. */
    @Override
    public String toString() {
        var state = ended ? "closed" : closed ? "closing" : "open";
        return threadNamePrefix + " (" + state + ", "
                + SocketText.count(sockets.size(), "socket") + ", "
                + SocketText.count(reactors.size(), "I/O thread") + ")";
    }
}
