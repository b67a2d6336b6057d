package io.lingmq.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.DealerSocket;
import io.lingmq.RouterSocket;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.Disconnected;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.message.Message;
import io.lingmq.option.Option;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.ScriptedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server that bad peers come to, and the honest client that must not suffer from them. */
final class Victim implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Context context = Context.open();
    private final Context other = Context.open();
    private final RouterSocket server = context.router();
    private final DealerSocket honest = other.dealer();
    private final Recorder<SocketEvent> events = new Recorder<>();
    private String endpoint = "";
    private int exchanges;

    /** Sets an option of the server; before {@link #open}. */
    <T> Victim with(Option<T> option, T value) {
        server.set(option, value);
        return this;
    }

    /** Binds, and lets the honest client in. */
    Victim open() {
        server.monitor(events);
        endpoint = server.bind("tcp://127.0.0.1:*");
        honest.connect(endpoint);
        assertHonestClientIsServed();
        return this;
    }

    RouterSocket server() {
        return server;
    }

    Recorder<SocketEvent> events() {
        return events;
    }

    String endpoint() {
        return endpoint;
    }

    /** A bad peer that has said nothing yet. */
    ScriptedPeer connect() {
        return ScriptedPeer.connect(endpoint);
    }

    /** A bad peer that has behaved until now: it can send messages. */
    ScriptedPeer connectAndOpen() {
        return connect().open("DEALER");
    }

    /** A peer was turned away before it became one, for a reason that contains these words. */
    void assertHandshakeFailed(String reason) {
        events.await(HandshakeFailed.class, event -> event.reason().contains(reason));
    }

    /** A peer's connection has ended, for a reason that contains these words. */
    void assertDisconnected(String reason) {
        events.await(Disconnected.class, event -> event.reason().contains(reason));
    }

    /** The honest client's message arrives and its answer too; nothing that a bad peer sent comes between. */
    void assertHonestClientIsServed() {
        assertThat(messagesBeforeTheHonestOne()).as("messages of bad peers").isEmpty();
    }

    /** The honest client's message arrives and its answer too; what else had come is returned. */
    List<Message> messagesBeforeTheHonestOne() {
        var text = "exchange " + ++exchanges;
        var others = new ArrayList<Message>();
        try {
            honest.send(text);
            var request = received();
            for (; !request.text(request.frameCount() - 1).equals(text); request = received()) {
                others.add(request);
            }
            server.sendTo(request.bytes(), Message.of(text));
            var reply = honest.receive(PATIENCE);
            assertThat(reply).as("the answer").isEqualTo(Message.of(text));
            return others;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next message, whoever sent it. */
    Message received() {
        try {
            var message = server.receive(PATIENCE);
            assertThat(message).as("a message").isNotNull();
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        other.close();
        context.close();
    }
}
