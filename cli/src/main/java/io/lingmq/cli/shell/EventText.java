package io.lingmq.cli.shell;

import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.AcceptFailed;
import io.lingmq.event.SocketEvent.Accepted;
import io.lingmq.event.SocketEvent.AuthenticationFailed;
import io.lingmq.event.SocketEvent.Closed;
import io.lingmq.event.SocketEvent.ConnectFailed;
import io.lingmq.event.SocketEvent.Connected;
import io.lingmq.event.SocketEvent.Disconnected;
import io.lingmq.event.SocketEvent.EventsLost;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.event.SocketEvent.HandshakeSucceeded;
import io.lingmq.event.SocketEvent.Listening;
import io.lingmq.event.SocketEvent.RetryScheduled;
import java.time.Duration;

/** What happens to connections, in words for people: the endpoint, and what has become of it. */
public final class EventText {
    private EventText() {}

    /** The event as a line. */
    public static String of(SocketEvent event) {
        return event.endpoint() + ": " + Visible.text(what(event));
    }

    private static String what(SocketEvent event) {
        if (event instanceof Listening) {
            return "listening";
        }
        if (event instanceof RetryScheduled retry) {
            return "trying again in "
                    + Span.text(Duration.ofMillis(retry.delay().toMillis()));
        }
        if (event instanceof Closed) {
            return "closed";
        }
        if (event instanceof EventsLost lost) {
            return lost.count() + " events left out: they came faster than they could be told";
        }
        return ofConnection(event);
    }

    private static String ofConnection(SocketEvent event) {
        if (event instanceof Accepted accepted) {
            return accepted.peer() + " has connected";
        }
        if (event instanceof AcceptFailed failed) {
            return "cannot accept a connection: " + failed.reason();
        }
        if (event instanceof Connected connected) {
            return "connected to " + connected.peer();
        }
        if (event instanceof ConnectFailed failed) {
            return "cannot connect: " + failed.reason();
        }
        if (event instanceof Disconnected gone) {
            return "the connection to " + gone.peer() + " has ended: " + gone.reason();
        }
        return ofHandshake(event);
    }

    private static String ofHandshake(SocketEvent event) {
        if (event instanceof HandshakeSucceeded done) {
            return "the handshake with " + done.peer() + " is complete"
                    + (done.peerType() == null ? "" : ", a " + done.peerType());
        }
        if (event instanceof HandshakeFailed failed) {
            return "the handshake with " + failed.peer() + " has failed: " + failed.reason();
        }
        if (event instanceof AuthenticationFailed failed) {
            return "the handshake with " + failed.peer() + " was refused: " + failed.status() + " " + failed.reason();
        }
        return event.toString();
    }
}
