package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.guard.Log;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.reactor.Reactor;
import io.lingmq.session.EndpointSession;
import io.lingmq.transport.Transports;
import io.lingmq.transport.inproc.InprocDirectory;
import io.lingmq.transport.ipc.IpcTransport;
import io.lingmq.transport.tcp.TcpTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets of one context share: I/O threads, names, and their end.
 *
 * <p>Threading: any thread.
 */
public final class ContextCore {
    private static final int MOST_RESOLVERS = 16;
    private static final long RESOLVER_IDLE_S = 5;

    private final Transports transports = new Transports(List.of(new TcpTransport(), new IpcTransport()));
    private final InprocDirectory<InprocBind, InprocConnect> directory = new InprocDirectory<>();
    private final Set<SocketCore> sockets = ConcurrentHashMap.newKeySet();
    private final Set<EndpointSession> lingering = ConcurrentHashMap.newKeySet();
    private final AtomicLong lost = new AtomicLong();
    private final List<Reactor> reactors = new ArrayList<>();
    private final int ioThreads;
    private final String threadNamePrefix;
    private @Nullable ThreadPoolExecutor resolver;
    private int nextReactor;
    private volatile boolean closed;

    /** A context that will have the given number of I/O threads when it needs them. */
    public ContextCore(int ioThreads, String threadNamePrefix) {
        this.ioThreads = ioThreads;
        this.threadNamePrefix = threadNamePrefix;
    }

    /** A new socket. */
    public SocketCore socket(SocketType type, Settings settings) {
        var socket = new SocketCore(this, type, settings);
        sockets.add(socket);
        if (closed) {
            socket.close(0);
            throw new ClosedException("the context is closed; open another one for new sockets");
        }
        return socket;
    }

    boolean isClosed() {
        return closed;
    }

    Transports transports() {
        return transports;
    }

    InprocDirectory<InprocBind, InprocConnect> directory() {
        return directory;
    }

    /** The I/O thread for the next endpoint: each in turn. */
    synchronized Reactor reactor() {
        if (closed) {
            throw new ClosedException("the context is closed; open another one for new endpoints");
        }
        if (reactors.size() < ioThreads) {
            reactors.add(new Reactor(threadNamePrefix + "-io-" + reactors.size()));
            return reactors.get(reactors.size() - 1);
        }
        return reactors.get(nextReactor++ % reactors.size());
    }

    synchronized boolean isReactor() {
        return reactors.stream().anyMatch(Reactor::isHere);
    }

    /** Threads that may block in a name server, and go when there is nothing to ask. */
    synchronized Executor resolver() {
        if (resolver == null) {
            resolver = new ThreadPoolExecutor(
                    0, MOST_RESOLVERS, RESOLVER_IDLE_S, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                        var thread = new Thread(task, threadNamePrefix + "-resolver");
                        thread.setDaemon(true);
                        return thread;
                    });
        }
        return resolver;
    }

    /** A socket has closed; its endpoints may take their time. */
    void closing(SocketCore socket, List<EndpointSession> endpoints) {
        sockets.remove(socket);
        endpoints.forEach(this::closing);
    }

    /** An endpoint closes, with its socket or before it, and may still have messages to send. */
    void closing(EndpointSession endpoint) {
        lingering.add(endpoint);
        var unused = endpoint.finished().whenComplete((unsent, failure) -> {
            lingering.remove(endpoint);
            lost.addAndGet(unsent == null ? 0 : unsent);
        });
    }

    /**
     * Closes all sockets, waits for their endpoints at most the given time, and returns how many messages of closed
     * sockets were lost.
     */
    public long close(Duration timeout) {
        closed = true;
        var deadlineNs = System.nanoTime() + Math.min(Settings.nanos(timeout), Long.MAX_VALUE / 4);
        List.copyOf(sockets).forEach(SocketCore::close);
        var waiting = List.copyOf(lingering);
        var all = waiting.stream().map(EndpointSession::finished).toList();
        await(all, deadlineNs - System.nanoTime());
        waiting.forEach(endpoint -> endpoint.close(0));
        await(all, TimeUnit.SECONDS.toNanos(1));
        stopThreads();
        var unsent = lost.get();
        if (unsent > 0) {
            Log.warning(unsent + " messages of closed sockets had no time to leave; a longer LINGER waits longer");
        }
        return unsent;
    }

    private static void await(List<CompletableFuture<Long>> futures, long timeoutNs) {
        try {
            CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0]))
                    .get(Math.max(0, timeoutNs), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            Log.debug("endpoints are still lingering", null);
        } catch (ExecutionException e) {
            Log.warning("an endpoint failed to close", e);
        }
    }

    private void stopThreads() {
        List<Reactor> running;
        synchronized (this) {
            running = new ArrayList<>(reactors);
            reactors.clear();
            if (resolver != null) {
                resolver.shutdownNow();
            }
        }
        running.forEach(Reactor::stop);
    }
}
