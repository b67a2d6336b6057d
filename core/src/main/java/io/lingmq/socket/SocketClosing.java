package io.lingmq.socket;

import io.lingmq.event.CloseReport;
import io.lingmq.event.CloseReport.SocketLoss;
import io.lingmq.guard.Log;
import io.lingmq.option.Options;
import io.lingmq.reactor.Reactor;
import java.util.concurrent.CompletableFuture;

/**
 * How one socket comes to its end: {@code docs/CLOSING.md}.
 *
 * <p>Threading: any thread.
 */
final class SocketClosing {
    private final SocketCore socket;
    private final Exchange exchange;
    private final Endpoints endpoints;
    private final ContextRuntime runtime;
    private final CompletableFuture<SocketLoss> ended = new CompletableFuture<>();

    SocketClosing(SocketCore socket, Exchange exchange, Endpoints endpoints, ContextRuntime runtime) {
        this.socket = socket;
        this.exchange = exchange;
        this.endpoints = endpoints;
        this.runtime = runtime;
    }

    /** Closes the socket, and waits until its addresses are free. */
    void close() {
        beginUnlessClosed();
        endpoints.awaitReleased();
    }

    /**
     * Closes the socket, and waits for its end. When the time is over, the unsent messages have none any more, whoever
     * gave them some.
     *
     * @return what it has lost; so far, if an I/O thread hangs
     */
    CloseReport close(long timeoutNs) {
        beginUnlessClosed();
        if (!runtime.await(ended, timeoutNs)) {
            begin(0);
            if (!runtime.await(ended, ContextCore.LAST_MOMENT_NS) && !Reactor.isIoThread()) { // which does not wait
                Log.warning("a socket is slow to close, and is left behind: " + socket);
            }
        }
        return CloseReport.of(endpoints.loss());
    }

    /** Tells the socket to close, with its {@code LINGER}, and waits for nothing; what is closing keeps its time. */
    void beginUnlessClosed() {
        if (!exchange.isClosed()) {
            begin(socket.settings().nanos(Options.LINGER));
        }
    }

    /**
     * Ends the calls on the socket and tells its endpoints to end; waits for nothing. A second call can shorten the
     * time that unsent messages have.
     */
    void begin(long lingerNs) {
        var first = exchange.close();
        if (first) {
            socket.pipes().signalEnd();
        }
        var all = endpoints.closeAll(lingerNs);
        if (first) {
            var unused = all.thenAccept(ended::complete);
        }
    }

    /** Completes when nothing of the socket is left, with what could not leave. */
    CompletableFuture<SocketLoss> ended() {
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
