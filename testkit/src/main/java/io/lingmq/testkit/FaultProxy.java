package io.lingmq.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection's way over loopback, with faults on demand: it cuts, falls silent, delays, dribbles and refuses.
 *
 * <pre>{@code
 * try (var proxy = FaultProxy.to(server.lastEndpoint())) {
 *     client.connect(proxy.endpoint());
 *     proxy.cut();
 * }
 * }</pre>
 *
 * <p>Threading: any thread. Two daemon threads for each connection do the copying, one accepts; {@link #close} ends
 * all.
 */
public final class FaultProxy implements Closeable {
    private final InetSocketAddress target;
    private final Faults faults = new Faults();
    private final List<ProxiedLine> links = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final int port;
    private volatile int bufferSize;
    private @Nullable ServerSocket listener;
    private Thread accepting;

    private FaultProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        var first = listen(0);
        port = first.getLocalPort();
        listener = first;
        accepting = startAccepting(first);
    }

    /** A way to a {@code tcp://} endpoint, which need not be there yet. */
    public static FaultProxy to(String endpoint) {
        try {
            return new FaultProxy((InetSocketAddress) Endpoints.address(endpoint));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The endpoint to connect to instead of the real one. */
    public String endpoint() {
        return "tcp://127.0.0.1:" + port;
    }

    /** How many connections have been accepted so far. */
    public int accepted() {
        return accepted.get();
    }

    /** How many connections exist now. */
    public int open() {
        return links.size();
    }

    /** How many octets have gone in one direction so far, over all connections. */
    public long octets(Direction direction) {
        return faults.octets(direction);
    }

    /** Ends all present connections, as a router that restarts; new ones are let through. */
    public void cut() {
        links.forEach(ProxiedLine::close);
    }

    /** Ends all present connections with a reset, as a machine that crashed and came back; new ones are let through. */
    public void reset() {
        links.forEach(ProxiedLine::reset);
    }

    /**
     * Asks the operating system to hold about so many octets at most in each of a connection's four buffers here; for
     * connections that come from now on.
     */
    public void narrow(int octets) {
        bufferSize = octets;
    }

    /** Ends each connection once so many more octets have gone in one direction, wherever in a frame that is. */
    public void cutAfter(Direction direction, long octets) {
        faults.cutAfter(direction, octets);
    }

    /** Copies nothing any more in either direction; the connections stay open and nobody is told. */
    public void partition() {
        faults.partitioned(true);
    }

    /** Copies again, what was held back first. */
    public void heal() {
        faults.partitioned(false);
    }

    /** Holds each piece of data back for the given time. */
    public void delay(Duration time) {
        faults.delayNs(time.toNanos());
    }

    /** Passes data on in pieces of at most so many octets; 1 is octet by octet. */
    public void dribble(int octets) {
        faults.pieceSize(octets);
    }

    /** Accepts no connections: who tries is refused. Present ones live on. */
    public synchronized void refuse() {
        var open = listener;
        if (open != null) {
            listener = null;
            closeQuietly(open);
            awaitEnd(accepting); // until it has left its call the system goes on listening
        }
    }

    private static void awaitEnd(Thread thread) {
        Await.until(thread.getName() + " has ended", () -> !thread.isAlive());
    }

    /** Accepts connections again, at the same port. */
    public synchronized void welcome() {
        if (listener == null) {
            try {
                var again = listen(port);
                listener = again;
                accepting = startAccepting(again);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        return socket;
    }

    private Thread startAccepting(ServerSocket from) {
        return startDaemon("fault-proxy-accept", () -> {
            try {
                while (true) {
                    link(from.accept());
                }
            } catch (IOException e) {
                closeQuietly(from);
            }
        });
    }

    private void link(Socket client) {
        accepted.incrementAndGet();
        var server = new Socket();
        try {
            narrow(client);
            narrow(server);
            server.connect(target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            closeQuietly(client);
            closeQuietly(server);
            return;
        }
        var link = new ProxiedLine(client, server, faults, links::remove);
        links.add(link);
        link.start();
    }

    private void narrow(Socket socket) throws IOException {
        var size = bufferSize;
        if (size > 0) {
            socket.setSendBufferSize(size);
            socket.setReceiveBufferSize(size);
        }
    }

    static Thread startDaemon(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static void closeQuietly(Closeable it) {
        try {
            it.close();
        } catch (IOException e) {
            // It is gone, which is all that was wanted.
        }
    }

    /** Ends all connections and refuses new ones. */
    @Override
    public void close() {
        refuse();
        faults.partitioned(false);
        cut();
    }

    /** Which way octets go. */
    public enum Direction {
        /** From the side that connected to the proxy. */
        FROM_CLIENT,
        /** From the side that the proxy connects to. */
        FROM_SERVER
    }
}
