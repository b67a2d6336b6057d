package io.lingmq.request;

import io.lingmq.error.EndpointException;
import io.lingmq.event.Peer;
import io.lingmq.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a requester. Each connect is a {@link Server} of its own; all that connect to us are one, which is
 * there from the beginning and takes part from the first bind on.
 *
 * <p>Threading: any thread.
 */
final class Servers {
    private enum Bound {
        NOTHING,
        SOMETHING
    }

    private final CopyOnWriteArrayList<Server> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final Server bound;
    private final Function<String, Server> made;
    private Bound state = Bound.NOTHING;

    /**
     * No endpoints yet.
     *
     * @param made makes a server of the given name
     */
    Servers(Function<String, Server> made) {
        this.made = made;
        bound = made.apply("those who connected");
    }

    // ---- endpoints

    String bind(String endpoint) {
        var real = bound.socket().bind(endpoint);
        takePart();
        return real;
    }

    private synchronized void takePart() {
        if (state == Bound.NOTHING) {
            bound.start();
            state = Bound.SOMETHING;
            all.add(bound);
        }
    }

    void unbind(String endpoint) {
        bound.socket().unbind(endpoint);
    }

    String connect(String endpoint) {
        var server = made.apply(endpoint);
        var isOurs = false;
        try {
            var real = server.socket().connect(endpoint);
            server.start();
            all.add(server);
            isOurs = true;
            return real;
        } finally {
            if (!isOurs) {
                server.close();
            }
        }
    }

    void disconnect(String endpoint) {
        for (var i = all.size() - 1; i >= 0; i--) {
            var server = all.get(i);
            if (server != bound && isLeft(server, endpoint)) {
                all.remove(server);
                server.close();
                return;
            }
        }
        bound.socket().disconnect(endpoint); // to which there is no connect, and it says so
    }

    /** There are many ways to write an endpoint, and the socket knows them. */
    private static boolean isLeft(Server server, String endpoint) {
        try {
            server.socket().disconnect(endpoint);
            return true;
        } catch (EndpointException e) {
            return false;
        }
    }

    List<Peer> peers() {
        var peers = new ArrayList<Peer>();
        all.forEach(server -> peers.addAll(server.socket().peers()));
        return List.copyOf(peers);
    }

    int count() {
        return all.size();
    }

    /** Whether the context has closed them. */
    boolean areClosed() {
        return bound.isClosed();
    }

    /** Closes all; their addresses are free then. */
    void close() {
        bound.close();
        all.forEach(Server::close);
    }

    // ---- sending

    /** Whether requests go there. */
    boolean contains(Server server) {
        return all.contains(server);
    }

    /**
     * Sends a request to the next one in turn that takes it: first those that are trusted, then those that are suspect,
     * and only then the one to avoid.
     *
     * @return who has it; null if nobody takes it now
     */
    @Nullable
    Server send(Message request, @Nullable Server avoided) {
        var candidates = all.toArray(new Server[0]);
        var first = turn.getAndIncrement();
        for (var rank = Rank.TRUSTED; rank != null; rank = rank.next()) {
            for (var i = 0; i < candidates.length; i++) {
                var server = candidates[Math.floorMod(first + i, candidates.length)];
                if (Rank.of(server, avoided) == rank && server.trySend(request)) {
                    return server;
                }
            }
        }
        return null;
    }

    private enum Rank {
        TRUSTED,
        SUSPECT,
        AVOIDED;

        static Rank of(Server server, @Nullable Server avoided) {
            if (server == avoided) {
                return AVOIDED;
            }
            return server.isSuspect() ? SUSPECT : TRUSTED;
        }

        @Nullable
        Rank next() {
            return this == AVOIDED ? null : values()[ordinal() + 1];
        }
    }
}
