package io.lingmq;

import io.lingmq.error.ClosedException;
import io.lingmq.guard.Log;
import io.lingmq.socket.Relay;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages between two sockets in both directions: ROUTER and DEALER make a queue, XSUB and XPUB a forwarder,
 * PULL and PUSH a streamer. REP and REQ pass on one request at a time, and take the next when it is answered. One
 * socket on both sides sends back what it receives.
 *
 * <pre>{@code
 * try (var proxy = Proxy.between(frontend, backend).start()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>A side is read only while the other one can take messages. At most 64 of them, or 64 KiB and one, are inside each
 * way; where the proxy ends they go back to the side that they came from, which receives them next.
 *
 * <p>Nothing that a peer sends ends a proxy. What it takes from one side and the other can send to nobody is dropped
 * and counted: a message for a ROUTER without a routing id in front ({@link io.lingmq.event.DropReason#NOT_ADDRESSED
 * NOT_ADDRESSED}), or with one that no peer has.
 *
 * <p>Threading: every method may be called from any thread. The proxy uses its sockets like anybody else and does not
 * close them. Source: libzmq's {@code zmq_proxy_steerable}.
 */
public final class Proxy implements AutoCloseable {
    private final Relay relay;
    private @Nullable Thread thread;

    private Proxy(Socket frontend, Socket backend) {
        relay = new Relay(frontend.core(), backend.core());
    }

    /**
     * A proxy between two sockets, which may be one and the same; it starts with {@link #run} or {@link #start}.
     *
     * @throws io.lingmq.error.NotSupportedException if sockets of these types could never pass messages on, as two that
     *     only send, two REQs or two REPs, which wait for each other, or a REP and a PUSH, which brings it no reply
     */
    public static Proxy between(Socket frontend, Socket backend) {
        Objects.requireNonNull(frontend, "the frontend is null");
        Objects.requireNonNull(backend, "the backend is null");
        return new Proxy(frontend, backend);
    }

    /**
     * What went through so far. More is received than sent where something was {@link #dropped}.
     *
     * @param frontend counted at the frontend
     * @param backend counted at the backend
     * @param captureDropped how many copies the capture socket could not take
     */
    public record Statistics(Side frontend, Side backend, long captureDropped) {
        /** How many messages were received and could be sent to nobody; each side's sockets count the reasons. */
        public long dropped() {
            return frontend.received.messages
                    - backend.sent.messages
                    + (backend.received.messages - frontend.sent.messages);
        }
    }

    /**
     * What went through one side.
     *
     * @param received what was received from it
     * @param sent what was sent to it
     */
    public record Side(Traffic received, Traffic sent) {}

    /**
     * Messages in one direction.
     *
     * @param messages how many
     * @param bytes the bytes of their frames
     */
    public record Traffic(long messages, long bytes) {}

    /**
     * Copies each message to a socket too: a PUB, PUSH, DEALER or PAIR. A capture that cannot keep up, or is closed,
     * loses copies, and holds nothing up.
     *
     * @throws io.lingmq.error.NotSupportedException if the socket cannot send one message after the other
     */
    public Proxy capture(Socket sender) {
        Objects.requireNonNull(sender, "the capture socket is null");
        relay.capture(sender.core());
        return this;
    }

    /**
     * Passes messages in this thread until {@link #close} is called or one of the sockets is closed. One thread at a
     * time runs a proxy.
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
        } catch (RuntimeException | Error e) {
            relay.stop();
            Log.error("a proxy has failed", e);
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

    /** Whether it was closed, or has ended with one of its sockets: it passes on nothing any more, and never will. */
    public boolean isClosed() {
        return relay.isStopped();
    }

    /** What went through so far. */
    public Statistics statistics() {
        var forth = relay.fromFrontend();
        var back = relay.fromBackend();
        return new Statistics(side(forth, back), side(back, forth), relay.captureDropped());
    }

    /** A side: what came from it, be it that it was dropped, and what the other way has brought. */
    private static Side side(Relay.Traffic from, Relay.Traffic to) {
        return new Side(
                new Traffic(from.messages() + from.dropped(), from.bytes() + from.droppedBytes()),
                new Traffic(to.messages(), to.bytes()));
    }

    /**
     * Ends the proxy; returns when it passes no more messages and has given back what it held, which takes a moment and
     * waits for no peer: an interrupt does not end it. The sockets stay open.
     */
    @Override
    public void close() {
        relay.stop();
        relay.awaitEnd();
    }

    /**
     * Whether it runs, and its sockets, for logs: {@code Proxy (running) between ROUTER#1 (…) and DEALER#2 (…)}. The
     * form may change.
     */
    @Override
    public String toString() {
        return "Proxy " + relay;
    }
}
