package io.lingmq.torture;

import io.lingmq.Socket;
import io.lingmq.event.DropReason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The library's own account of some sockets, added up. */
final class Counted {
    private Counted() {}

    /** How many messages they say they dropped, for whatever reason. */
    static long dropped(Collection<? extends Socket> sockets) {
        return sockets.stream()
                .flatMap(socket -> socket.statistics().dropped().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    static long dropped(Socket socket) {
        return dropped(List.of(socket));
    }

    /** How many messages they say they dropped for the given reason. */
    static long dropped(Collection<? extends Socket> sockets, DropReason reason) {
        return sockets.stream()
                .mapToLong(socket -> socket.statistics().dropped().getOrDefault(reason, 0L))
                .sum();
    }

    static long sent(Collection<? extends Socket> sockets) {
        return sockets.stream().mapToLong(socket -> socket.statistics().sent()).sum();
    }

    static long received(Collection<? extends Socket> sockets) {
        return sockets.stream()
                .mapToLong(socket -> socket.statistics().received())
                .sum();
    }

    /** All in words. */
    static String told(Collection<? extends Socket> sockets) {
        Map<String, Long> sums = new TreeMap<>();
        for (var socket : sockets) {
            var statistics = socket.statistics();
            sums.merge("sent", statistics.sent(), Long::sum);
            sums.merge("received", statistics.received(), Long::sum);
            sums.merge("unsent", statistics.unsent(), Long::sum);
            statistics.dropped().forEach((reason, count) -> sums.merge(reason.name(), count, Long::sum));
        }
        return sums.toString();
    }

    static void assertEqual(String what, long expected, long actual) {
        if (expected != actual) {
            throw new AssertionError(what + ": should be " + expected + ", is " + actual);
        }
    }
}
