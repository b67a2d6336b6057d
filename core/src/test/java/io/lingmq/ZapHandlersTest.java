package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.error.EndpointException;
import io.lingmq.event.SocketEvent.HandshakeSucceeded;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers at inproc://zeromq.zap.01, good ones and bad ones. */
class ZapHandlersTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @AutoClose
    private final GuardedSite site = new GuardedSite();

    @Test
    void whereNobodyDecidesAllAreRefused() {
        var plain = site.server(site.context());
        try (var peer = ScriptedPeer.connect(plain.bind("tcp://127.0.0.1:*"))) {
            GuardedSite.plainHello(peer).expect(Zmtp.error("500")).expectClosed();
        }
        assertThat(site.refused().reason())
                .isEqualTo("the peer was refused: 500 nobody is bound to inproc://zeromq.zap.01,"
                        + " and the context has no authenticator");
    }

    @Test
    void repDecides() throws InterruptedException {
        var context = site.context();
        var handler = context.rep();
        handler.bind("inproc://zeromq.zap.01");
        var server = site.server(context);
        server.set(Options.ZAP_DOMAIN, "dom");
        var client = site.client(site.context(), server.bind("tcp://127.0.0.1:*"), "pwd");
        var sending = client.sendAsync(Message.of("in"));

        var request = received(handler);
        assertThat(request.texts().subList(2, 8)).containsExactly("dom", "127.0.0.1", "", "PLAIN", "alice", "pwd");
        handler.send(Message.of("1.0", request.text(1), "200", "OK", "alice", ""));

        assertThat(server.receive(LONG)).isEqualTo(Message.of("in"));
        assertThat(sending).succeedsWithin(LONG);
    }

    private static Message received(TwoWaySocket handler) {
        return Await.value("a question", handler::tryReceive);
    }

    @Test
    void routerMayAnswerInAnyOrderAndTwice() throws InterruptedException {
        var context = site.context();
        var handler = context.router();
        handler.bind("inproc://zeromq.zap.01");
        var endpoint = site.server(context).bind("tcp://127.0.0.1:*");
        try (var first = ScriptedPeer.connect(endpoint);
                var second = ScriptedPeer.connect(endpoint)) {
            GuardedSite.plainHello(first);
            var one = received(handler);
            GuardedSite.plainHello(second);
            var two = received(handler);
            assertThat(one.text(3)).as("ids").isNotEqualTo(two.text(3));

            answer(handler, two, two.text(3), "200");
            second.expect(Zmtp.command("WELCOME", new byte[0]));
            answer(handler, two, two.text(3), "400");
            answer(handler, two, "unknown", "200");
            answer(handler, one, one.text(3), "400");
            first.expect(Zmtp.error("400")).expectClosed();
            second.send(Zmtp.command("INITIATE", Zmtp.property("Socket-Type", "PUSH")))
                    .expect(Zmtp.ready("PULL"));
        }
    }

    /** With the envelope of a question: routing id, delimiter, version, id. */
    private static void answer(RouterSocket handler, Message question, String id, String status)
            throws InterruptedException {
        handler.send(Message.ofFrames(List.of(
                question.bytes(0),
                new byte[0],
                Zmtp.ascii("1.0"),
                Zmtp.ascii(id),
                Zmtp.ascii(status),
                Zmtp.ascii("text"),
                new byte[0],
                new byte[0])));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0|ID|201|text|user|",
                "1.1|ID|200|text|user|",
                "1.0|ID|200|text|user",
                "1.0|ID|200|text|user||more",
                "1.0|ID|200|text|user|\u0005ab",
                "1.0|ID|200|text|user|\u000bSocket-Type\u0000\u0000\u0000\u0003PUB",
            })
    void malformedAnswerRefuses(String frames) throws InterruptedException {
        var context = site.context();
        var handler = context.rep();
        handler.bind("inproc://zeromq.zap.01");
        var server = site.server(context);
        try (var peer = ScriptedPeer.connect(server.bind("tcp://127.0.0.1:*"))) {
            GuardedSite.plainHello(peer);
            var id = received(handler).text(1);
            handler.send(Message.ofFrames(Stream.of(frames.replace("ID", id).split("\\|", -1))
                    .map(Zmtp::ascii)
                    .toList()));
            peer.sendUnlessClosed(Zmtp.command("INITIATE", Zmtp.property("Socket-Type", "PUSH")));
            peer.expectClosed();
        }
        assertThat(site.events.count(HandshakeSucceeded.class)).isZero();
    }

    @Test
    void handlerThatGoesAwayRefuses() throws InterruptedException {
        var context = site.context();
        var handler = context.rep();
        handler.bind("inproc://zeromq.zap.01");
        try (var peer = ScriptedPeer.connect(site.server(context).bind("tcp://127.0.0.1:*"))) {
            GuardedSite.plainHello(peer);
            received(handler);
            handler.close();
            peer.expect(Zmtp.error("500")).expectClosed();
        }
        assertThat(site.refused().reason()).isEqualTo("the peer was refused: 500 the ZAP handler went away");
    }

    @Test
    void nextHandlerIsAskedWhenTheFirstHasGone() throws InterruptedException {
        var context = site.context();
        var endpoint = site.server(context).bind("tcp://127.0.0.1:*");
        for (var round = 0; round < 3; round++) {
            try (var handler = context.rep();
                    var peer = ScriptedPeer.connect(endpoint)) {
                Await.until("the name is free", () -> binds(handler));
                GuardedSite.plainHello(peer);
                var id = received(handler).text(1);
                handler.send(Message.of("1.0", id, "200", "OK", "", ""));
                peer.expect(Zmtp.command("WELCOME", new byte[0]));
            }
        }
    }

    private static boolean binds(RepSocket handler) {
        try {
            handler.bind("inproc://zeromq.zap.01");
            return true;
        } catch (EndpointException e) {
            return false;
        }
    }
}
