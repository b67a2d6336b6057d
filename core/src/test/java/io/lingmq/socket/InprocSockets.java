package io.lingmq.socket;

import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What the tests of sockets that are joined in memory have in common: a context and one name. */
abstract class InprocSockets {
    static final String HERE = "inproc://here";

    final ContextCore context = new ContextCore(1, "inproc-test");

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    SocketCore socket(SocketType type) {
        return context.socket(type, Settings.defaults());
    }

    SocketCore bound(SocketType type) {
        var socket = socket(type);
        socket.bind(HERE);
        return socket;
    }

    SocketCore connected(SocketType type) {
        var socket = socket(type);
        socket.connect(HERE);
        return socket;
    }

    static List<String> receiveAll(SocketCore socket) {
        var all = new ArrayList<String>();
        for (var message = socket.tryReceive(); message != null; message = socket.tryReceive()) {
            all.add(message.text());
        }
        return all;
    }
}
