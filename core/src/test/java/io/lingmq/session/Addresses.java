package io.lingmq.session;

import io.lingmq.transport.Scope;
import io.lingmq.transport.Transport.Route;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Addresses of this machine that take a call, refuse it or give no answer. */
final class Addresses implements Closeable {
    /** An answer within one machine takes a thousandth of that. */
    private static final long LONGEST_ANSWER_NS = 100_000_000;

    private final Scope open = new Scope();

    private static Route route(InetSocketAddress address) {
        return new Route(null, address, "127.0.0.1:" + address.getPort());
    }

    private ServerSocketChannel listener(int backlog) throws IOException {
        var listener = ServerSocketChannel.open();
        open.add(listener);
        return listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), backlog);
    }

    /** Somebody listens: who is let in is {@linkplain ServerSocketChannel#accept accepted} there. */
    ServerSocketChannel listening() throws IOException {
        return listener(100);
    }

    static Route of(ServerSocketChannel listener) throws IOException {
        return route((InetSocketAddress) listener.getLocalAddress());
    }

    /** Nobody listens. */
    Route refusing() throws IOException {
        var listener = listener(1);
        var route = of(listener);
        listener.close();
        return route;
    }

    /** A listener whose queue is full, so that the operating system passes over further calls. */
    Route silent() throws IOException {
        var route = of(listener(1));
        while (isAnswered(route)) {
            // One more waits in the queue.
        }
        return route;
    }

    private boolean isAnswered(Route route) throws IOException {
        var caller = SocketChannel.open();
        open.add(caller);
        caller.configureBlocking(false);
        caller.connect(route.remote());
        var beginNs = System.nanoTime();
        while (!caller.finishConnect()) {
            if (System.nanoTime() - beginNs > LONGEST_ANSWER_NS) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    @Override
    public void close() {
        open.close();
    }
}
