package io.lingmq.socket;

import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.socket.PollCore.Found;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What the tests of pollers have in common: a poller, and a pair of sockets of which one is bound to a name. */
abstract class Polling {
    static final int READ = 1;
    static final int WRITE = 2;
    static final long FOR_EVER = Long.MAX_VALUE;

    final ContextCore context = new ContextCore(1, "poll-test");
    final PollCore poller = context.poller();
    final SocketCore push = socket(SocketType.PUSH);
    final SocketCore pull = socket(SocketType.PULL);

    Polling() {
        pull.bind("inproc://here");
    }

    @AfterEach
    void close() {
        poller.close();
        context.close(Duration.ofSeconds(5));
    }

    final SocketCore socket(SocketType type) {
        return context.socket(type, Settings.defaults());
    }

    Background<List<Found>> waiting() {
        return Background.call("polling", () -> poller.poll(FOR_EVER)).awaitInside("sleep");
    }

    static Found readable(Object item) {
        return new Found(item, null, true, false);
    }

    static Found writable(Object item) {
        return new Found(item, null, false, true);
    }
}
