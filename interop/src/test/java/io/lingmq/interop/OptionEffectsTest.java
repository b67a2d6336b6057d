package io.lingmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that change what the other side sees, with libzmq as the other side. */
class OptionEffectsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @AutoClose
    private final Context context =
            Context.builder().socketDefault(Options.RECEIVE_TIMEOUT, PATIENCE).open();

    private final PeerProcess peer = PeerProcess.shared(PeerLanguage.C);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theyReturnOurRequestIds() throws InterruptedException {
        try (var req = context.req();
                var theirs = peer.open(SocketType.REP)) {
            req.set(Options.REQ_CORRELATE, true);
            req.connect(theirs.bind("tcp://127.0.0.1:*"));
            req.send("question");
            theirs.expect(PeerSocket.text("question"));
            theirs.send(PeerSocket.text("answer"));
            assertThat(req.receive()).isEqualTo(Message.of("answer"));
        }
    }

    @Test
    void weReturnTheirRequestIds() throws InterruptedException {
        try (var rep = context.rep();
                var theirs = peer.open(SocketType.REQ)) {
            theirs.set(Options.REQ_CORRELATE, 1);
            theirs.set(Options.REQ_RELAXED, 1);
            theirs.connect(rep.bind("tcp://127.0.0.1:*"));
            theirs.send(PeerSocket.text("given up"));
            assertThat(rep.receive()).isEqualTo(Message.of("given up"));
            theirs.send(PeerSocket.text("question"));
            rep.send("late");
            assertThat(rep.receive()).isEqualTo(Message.of("question"));
            rep.send("answer");
            theirs.expect(PeerSocket.text("answer"));
        }
    }

    @Test
    void theirRouterLearnsOurNameFromAProbe() throws InterruptedException {
        try (var dealer = context.dealer();
                var theirs = peer.open(SocketType.ROUTER)) {
            dealer.set(Options.PROBE_ROUTER, true);
            dealer.set(Options.ROUTING_ID, bytes("me"));
            dealer.connect(theirs.bind("tcp://127.0.0.1:*"));
            theirs.expect(PeerSocket.text("me") + ",hex:");
            theirs.send(PeerSocket.text("me") + "," + PeerSocket.text("hello"));
            assertThat(dealer.receive()).isEqualTo(Message.of("hello"));
        }
    }

    @Test
    void ourRouterLearnsTheirNameFromAProbe() throws InterruptedException {
        try (var router = context.router();
                var theirs = peer.open(SocketType.DEALER)) {
            theirs.set(Options.PROBE_ROUTER, 1);
            theirs.name(Options.ROUTING_ID, "you");
            theirs.connect(router.bind("tcp://127.0.0.1:*"));
            assertThat(router.receive()).isEqualTo(Message.of("you", ""));
            router.send("you", "hello");
            theirs.expect(PeerSocket.text("hello"));
        }
    }

    @Test
    void handoverToTheirNewcomer() throws InterruptedException {
        try (var router = context.router();
                var first = peer.open(SocketType.DEALER);
                var second = peer.open(SocketType.DEALER)) {
            router.set(Options.ROUTER_HANDOVER, true);
            first.name(Options.ROUTING_ID, "same");
            second.name(Options.ROUTING_ID, "same");
            // It would come back and take the name over again.
            first.set(Options.RECONNECT_INTERVAL, -1);
            var endpoint = router.bind("tcp://127.0.0.1:*");
            first.connect(endpoint);
            first.send(PeerSocket.text("first"));
            assertThat(router.receive()).isEqualTo(Message.of("same", "first"));
            second.connect(endpoint);
            second.send(PeerSocket.text("second"));
            assertThat(router.receive()).isEqualTo(Message.of("same", "second"));
            router.send("same", "to the second");
            second.expect(PeerSocket.text("to the second"));
        }
    }

    @Test
    void ourWelcomeReachesTheirSubscriber() {
        try (var xpub = context.xpub();
                var theirs = peer.open(SocketType.SUB)) {
            xpub.set(Options.XPUB_WELCOME_MESSAGE, bytes("W hello"));
            theirs.subscribe("W");
            theirs.connect(xpub.bind("tcp://127.0.0.1:*"));
            theirs.expect(PeerSocket.text("W hello"));
        }
    }

    /** Longer topics, up to 255 octets, libzmq 4.3.4 itself sends in a broken frame. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 245, 256, 1000, 60_000})
    void theirSubscriptionsOfEachLengthCount(int length) throws InterruptedException {
        var topic = "t".repeat(length);
        try (var pub = context.pub();
                var theirs = peer.open(SocketType.SUB)) {
            theirs.subscribe(topic);
            theirs.connect(pub.bind("tcp://127.0.0.1:*"));
            Await.until("subscribed", () -> pub.statistics().subscriptions() == 1);
            pub.send("not that");
            pub.send(topic, "body");
            theirs.expect(PeerSocket.text(topic) + "," + PeerSocket.text("body"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 245, 246, 249, 254, 255, 256, 1000, 60_000})
    void ourSubscriptionsOfEachLengthCount(int length) throws InterruptedException {
        var topic = "t".repeat(length);
        try (var sub = context.sub();
                var theirs = peer.open(SocketType.XPUB)) {
            sub.subscribe(topic);
            sub.connect(theirs.bind("tcp://127.0.0.1:*"));
            theirs.expect("hex:01" + PeerSocket.text(topic).substring("hex:".length()));
            theirs.send(PeerSocket.text("not that"));
            theirs.send(PeerSocket.text(topic));
            assertThat(sub.receive().text()).isEqualTo(topic);
            sub.unsubscribe(topic);
            theirs.expect("hex:00" + PeerSocket.text(topic).substring("hex:".length()));
        }
    }

    @Test
    void boundAndConnectedToManyOfThemAtOnce() throws InterruptedException {
        try (var pull = context.pull();
                var bound = peer.open(SocketType.PUSH);
                var connected = PeerProcess.shared(PeerLanguage.PYTHON).open(SocketType.PUSH);
                var third = PeerProcess.shared(PeerLanguage.PHP).open(SocketType.PUSH)) {
            pull.connect(bound.bind("tcp://127.0.0.1:*"));
            connected.connect(pull.bind("tcp://127.0.0.1:*"));
            third.connect(pull.bind("ipc://*"));
            for (var each : new PeerSocket[] {bound, connected, third}) {
                each.send(PeerSocket.text("from " + each.id()));
                assertThat(pull.receive()).isEqualTo(Message.of("from " + each.id()));
            }
        }
    }
}
