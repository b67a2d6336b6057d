package io.lingmq.event;

import io.lingmq.option.SocketType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a close has lost: messages that had been accepted for sending and could not leave. They are those that the
 * sockets' statistics count as {@link DropReason#UNSENT UNSENT} since their endpoints were told to end. Immutable.
 *
 * <p>The lists name only those that have lost something, and at most {@value #MOST_NAMED} each, in the order in which
 * they ended; the totals are of all.
 *
 * @param lost how many messages were lost; a message for several subscribers counts for each of them
 * @param sockets where
 */
public record CloseReport(long lost, List<SocketLoss> sockets) {
    /** So many sockets of a context, and endpoints of a socket, are told apart; of those that follow only the sum. */
    public static final int MOST_NAMED = 1000;

    /** Nothing was lost. */
    public static final CloseReport NOTHING_LOST = new CloseReport(0, List.of());

    private static final int MOST_IN_TEXT = 3;

    /** Copies the list. */
    public CloseReport {
        sockets = List.copyOf(sockets);
    }

    /** The report on one socket. */
    public static CloseReport of(SocketLoss socket) {
        Objects.requireNonNull(socket, "the loss is null");
        return socket.lost == 0 ? NOTHING_LOST : new CloseReport(socket.lost, List.of(socket));
    }

    /**
     * What one socket has lost, with the endpoints that it was disconnected or unbound from before.
     *
     * @param name which socket it was, as its {@code toString} begins: {@code PUSH#3}
     * @param type its type
     * @param lost how many messages it has lost
     * @param endpoints where they should have gone
     */
    public record SocketLoss(String name, SocketType type, long lost, List<EndpointLoss> endpoints) {
        /** Copies the list. */
        public SocketLoss {
            endpoints = List.copyOf(endpoints);
        }

        /** For a log: {@code PUSH#3: 2 at tcp://localhost:5559}. */
        @Override
        public String toString() {
            return name + ": " + text(endpoints, ", ");
        }
    }

    /**
     * What was lost at one endpoint.
     *
     * @param endpoint the text that was bound or connected, with the real port or path
     * @param lost how many messages
     */
    public record EndpointLoss(String endpoint, long lost) {
        /** For a log: {@code 2 at tcp://localhost:5559}. */
        @Override
        public String toString() {
            return lost + " at " + endpoint;
        }
    }

    /** For a log: {@code 2 messages lost (PUSH#3: 2 at tcp://localhost:5559)}; of many places a few. */
    @Override
    public String toString() {
        if (lost == 0) {
            return "nothing lost";
        }
        return lost + (lost == 1 ? " message" : " messages") + " lost (" + text(sockets, "; ") + ")";
    }

    private static String text(List<?> places, String separator) {
        var named = places.stream().limit(MOST_IN_TEXT).map(Object::toString).collect(Collectors.joining(separator));
        var more = places.size() - MOST_IN_TEXT;
        return more <= 0 ? named : named + separator + "and more at " + more + " others";
    }
}
