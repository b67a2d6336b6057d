package io.lingmq.socket;

import java.util.ArrayList;
import java.util.List;

/**
 * What a socket says of itself in a log: {@code PUSH#3 (open, bound to tcp://0.0.0.0:5559, 2 peers)}.
 *
 * <p>Threading: any thread, an I/O thread too. Nobody's lock is waited for but that of the lists of endpoints, which is
 * held for moments.
 */
final class SocketText {
    /** Of a list of endpoints no more are named: a line in a log is for people. */
    private static final int MOST_NAMED = 3;

    private SocketText() {}

    static String of(String name, SocketClosing closing, Endpoints endpoints, int peers) {
        var parts = new ArrayList<String>();
        parts.add(closing.state());
        add(parts, "bound to ", endpoints.bound());
        add(parts, "connected to ", endpoints.connected());
        add(parts, "leaving ", endpoints.leaving());
        parts.add(count(peers, "peer"));
        return name + " (" + String.join(", ", parts) + ")";
    }

    private static void add(List<String> parts, String how, List<String> endpoints) {
        if (!endpoints.isEmpty()) {
            parts.add(how + named(endpoints));
        }
    }

    private static String named(List<String> endpoints) {
        var named = String.join(" and ", endpoints.subList(0, Math.min(endpoints.size(), MOST_NAMED)));
        return endpoints.size() <= MOST_NAMED ? named : named + " and " + (endpoints.size() - MOST_NAMED) + " more";
    }

    /** A number of things: {@code 1 peer}, {@code 2 peers}. */
    static String count(int number, String of) {
        return number + " " + of + (number == 1 ? "" : "s");
    }
}
