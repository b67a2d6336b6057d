package io.lingmq.system;

import static io.lingmq.system.SocketFixture.awaitTopics;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.lingmq.Socket;
import io.lingmq.event.DropReason;
import io.lingmq.event.Peer;
import io.lingmq.event.Peer.State;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a socket tells of its peers, over all transports. */
@ParameterizedClass
@EnumSource(Transport.class)
class PeersTest {
    @AutoClose
    private final SocketFixture fixture;

    PeersTest(Transport transport) {
        fixture = new SocketFixture(transport);
    }

    private static Peer only(Socket socket) {
        assertThat(socket.peers()).hasSize(1);
        return socket.peers().get(0);
    }

    private static Peer awaitOnly(Socket socket, State state) {
        Await.until(
                socket + " has one peer, " + state,
                () -> socket.peers().size() == 1 && socket.peers().get(0).state() == state);
        return only(socket);
    }

    private static void awaitNone(Socket socket) {
        Await.until(socket + " has no peers", () -> socket.peers().isEmpty());
    }

    private static Map<DropReason, Long> dropsOfPeers(Socket socket) {
        var sum = new EnumMap<DropReason, Long>(DropReason.class);
        socket.peers().forEach(peer -> peer.dropped().forEach((reason, count) -> sum.merge(reason, count, Long::sum)));
        return sum;
    }

    @Test
    void bothSidesTellOfEachOther() throws InterruptedException {
        var before = Instant.now().minusMillis(1);
        try (var pull = fixture.context().pull();
                var push = fixture.context().push()) {
            fixture.join(pull, push);
            push.send("12345");
            push.send("67890");
            take(pull);
            var source = only(pull);
            var target = only(push);
            assertThat(source.type()).isEqualTo(SocketType.PUSH);
            assertThat(target.type()).isEqualTo(SocketType.PULL);
            assertThat(source.state()).isEqualTo(State.OPEN);
            assertThat(target.state()).isEqualTo(State.OPEN);
            assertThat(source.id()).isNotEqualTo(target.id());
            assertThat(source.endpoint()).isEqualTo(fixture.bound(pull));
            assertThat(target.endpoint()).isEqualTo(fixture.bound(pull));
            assertThat(target.address()).isNotEmpty();
            assertThat(target.since()).isBetween(before, Instant.now());
            assertThat(target.dropped()).isEmpty();
            Await.until("both have come", () -> only(pull).counts().unread() == 1);
            Await.until("both have left", () -> only(push).counts().sent() == 2);
            var octets = fixture.transport().hasWire() ? 2 * (2 + 5) : 0;
            assertThat(only(pull).counts()).isEqualTo(new Peer.Counts(0, 2, 0, octets, 0, 1));
            assertThat(only(push).counts()).isEqualTo(new Peer.Counts(2, 0, octets, 0, 0, 0));
        }
    }

    @Test
    void connectIsThereBeforeItsPeer() {
        try (var pull = fixture.context().pull();
                var push = fixture.context().push()) {
            var endpoint = fixture.transport().endpoint();
            push.connect(endpoint);
            push.trySend(Message.of("early"));
            var connecting = only(push);
            assertThat(connecting.state()).isEqualTo(State.CONNECTING);
            assertThat(connecting.endpoint()).isEqualTo(endpoint);
            assertThat(connecting.type()).isNull();
            assertThat(connecting.address()).isEmpty();
            assertThat(connecting.introduction()).isNull();
            assertThat(connecting.counts().unsent()).isEqualTo(1);
            assertThat(connecting.counts().sent()).isZero();
            pull.bind(endpoint);
            var open = awaitOnly(push, State.OPEN);
            assertThat(open.id()).isEqualTo(connecting.id());
            assertThat(open.since()).isAfterOrEqualTo(connecting.since());
            assertThat(open.type()).isEqualTo(SocketType.PULL);
            Await.until("it has left", () -> only(push).counts().sent() == 1);
        }
    }

    @Test
    void aPeerThatIsGoneIsForgottenByWhoAcceptedIt() {
        try (var pull = fixture.context().pull()) {
            try (var push = fixture.context().push()) {
                fixture.join(pull, push);
                only(pull);
            }
            awaitNone(pull);
        }
    }

    @Test
    void aConnectWaitsForItsPeerToComeBack() throws InterruptedException {
        try (var push = fixture.context().push()) {
            push.set(Options.IMMEDIATE, false);
            var endpoint = fixture.transport().endpoint();
            long id;
            try (var pull = fixture.context().pull()) {
                pull.bind(endpoint);
                push.connect(endpoint);
                awaitOnly(push, State.OPEN);
                push.send("first");
                take(pull);
                id = only(push).id();
            }
            var hasWire = fixture.transport().hasWire();
            var lost = awaitOnly(push, hasWire ? State.LOST : State.CONNECTING);
            assertThat(lost.id() == id).isEqualTo(hasWire);
            assertThat(lost.type()).isEqualTo(hasWire ? SocketType.PULL : null);
            try (var pull = fixture.context().pull()) {
                pull.bind(endpoint);
                var back = awaitOnly(push, State.OPEN);
                assertThat(back.id()).isEqualTo(lost.id());
                push.send("second");
                take(pull);
                var counts = only(push).counts();
                assertThat(counts.sent()).as("its counts go on, over a wire").isEqualTo(hasWire ? 2 : 1);
            }
            push.disconnect(endpoint);
            assertThat(push.peers()).isEmpty();
        }
    }

    @Test
    void routerTellsTheNamesUnderWhichItAddressesItsPeers() throws InterruptedException {
        try (var router = fixture.context().router();
                var named = fixture.context().dealer();
                var nameless = fixture.context().dealer()) {
            named.set(Options.ROUTING_ID, "me".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            fixture.join(router, named);
            fixture.join(router, nameless);
            assertThat(router.peers().get(0).routingId()).asString().isEqualTo("me");
            var given = router.peers().get(1).routingId();
            nameless.send("hello");
            assertThat(take(router).bytes(0)).isEqualTo(given).hasSize(5);
            given[0] = 1;
            assertThat(router.peers().get(1).routingId()).as("a copy").startsWith(0);
        }
    }

    @Test
    void dropsOfASlowSubscriberAreItsOwn() throws InterruptedException {
        try (var pub = fixture.context().pub();
                var slow = fixture.context().sub();
                var idle = fixture.context().sub()) {
            pub.set(Options.SEND_HWM, 2);
            slow.set(Options.RECEIVE_HWM, 2);
            slow.subscribe("A");
            idle.subscribe("B");
            fixture.join(pub, slow);
            awaitTopics(pub, 1);
            fixture.join(pub, idle);
            awaitTopics(pub, 2);
            var body = "A".repeat(100_000); // so that the system's buffers do not hold many
            var full = pub.peers().get(0);
            for (var i = 0; full.dropped().isEmpty() && i < 100_000; i++) {
                pub.send(body);
                full = pub.peers().get(0);
            }
            assertThat(full.dropped()).containsOnlyKeys(DropReason.SUBSCRIBER_FULL);
            assertThat(full.type()).isEqualTo(SocketType.SUB);
            assertThat(pub.peers().get(1).dropped()).isEmpty();
            assertThat(dropsOfPeers(pub)).isEqualTo(pub.statistics().dropped());
        }
    }

    @Test
    void dropsOfManySubscribersAddUp() throws InterruptedException {
        try (var pub = fixture.context().pub();
                var one = fixture.context().sub();
                var other = fixture.context().sub()) {
            pub.set(Options.SEND_HWM, 2);
            for (var sub : new Socket[] {one, other}) {
                sub.set(Options.RECEIVE_HWM, 2);
            }
            one.subscribe("");
            other.subscribe("");
            fixture.join(pub, one, other);
            Await.until(
                    "both have subscribed",
                    () -> pub.peers().stream().allMatch(peer -> peer.counts().received() == 1));
            awaitTopics(pub, 1);
            var body = "A".repeat(100_000);
            for (var i = 0; i < 100_000 && dropsOfPeers(pub).getOrDefault(DropReason.SUBSCRIBER_FULL, 0L) < 50; i++) {
                pub.send(body);
            }
            assertThat(pub.peers()).allMatch(peer -> peer.dropped().containsKey(DropReason.SUBSCRIBER_FULL));
            assertThat(dropsOfPeers(pub)).isEqualTo(pub.statistics().dropped());
        }
    }

    @Test
    void whatARouterCannotSendToAFullPeerIsThatPeers() throws InterruptedException {
        try (var router = fixture.context().router();
                var dealer = fixture.context().dealer()) {
            router.set(Options.SEND_HWM, 1);
            dealer.set(Options.RECEIVE_HWM, 1);
            dealer.set(Options.ROUTING_ID, new byte[] {'d'});
            fixture.join(router, dealer);
            router.send("nobody", "x");
            var body = "A".repeat(100_000);
            for (var i = 0; only(router).dropped().isEmpty() && i < 100_000; i++) {
                router.send("d", body);
            }
            assertThat(only(router).dropped()).containsOnly(entry(DropReason.PEER_FULL, 1L));
            assertThat(router.statistics().dropped())
                    .as("with what was for nobody")
                    .containsOnly(entry(DropReason.PEER_FULL, 1L), entry(DropReason.NO_ROUTE, 1L));
        }
    }

    @Test
    void aClosedSocketHasNone() {
        var push = fixture.context().push();
        push.connect(fixture.transport().endpoint());
        assertThat(push.peers()).hasSize(1);
        push.close();
        assertThat(push.peers()).isEmpty();
    }

    @Test
    void theListCannotBeChanged() {
        try (var push = fixture.context().push()) {
            push.connect(fixture.transport().endpoint());
            var peers = push.peers();
            assertThatThrownBy(peers::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    /** Asked in a monitor's callback too, which runs while peers come and go. */
    @Test
    void isThereWhilePeersComeAndGo() throws Exception {
        try (var pull = fixture.context().pull()) {
            var asked = new AtomicInteger();
            pull.monitor(event -> {
                pull.peers();
                asked.incrementAndGet();
            });
            var endpoint = fixture.bound(pull);
            var stop = new AtomicBoolean();
            var watching = Background.run("watching", () -> {
                while (!stop.get()) {
                    assertThat(pull.peers()).allMatch(peer -> peer.type() == SocketType.PUSH);
                }
            });
            for (var round = 0; round < 100; round++) {
                try (var push = fixture.context().push()) {
                    push.connect(endpoint);
                    push.send("round");
                    take(pull);
                }
            }
            stop.set(true);
            watching.result();
            awaitNone(pull);
            if (fixture.transport().hasWire()) { // within a process no event tells of it
                Await.until("asked in a callback", () -> asked.get() > 0);
            }
        }
    }
}
