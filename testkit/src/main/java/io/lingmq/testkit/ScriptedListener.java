package io.lingmq.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;

/**
 * Where {@link ScriptedPeer}s come from when the other side is the one that connects.
 *
 * <p>Threading: one thread at a time.
 */
public final class ScriptedListener implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerSocketChannel channel;
    private final Selector selector;
    private final String endpoint;

    private ScriptedListener(ServerSocketChannel channel, String endpoint) throws IOException {
        this.channel = channel;
        this.endpoint = endpoint;
        selector = Selector.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Listens on a free TCP port of the loopback interface. */
    public static ScriptedListener open() {
        try {
            var channel = ServerSocketChannel.open();
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            return new ScriptedListener(channel, "tcp://127.0.0.1:" + port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens on a {@code tcp://} or {@code ipc://} endpoint. */
    public static ScriptedListener open(String endpoint) {
        try {
            return new ScriptedListener(bound(Endpoints.address(endpoint)), endpoint);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + endpoint, e);
        }
    }

    private static ServerSocketChannel bound(SocketAddress address) throws IOException {
        if (address instanceof InetSocketAddress) {
            var channel = ServerSocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return channel.bind(address);
        }
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
    }

    /** The endpoint to connect to. */
    public String endpoint() {
        return endpoint;
    }

    /** The next connection. */
    public ScriptedPeer accept() {
        try {
            return accept(PATIENCE);
        } catch (SocketTimeoutException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /**
     * The next connection, if one comes in time.
     *
     * @throws SocketTimeoutException if none comes
     */
    public ScriptedPeer accept(Duration limit) throws SocketTimeoutException {
        try {
            selector.selectedKeys().clear();
            selector.select(Math.max(1, limit.toMillis()));
            var accepted = channel.accept();
            if (accepted == null) {
                throw new SocketTimeoutException("nobody connected to " + endpoint + " in " + limit.toMillis() + " ms");
            }
            return new ScriptedPeer(accepted);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens no longer; accepted connections live on. */
    @Override
    public void close() {
        try {
            channel.close();
            selector.close();
            if (endpoint.startsWith("ipc:")) {
                Endpoints.removeFile(endpoint);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
