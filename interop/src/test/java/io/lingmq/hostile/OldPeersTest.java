package io.lingmq.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.Disconnected;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.FaultProxy;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.ScriptedListener;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that speak ZMTP 2.0, 1.0, or 1.0 without a version, octet for octet, whoever of the two connects. */
class OldPeersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A version, and who connects. */
    record Meeting(OldVersion version, boolean theyConnect) {
        static Stream<Meeting> all() {
            return Arrays.stream(OldVersion.values())
                    .flatMap(version -> Stream.of(new Meeting(version, true), new Meeting(version, false)));
        }

        byte[] message(String... frames) {
            return version.message(frames);
        }

        @Override
        public String toString() {
            return version + (theyConnect ? " connects" : " is connected to");
        }
    }

    @AutoClose
    private final Context context = Context.builder()
            .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(10))
            .open();

    @AutoClose
    private final ScriptedListener listener = ScriptedListener.open();

    private final Recorder<SocketEvent> events = new Recorder<>();

    static Stream<Meeting> meetings() {
        return Meeting.all();
    }

    private ScriptedPeer reach(Meeting meeting, AnySocket ours) {
        if (meeting.theyConnect) {
            return ScriptedPeer.connect(ours.bind("tcp://127.0.0.1:*"));
        }
        ours.connect(listener.endpoint());
        return listener.accept();
    }

    private ScriptedPeer meet(Meeting meeting, AnySocket ours, SocketType theirs) {
        return meeting.version.open(reach(meeting, ours), theirs, ours.type());
    }

    private static Message receive(AnySocket socket) throws InterruptedException {
        var message = socket.receive(PATIENCE);
        assertThat(message).as("a message").isNotNull();
        return message;
    }

    // ---- patterns

    @ParameterizedTest
    @MethodSource("meetings")
    void asksAnOldServer(Meeting meeting) throws InterruptedException {
        try (var req = context.socket(SocketType.REQ);
                var server = meet(meeting, req, SocketType.REP)) {
            req.send("question");
            server.expect(meeting.message("", "question")).send(meeting.message("", "answer", ""));
            assertThat(receive(req)).isEqualTo(Message.of("answer", ""));
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void answersAnOldClient(Meeting meeting) throws InterruptedException {
        try (var rep = context.socket(SocketType.REP);
                var client = meet(meeting, rep, SocketType.REQ)) {
            client.send(meeting.message("", "question"));
            assertThat(receive(rep)).isEqualTo(Message.of("question"));
            rep.send("answer");
            client.expect(meeting.message("", "answer"));
        }
    }

    /** Also: the buffers of several sizes in turn, as an old flaw of libzmq's ZMTP 1.0 wants it (CVE-2021-20235). */
    @ParameterizedTest
    @MethodSource("meetings")
    void bodiesOfEverySizePassBothWays(Meeting meeting) throws InterruptedException {
        try (var dealer = context.socket(SocketType.DEALER);
                var peer = meet(meeting, dealer, SocketType.DEALER)) {
            for (var size : new int[] {0, 1, 252, 253, 254, 255, 256, 8191, 8192, 8193, 9000, 3, 65_536, 300_000, 2}) {
                var body = Bodies.of(size, size);
                var other = Bodies.of(size + 1, size);
                peer.send(meeting.version.message(body, new byte[0], other));
                assertThat(receive(dealer)).as("%d octets", size).isEqualTo(Message.of(body, new byte[0], other));
                dealer.send(Message.of(other, body));
                peer.expect(meeting.version.message(other, body));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void routerKnowsAnOldPeersRoutingId(Meeting meeting) throws InterruptedException {
        try (var router = context.socket(SocketType.ROUTER);
                var raw = reach(meeting, router);
                var peer = meeting.version.open(raw, SocketType.DEALER, "me", SocketType.ROUTER, "")) {
            peer.send(meeting.message("hello"));
            assertThat(receive(router).texts()).containsExactly("me", "hello");
            router.send("me", "welcome");
            peer.expect(meeting.message("welcome"));
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void tellsItsRoutingIdToAnOldPeer(Meeting meeting) throws InterruptedException {
        try (var dealer = context.socket(SocketType.DEALER)) {
            dealer.set(Options.ROUTING_ID, Zmtp.ascii("me"));
            try (var peer =
                    meeting.version.open(reach(meeting, dealer), SocketType.ROUTER, "", SocketType.DEALER, "me")) {
                dealer.send("hi");
                peer.expect(meeting.message("hi"));
            }
        }
    }

    // ---- subscriptions

    @ParameterizedTest
    @MethodSource("meetings")
    void oldPublisherIsToldSubscriptionsAsMessages(Meeting meeting) throws InterruptedException {
        try (var sub = context.socket(SocketType.SUB)) {
            sub.subscribe("A");
            try (var publisher = meet(meeting, sub, SocketType.PUB)) {
                publisher.expect(meeting.message("\1A"));
                sub.subscribe("B".repeat(255));
                publisher.expect(meeting.message("\1" + "B".repeat(255)));
                sub.unsubscribe("A");
                publisher.expect(meeting.message("\0A"));
                publisher.send(meeting.message("A none")).send(meeting.message("B".repeat(255), "this"));
                assertThat(receive(sub).withoutFirst(1)).isEqualTo(Message.of("this"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void oldSubscriberGetsWhatItAsksForAndOneWithoutVersionGetsAll(Meeting meeting) throws InterruptedException {
        try (var pub = context.socket(SocketType.PUB);
                var subscriber = meet(meeting, pub, SocketType.SUB)) {
            Await.until("a peer", () -> pub.statistics().peers() == 1);
            if (meeting.version == OldVersion.NONE) {
                Await.until("subscribed to all", () -> pub.statistics().subscriptions() == 1);
                pub.send("anything");
                subscriber.expect(meeting.message("anything"));
                return;
            }
            pub.send("A before");
            subscriber.send(meeting.message("\1A"));
            Await.until("subscribed", () -> pub.statistics().subscriptions() == 1);
            pub.send("B");
            pub.send("A after");
            subscriber.expect(meeting.message("A after")).send(meeting.message("\0A"));
            Await.until("cancelled", () -> pub.statistics().subscriptions() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void xpubHearsOfTheSubscriptionsOfOldPeers(Meeting meeting) throws InterruptedException {
        try (var xpub = context.socket(SocketType.XPUB);
                var subscriber = meet(meeting, xpub, SocketType.XSUB)) {
            if (meeting.version == OldVersion.NONE) {
                assertThat(receive(xpub)).isEqualTo(Message.of(new byte[] {1}));
            }
            subscriber.send(meeting.message("\1topic")).send(meeting.message("upstream"));
            assertThat(receive(xpub)).isEqualTo(Message.of("\1topic"));
            assertThat(receive(xpub)).isEqualTo(Message.of("upstream"));
        }
    }

    /** What is behind the socket is one and the same while peers of all versions come and go. */
    @ParameterizedTest
    @EnumSource(OldVersion.class)
    void subscriptionsAreToldAnewInTheFormOfEachPeer(OldVersion version) throws InterruptedException {
        try (var sub = context.socket(SocketType.SUB)) {
            sub.subscribe("A");
            sub.connect(listener.endpoint());
            for (var round = 0; round < 2; round++) {
                try (var old = version.open(listener.accept(), SocketType.PUB, SocketType.SUB)) {
                    old.expect(version.message("\1A"));
                    sub.subscribe("B");
                    old.expect(version.message("\1B"));
                    sub.unsubscribe("B");
                    old.expect(version.message("\0B"));
                }
                try (var recent = listener.accept().open("PUB")) {
                    recent.expect(Zmtp.subscribe("A"));
                    sub.subscribe("C");
                    recent.expect(Zmtp.subscribe("C"));
                    sub.unsubscribe("C");
                    recent.expect(Zmtp.cancel("C"));
                }
            }
        }
    }

    // ---- time

    /** A peer of our own version is the clock: it is given up, and the old one is not, which came before. */
    @ParameterizedTest
    @EnumSource(OldVersion.class)
    void neverSendsAPingAndNeverGivesUp(OldVersion version) throws InterruptedException {
        try (var router = context.socket(SocketType.ROUTER)) {
            router.set(Options.HEARTBEAT_INTERVAL, Duration.ofMillis(20));
            router.set(Options.HEARTBEAT_TIMEOUT, Duration.ofMillis(40));
            router.monitor(events);
            var endpoint = router.bind("tcp://127.0.0.1:*");
            try (var old = version.open(
                            ScriptedPeer.connect(endpoint), SocketType.DEALER, "old", SocketType.ROUTER, "");
                    var recent = ScriptedPeer.connect(endpoint).open("DEALER")) {
                assertThat(recent.readFrame().isCommand("PING")).isTrue();
                assertThat(events.await(Disconnected.class).reason()).contains("sign of life");
                old.send(version.message("still here"));
                assertThat(receive(router).texts()).containsExactly("old", "still here");
                router.send("old", "and so are we");
                old.expect(version.message("and so are we"));
                assertThat(events.count(Disconnected.class)).isEqualTo(1);
            }
        }
    }

    /** A silent peer is the clock: its time is over while that of the old one, which came before, is not. */
    @ParameterizedTest
    @EnumSource(OldVersion.class)
    void outlivesTheHandshakeTimeOut(OldVersion version) throws InterruptedException {
        try (var pull = context.socket(SocketType.PULL)) {
            pull.set(Options.HANDSHAKE_TIMEOUT, Duration.ofMillis(100));
            pull.monitor(events);
            var endpoint = pull.bind("tcp://127.0.0.1:*");
            try (var old = version.open(ScriptedPeer.connect(endpoint), SocketType.PUSH, SocketType.PULL);
                    var silent = ScriptedPeer.connect(endpoint)) {
                silent.expectClosed();
                assertThat(events.await(HandshakeFailed.class).reason()).contains("time-out");
                old.send(version.message("still here"));
                assertThat(receive(pull)).isEqualTo(Message.of("still here"));
                assertThat(events.count(Disconnected.class)).isZero();
            }
        }
    }

    // ---- the channel

    @ParameterizedTest
    @EnumSource(OldVersion.class)
    void takesASessionOctetByOctet(OldVersion version) throws InterruptedException {
        try (var rep = context.socket(SocketType.REP);
                var proxy = FaultProxy.to(rep.bind("tcp://127.0.0.1:*"))) {
            proxy.dribble(1);
            try (var client = version.open(ScriptedPeer.connect(proxy.endpoint()), SocketType.REQ, SocketType.REP)) {
                client.send(version.message("", "c".repeat(300)));
                assertThat(receive(rep)).isEqualTo(Message.of("c".repeat(300)));
                rep.send("d".repeat(300));
                client.expect(version.message("", "d".repeat(300)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void takesAWholeSessionInOnePiece(Meeting meeting) throws InterruptedException {
        try (var pull = context.socket(SocketType.PULL);
                var peer = reach(meeting, pull)) {
            var id = meeting.version.frame(0, Zmtp.ascii("me"));
            var opening = switch (meeting.version) {
                case TWO -> Hex.join(Hex.bytes("FF 00 00 00 00 00 00 00 01 7F 01 08"), id);
                case ONE -> Hex.join(Hex.bytes("FF 00 00 00 00 00 00 00 01 7F 00 08"), id);
                case NONE -> id;
            };
            peer.send(Hex.join(opening, meeting.message("early", ""), meeting.message("bird")));
            assertThat(receive(pull)).isEqualTo(Message.of("early", ""));
            assertThat(receive(pull)).isEqualTo(Message.of("bird"));
        }
    }

    /** More than any channel takes: what the first peer did not read is lost, but never half of a message. */
    @ParameterizedTest
    @EnumSource(OldVersion.class)
    void whoFollowsAPeerThatDidNotReadBeginsWithAWholeMessage(OldVersion version) throws InterruptedException {
        var body = Bodies.of(1, 50_000);
        var count = 1000;
        try (var push = context.socket(SocketType.PUSH)) {
            push.set(Options.SEND_HWM, 0);
            push.monitor(events);
            push.connect(listener.endpoint());
            try (var first = version.open(listener.accept(), SocketType.PULL, SocketType.PUSH)) {
                for (var i = 0; i < count; i++) {
                    push.send(Message.of(Zmtp.ascii("%04d".formatted(i)), body));
                }
                first.expect(version.message(Zmtp.ascii("0000"), body));
                first.read(70_000); // one message and a piece
                first.reset();
            }
            events.await(Disconnected.class);
            try (var second = listener.accept().open("PULL")) {
                var next = Integer.parseInt(second.readMessage().get(0));
                assertThat(next).isGreaterThan(1);
                while (++next < count) {
                    second.expect(
                            Hex.join(Zmtp.frame(Zmtp.MORE, Zmtp.ascii("%04d".formatted(next))), Zmtp.frame(0, body)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(OldVersion.class)
    void allIsWrittenToAnOldPeerBeforeTheSocketIsGone(OldVersion version) throws InterruptedException {
        var body = Bodies.of(1, 20_000);
        var push = context.socket(SocketType.PUSH);
        push.connect(listener.endpoint());
        try (var pull = version.open(listener.accept(), SocketType.PULL, SocketType.PUSH)) {
            for (var i = 0; i < 500; i++) {
                push.send(Message.of(Zmtp.ascii("%04d".formatted(i)), body));
            }
            push.close();
            for (var i = 0; i < 500; i++) {
                pull.expect(version.message(Zmtp.ascii("%04d".formatted(i)), body));
            }
            assertThat(pull.expectClosed()).isEmpty();
        }
    }
}
