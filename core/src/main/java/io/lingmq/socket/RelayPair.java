package io.lingmq.socket;

import io.lingmq.error.NotSupportedException;
import io.lingmq.option.SocketType;
import org.jspecify.annotations.Nullable;

/**
 * Which two sockets a {@link Relay} can join: one must be able to receive what the other can send, and a REQ or a REP,
 * which sends and receives in turn, needs somebody with whom its turns can go on.
 *
 * <p>Source: what libzmq's {@code zmq_proxy} does with each pair. It takes all of them; those that are refused here
 * never pass a message on there, or only one.
 */
final class RelayPair {
    private RelayPair() {}

    /** Says why messages could never go on and on between the two, which may be the same. */
    static void check(SocketType frontend, SocketType backend, boolean isOneSocket, boolean requestsCanBeGivenUp) {
        var reason = isOneSocket ? whyNotWithItself(frontend) : whyNot(frontend, backend, requestsCanBeGivenUp);
        if (reason != null) {
            throw new NotSupportedException("no messages can be passed on between "
                    + (isOneSocket ? "a " + frontend + " and itself" : frontend + " and " + backend) + ": " + reason);
        }
    }

    private static @Nullable String whyNotWithItself(SocketType type) {
        if (!type.receives()) {
            return "it only sends";
        }
        if (!type.sends()) {
            return "it only receives";
        }
        return type == SocketType.REQ ? "it must send before it receives" : null;
    }

    private static @Nullable String whyNot(SocketType frontend, SocketType backend, boolean requestsCanBeGivenUp) {
        var forth = passes(frontend, backend);
        var back = passes(backend, frontend);
        if (!forth && !back) {
            return frontend.sends() ? "both only send" : "both only receive";
        }
        if (frontend == backend && (frontend == SocketType.REQ || frontend == SocketType.REP)) {
            return "each would wait for the other";
        }
        if (forth && back) {
            return null;
        }
        if (frontend == SocketType.REP || backend == SocketType.REP) {
            return "a REP must send a reply to each request, and here messages go one way only";
        }
        var to = forth ? backend : frontend;
        if (to == SocketType.REQ && requestsCanBeGivenUp) {
            return null;
        }
        return frontend == SocketType.REQ || backend == SocketType.REQ
                ? "a REQ must receive a reply to each request, and here messages go one way only"
                : null;
    }

    private static boolean passes(SocketType from, SocketType to) {
        return from.receives() && to.sends();
    }
}
