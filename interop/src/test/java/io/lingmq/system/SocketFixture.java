package io.lingmq.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.Receiver;
import io.lingmq.Socket;
import io.lingmq.message.Message;
import io.lingmq.testkit.Await;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the sockets of one test meet: a context, one transport, and the steps that every test has. */
final class SocketFixture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofMillis(60);

    private final Transport transport;
    private final Context context = Context.open();
    private final Map<Socket, String> endpoints = new ConcurrentHashMap<>();

    SocketFixture(Transport transport) {
        this.transport = transport;
    }

    Context context() {
        return context;
    }

    Transport transport() {
        return transport;
    }

    /** Binds a socket, once however often it is asked for. */
    String bound(Socket socket) {
        return endpoints.computeIfAbsent(socket, it -> it.bind(transport.endpoint()));
    }

    /** Connects sockets to one that binds, and returns when they are peers. */
    void join(Socket binding, Socket... connecting) {
        var before = binding.statistics().peers();
        for (var socket : connecting) {
            var peers = socket.statistics().peers();
            socket.connect(bound(binding));
            awaitPeers(socket, peers + 1);
        }
        awaitPeers(binding, before + connecting.length);
    }

    /** Waits until a socket has so many peers. */
    static void awaitPeers(Socket socket, int count) {
        Await.until(
                socket + " has " + count + " peers", () -> socket.statistics().peers() == count);
    }

    /** Waits until a publisher's subscribers hold so many different topics, or a subscriber does. */
    static void awaitTopics(Socket socket, int count) {
        Await.until(
                socket + " has " + count + " topics", () -> socket.statistics().subscriptions() == count);
    }

    /** The next message, which must come. */
    static Message take(Receiver socket) throws InterruptedException {
        var message = socket.receive(PATIENCE);
        assertThat(message).as("a message for %s", socket).isNotNull();
        return message;
    }

    /** No message comes. */
    static void assertQuiet(Receiver socket) throws InterruptedException {
        assertThat(socket.receive(QUIET)).as("a message for %s", socket).isNull();
    }

    @Override
    public void close() {
        context.close();
    }
}
