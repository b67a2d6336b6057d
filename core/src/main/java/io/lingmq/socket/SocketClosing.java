package io.lingmq.socket;

import java.util.concurrent.CompletableFuture;

/**
 * How one socket comes to its end: {@code docs/CLOSING.md}.
 *
 * <p>Threading: any thread.
 */
final class SocketClosing {
    private final Exchange exchange;
    private final SocketPipes pipes;
    private final Endpoints endpoints;
    private final CompletableFuture<Long> ended = new CompletableFuture<>();

    SocketClosing(Exchange exchange, SocketPipes pipes, Endpoints endpoints) {
        this.exchange = exchange;
        this.pipes = pipes;
        this.endpoints = endpoints;
    }

    /**
     * Ends the calls on the socket and tells its endpoints to end; waits for nothing. A second call can shorten the
     * time that unsent messages have.
     */
    void begin(long lingerNs) {
        var first = exchange.close();
        if (first) {
            pipes.signalEnd();
        }
        var all = endpoints.closeAll(lingerNs);
        if (first) {
            var unused = all.thenAccept(ended::complete);
        }
    }

    /** Completes when nothing of the socket is left, with the number of messages that could not leave. */
    CompletableFuture<Long> ended() {
        return ended;
    }

    /** How far it has come, in a word. */
    String state() {
        if (!exchange.isClosed()) {
            return "open";
        }
        return ended.isDone() ? "closed" : "closing";
    }
}
