package io.lingmq.request;

import io.lingmq.error.ClosedException;
import io.lingmq.guard.RationedGuard;
import io.lingmq.message.Message;
import io.lingmq.socket.SocketCore;
import io.lingmq.time.NanoTime;
import io.lingmq.time.Ticker;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;

/**
 * One endpoint that requests go to: a DEALER, and a thread that receives the replies. A thread that waits in
 * {@code receive} reads the connection itself, so a reply comes from it to the caller in one step.
 *
 * <p>A server that let a request run out of time is suspected for a while, and asked only where no other one can be,
 * until something comes from it.
 *
 * <p>Threading: any thread.
 */
final class Server {
    private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();
    private static final Duration BETWEEN_LOG_LINES = Duration.ofMinutes(1);
    private static final long SUSPICION_NS = 5_000_000_000L;

    private final SocketCore socket;
    private final String name;
    private final Ticker ticker;
    private final BiConsumer<Message, Server> received;
    private final RationedGuard guard;
    private volatile boolean closed;
    private volatile boolean isSuspect;
    private volatile long suspectUntilNs;

    /**
     * A server whose replies are not read yet.
     *
     * @param received hears of all that comes, on the reading thread
     */
    Server(SocketCore socket, String name, Ticker ticker, BiConsumer<Message, Server> received) {
        this.socket = socket;
        this.name = name;
        this.ticker = ticker;
        this.received = received;
        guard = new RationedGuard(ticker::nowNs, BETWEEN_LOG_LINES);
    }

    SocketCore socket() {
        return socket;
    }

    /** Begins to receive. */
    void start() {
        var reader = new Thread(this::read, "lingmq-requester");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        while (!closed) {
            guard.run("the reader of a requester", this::readUntilItFails);
        }
    }

    private void readUntilItFails() {
        try {
            while (true) {
                var message = socket.receive(FOR_EVER);
                if (message != null) {
                    received.accept(message, this);
                }
            }
        } catch (ClosedException e) {
            closed = true;
        } catch (InterruptedException e) {
            return; // it ends with its socket alone; the caller goes on
        }
    }

    /** Whether its socket is closed, by whomever. */
    boolean isClosed() {
        try {
            var unused = socket.canSend();
            return false;
        } catch (ClosedException e) {
            return true;
        }
    }

    /** Sends a request if that is possible now. */
    boolean trySend(Message request) {
        try {
            return socket.trySend(request);
        } catch (ClosedException e) {
            return false;
        }
    }

    /** A request had no reply in time. */
    void suspect(long nowNs) {
        suspectUntilNs = NanoTime.after(nowNs, SUSPICION_NS);
        isSuspect = true;
    }

    /** It has answered. */
    void trust() {
        if (isSuspect) {
            isSuspect = false;
        }
    }

    boolean isSuspect() {
        return isSuspect && NanoTime.isBefore(ticker.nowNs(), suspectUntilNs);
    }

    /** Leaves it: no request goes there any more, and no reply is awaited. */
    void close() {
        socket.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
