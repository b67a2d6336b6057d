package io.lingmq;

import io.lingmq.error.ClosedException;
import io.lingmq.socket.Relay;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages between two sockets in both directions: ROUTER and DEALER make a queue, XSUB and XPUB a forwarder,
 * PULL and PUSH a streamer.
 *
 * <pre>{@code
 * try (var proxy = Proxy.between(frontend, backend).start()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>A side is read only while the other one can take messages. At most 64 of them, or 64 KiB and one, are inside each
 * way; where the proxy ends they go back to the side that they came from.
 *
 * <p>Threading: every method may be called from any thread. The proxy uses its sockets like anybody else and does not
 * close them. Source: libzmq's {@code zmq_proxy_steerable}.
 */
public final class Proxy implements AutoCloseable {
    private final Relay relay;
    private @Nullable Thread thread;

    private Proxy(LingSocket frontend, LingSocket backend) {
        relay = new Relay(frontend.core(), backend.core());
    }

    /** A proxy between two sockets, which may be one and the same; it starts with {@link #run} or {@link #start}. */
    public static Proxy between(LingSocket frontend, LingSocket backend) {
        return new Proxy(frontend, backend);
    }

    /**
     * What went through, counted at each side: messages received from it and sent to it, with the bytes of their
     * frames.
     */
    public record Statistics(
            long frontendReceived,
            long frontendReceivedBytes,
            long frontendSent,
            long frontendSentBytes,
            long backendReceived,
            long backendReceivedBytes,
            long backendSent,
            long backendSentBytes,
            long captureDropped) {}

    /** Copies each message to a socket too. A capture that cannot keep up loses copies, and holds nothing up. */
    public Proxy capture(LingSocket sender) {
        relay.capture(sender.core());
        return this;
    }

    /**
     * Passes messages in this thread until {@link #close} is called or one of the sockets is closed.
     *
     * @throws InterruptedException if the thread is interrupted; no message is lost by it
     */
    public void run() throws InterruptedException {
        try {
            relay.run();
        } catch (ClosedException e) {
            relay.stop();
        }
    }

    /** Passes messages in a daemon thread of the proxy's own. */
    public synchronized Proxy start() {
        if (thread == null) {
            var worker = new Thread(this::runQuietly, "lingmq-proxy");
            worker.setDaemon(true);
            thread = worker;
            worker.start();
        }
        return this;
    }

    private void runQuietly() {
        try {
            run();
        } catch (InterruptedException e) {
            relay.stop();
        }
    }

    /** Stops passing messages on; they wait in the sockets up to their high-water marks. */
    public void pause() {
        relay.pause();
    }

    /** Passes messages on again. */
    public void resume() {
        relay.resume();
    }

    /** What went through so far. */
    public Statistics statistics() {
        var front = relay.fromFrontend();
        var back = relay.fromBackend();
        return new Statistics(
                front.messages(),
                front.bytes(),
                back.messages(),
                back.bytes(),
                back.messages(),
                back.bytes(),
                front.messages(),
                front.bytes(),
                relay.captureDropped());
    }

    /** Ends the proxy; returns when it passes no more messages. The sockets stay open. */
    @Override
    public void close() {
        relay.stop();
        var worker = thread;
        if (worker == null || worker == Thread.currentThread()) {
            return;
        }
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
