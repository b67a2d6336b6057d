package io.lingmq.cli.shell;

import io.lingmq.Socket;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.AuthenticationFailed;
import io.lingmq.event.SocketEvent.Closed;
import io.lingmq.event.SocketEvent.ConnectFailed;
import io.lingmq.event.SocketEvent.Connected;
import io.lingmq.event.SocketEvent.Disconnected;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.event.SocketEvent.HandshakeSucceeded;
import io.lingmq.event.SocketEvent.Listening;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How those endpoints stand that have no peer: why nothing comes and nothing goes.
 *
 * <p>Threading: any thread; the events come in a thread of their own.
 */
public final class Connections {
    private static final int MOST_TOLD = 3;

    /** The last event that says how an endpoint without a peer stands. */
    private final Map<String, SocketEvent> last = new LinkedHashMap<>();

    private final Set<String> bound = new HashSet<>();
    private boolean ends;
    private boolean closed;

    /** Follows those of one socket, or of several. */
    public Connections() {}

    /** Follows those of a socket that has not been bound or connected yet. */
    public void follow(Socket socket) {
        socket.monitor(this::hear, Runnable::run);
    }

    /** Tells a person who waits, if there is one, what keeps the sockets waiting. */
    public void tell(Console console) {
        if (console.attended()) {
            new StuckNotice(this, console).start();
        }
    }

    /** An endpoint is about to be connected: until it answers, that it does not is all there is to say. */
    public void expect(String endpoint) {
        hear(new ConnectFailed(endpoint, "no answer yet"));
    }

    synchronized void hear(SocketEvent event) {
        if (event instanceof HandshakeSucceeded) {
            last.remove(event.endpoint());
        } else if (event instanceof Closed) {
            closed = true;
        } else if (saysHowItStands(event)
                && !(ends && event instanceof Disconnected)
                && !isNewAttempt(event, last.get(event.endpoint()))) {
            last.put(event.endpoint(), event);
        }
        if (event instanceof Listening) {
            bound.add(event.endpoint());
        }
    }

    private static boolean saysHowItStands(SocketEvent event) {
        return event instanceof Listening
                || event instanceof Connected
                || event instanceof ConnectFailed
                || event instanceof Disconnected
                || event instanceof HandshakeFailed
                || event instanceof AuthenticationFailed;
    }

    /** What connects again after a failed handshake has heard nothing better yet. */
    private static boolean isNewAttempt(SocketEvent event, @Nullable SocketEvent before) {
        return event instanceof Connected
                && (before instanceof HandshakeFailed || before instanceof AuthenticationFailed);
    }

    /** The sockets are about to be closed: that connections end from now on is no reason for anything. */
    public synchronized void end() {
        ends = true;
    }

    /** Why there is nobody to talk to, as the end of a sentence: a colon and the reasons; empty if none is known. */
    public synchronized String why() {
        return last.isEmpty() ? "" : ": " + text(last.values());
    }

    /** As above, without the colon and without what is no trouble for a server: that nobody comes, or somebody goes. */
    synchronized String trouble() {
        return text(last.values().stream()
                .filter(event -> !(event instanceof Listening))
                .filter(event -> !(event instanceof Disconnected && bound.contains(event.endpoint())))
                .toList());
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private static String text(Collection<SocketEvent> events) {
        var told = events.stream().limit(MOST_TOLD).map(Connections::text).collect(Collectors.joining("; "));
        return events.size() > MOST_TOLD ? told + "; and " + (events.size() - MOST_TOLD) + " more" : told;
    }

    private static String text(SocketEvent event) {
        if (event instanceof Listening) {
            return event.endpoint() + ": nobody has connected";
        }
        return event instanceof Connected ? EventText.of(event) + ", which has said nothing yet" : EventText.of(event);
    }
}
