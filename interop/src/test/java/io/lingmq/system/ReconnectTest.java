package io.lingmq.system;

import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.awaitTopics;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.DealerSocket;
import io.lingmq.event.DropReason;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.ConnectFailed;
import io.lingmq.event.SocketEvent.Disconnected;
import io.lingmq.event.SocketEvent.RetryScheduled;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Endpoints;
import io.lingmq.testkit.FaultProxy;
import io.lingmq.testkit.Ledger;
import io.lingmq.testkit.Recorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Connections that are lost on the way come back by themselves. */
class ReconnectTest {
    @AutoClose
    private final Context context = Context.builder()
            .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(5))
            .socketDefault(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(100))
            .open();

    @Test
    void aStreamGoesOnAfterEachCut() throws InterruptedException {
        try (var pull = context.pull();
                var push = context.push();
                var proxy = FaultProxy.to(pull.bind("tcp://127.0.0.1:*"))) {
            push.connect(proxy.endpoint());
            var stop = new AtomicBoolean();
            var sent = new AtomicInteger();
            var sending = Background.run("sending", () -> {
                while (!stop.get()) {
                    push.send(Message.of(String.valueOf(sent.getAndIncrement()), "rest"));
                }
            });
            var ledger = new Ledger();
            for (var cut = 0; cut < 20; cut++) {
                proxy.cut();
                var sentAtTheCut = sent.get();
                while (ledger.last() <= sentAtTheCut) {
                    note(ledger, take(pull));
                }
            }
            stop.set(true);
            while (ledger.last() < sent.get() - 1) {
                note(ledger, take(pull));
            }
            sending.result();
            ledger.assertUnique();
            assertThat(ledger.missing()).as("lost in flight by 20 cuts").isLessThan(ledger.last());
        }
    }

    private static void note(Ledger ledger, Message message) {
        assertThat(message.frameCount()).isEqualTo(2);
        ledger.note(Integer.parseInt(message.text()));
    }

    @Test
    void subscriptionsAreSentAgainFirst() throws InterruptedException {
        try (var pub = context.pub();
                var sub = context.sub();
                var proxy = FaultProxy.to(pub.bind("tcp://127.0.0.1:*"))) {
            sub.subscribe("A");
            sub.subscribe("B");
            sub.connect(proxy.endpoint());
            for (var round = 0; round < 5; round++) {
                awaitTopics(pub, 2);
                pub.send("B " + round);
                assertThat(take(sub).text()).isEqualTo("B " + round);
                proxy.cut();
                awaitTopics(pub, 0);
            }
        }
    }

    @Test
    void queuedMessagesWaitForTheConnection() throws InterruptedException {
        try (var pull = context.pull();
                var push = context.push();
                var proxy = FaultProxy.to(pull.bind("tcp://127.0.0.1:*"))) {
            push.connect(proxy.endpoint());
            awaitPeers(pull, 1);
            proxy.refuse();
            proxy.cut();
            awaitPeers(pull, 0);
            awaitPeers(push, 0);
            for (var n = 0; n < 100; n++) {
                push.send(String.valueOf(n));
            }
            assertThat(push.statistics().unsent()).isEqualTo(100);
            proxy.welcome();
            for (var n = 0; n < 100; n++) {
                assertThat(take(pull).text()).isEqualTo(String.valueOf(n));
            }
        }
    }

    @Test
    void retriesWithGrowingPausesAndReportsThem() {
        var events = new Recorder<SocketEvent>();
        try (var push = context.push()) {
            push.set(Options.RECONNECT_INTERVAL, Duration.ofMillis(10));
            push.set(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(80));
            push.monitor(events);
            push.connect(Endpoints.tcp());
            Await.until("eight attempts", () -> events.count(ConnectFailed.class) >= 8);
            var waits = events.all().stream()
                    .filter(RetryScheduled.class::isInstance)
                    .map(event -> ((RetryScheduled) event).delay())
                    .toList();
            assertThat(waits.get(0)).isLessThan(Duration.ofMillis(25));
            assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMillis(160)) <= 0);
            assertThat(waits.get(6)).isGreaterThan(waits.get(0));
            assertThat(events.await(ConnectFailed.class).reason()).containsIgnoringCase("refused");
        }
    }

    @Test
    void mayBeToldNotToComeBack() {
        var events = new Recorder<SocketEvent>();
        try (var pull = context.pull();
                var push = context.push();
                var proxy = FaultProxy.to(pull.bind("tcp://127.0.0.1:*"))) {
            push.set(Options.RECONNECT_INTERVAL, Options.FOREVER);
            push.monitor(events);
            push.connect(proxy.endpoint());
            awaitPeers(push, 1);
            proxy.cut();
            events.await(Disconnected.class);
            events.await(SocketEvent.Closed.class);
            assertThat(proxy.accepted()).isEqualTo(1);
        }
    }

    @Test
    void heartbeatsFindOutAboutASilentNetworkOnBothSides() {
        var events = new Recorder<SocketEvent>();
        try (var router = context.router();
                var dealer = context.dealer()) {
            router.set(Options.HEARTBEAT_INTERVAL, Duration.ofMillis(50));
            router.set(Options.HEARTBEAT_TIMEOUT, Duration.ofMillis(100));
            dealer.set(Options.HEARTBEAT_INTERVAL, Duration.ofMillis(50));
            dealer.set(Options.HEARTBEAT_TIMEOUT, Duration.ofMillis(100));
            try (var proxy = FaultProxy.to(router.bind("tcp://127.0.0.1:*"))) {
                dealer.monitor(events);
                dealer.connect(proxy.endpoint());
                awaitPeers(router, 1);
                awaitPeers(dealer, 1);
                proxy.partition();
                assertThat(events.await(Disconnected.class).reason()).contains("sign of life");
                awaitPeers(router, 0);
                proxy.heal();
                awaitPeers(dealer, 1);
                awaitPeers(router, 1);
            }
        }
    }

    @Test
    void relaxedClientAsksAgainAfterALostReply() throws InterruptedException {
        try (var rep = context.rep();
                var req = context.req();
                var proxy = FaultProxy.to(rep.bind("tcp://127.0.0.1:*"))) {
            req.set(Options.REQ_RELAXED, true);
            req.set(Options.REQ_CORRELATE, true);
            req.connect(proxy.endpoint());
            req.send("one");
            assertThat(take(rep).text()).isEqualTo("one");
            proxy.cut();
            awaitPeers(rep, 0);
            rep.send("lost");
            assertThat(req.receive(Duration.ofMillis(20))).isNull();
            req.send("two");
            assertThat(take(rep).text()).isEqualTo("two");
            rep.send("reply to two");
            assertThat(take(req).text()).isEqualTo("reply to two");
        }
    }

    @Test
    void slowNetworkLosesNothing() throws InterruptedException {
        try (var rep = context.rep();
                var req = context.req();
                var proxy = FaultProxy.to(rep.bind("tcp://127.0.0.1:*"))) {
            proxy.delay(Duration.ofMillis(20));
            req.connect(proxy.endpoint());
            for (var n = 0; n < 5; n++) {
                req.send(String.valueOf(n));
                assertThat(take(rep).text()).isEqualTo(String.valueOf(n));
                rep.send("re " + n);
                assertThat(take(req).text()).isEqualTo("re " + n);
            }
        }
    }

    @Test
    void aBoundSocketThatRestartsIsFoundAgain() throws InterruptedException {
        for (var endpoint : new String[] {Endpoints.tcp(), Endpoints.ipc()}) {
            try (var push = context.push()) {
                push.connect(endpoint);
                for (var round = 0; round < 5; round++) {
                    try (var pull = context.pull()) {
                        pull.bind(endpoint);
                        awaitPeers(push, 1);
                        push.send("round " + round);
                        assertThat(take(pull).text()).isEqualTo("round " + round);
                    }
                    awaitPeers(push, 0);
                }
            }
        }
    }

    @Test
    void eachPeerBehindAnEndpointHasItsOwnNameAndGetsOnlyItsOwnMessages() throws InterruptedException {
        for (var endpoint : new String[] {Endpoints.tcp(), Endpoints.ipc()}) {
            try (var router = context.router()) {
                router.connect(endpoint);
                try (var dealer = named("a")) {
                    dealer.bind(endpoint);
                    dealer.send("from a");
                    assertThat(take(router).texts()).containsExactly("a", "from a");
                }
                awaitPeers(router, 0);
                router.send(Message.of("a", "for a only"));
                try (var dealer = named("b")) {
                    dealer.bind(endpoint);
                    dealer.send("from b");
                    assertThat(take(router).texts()).containsExactly("b", "from b");
                    router.send(Message.of("a", "for a only"));
                    router.send(Message.of("b", "for b"));
                    assertThat(take(dealer).texts()).containsExactly("for b");
                }
                assertThat(router.statistics().dropped()).containsEntry(DropReason.NO_ROUTE, 2L);
            }
        }
    }

    private DealerSocket named(String name) {
        var dealer = context.dealer();
        dealer.set(Options.ROUTING_ID, name.getBytes(StandardCharsets.US_ASCII));
        return dealer;
    }

    @Test
    void eachRouterBehindAnEndpointIsProbed() throws InterruptedException {
        for (var endpoint : new String[] {Endpoints.tcp(), Endpoints.ipc()}) {
            try (var dealer = named("d")) {
                dealer.set(Options.PROBE_ROUTER, true);
                dealer.connect(endpoint);
                for (var round = 0; round < 3; round++) {
                    try (var router = context.router()) {
                        router.bind(endpoint);
                        assertThat(take(router).texts()).containsExactly("d", "");
                    }
                    awaitPeers(dealer, 0);
                }
            }
        }
    }

    /** The operating system may choose the dialled port for the dialling side: TCP then connects a socket to itself. */
    @Test
    void whoHasConnectedToItselfLeavesThePortFree() {
        var events = new Recorder<SocketEvent>();
        var port = Endpoints.freePort();
        try (var push = context.push()) {
            push.set(Options.RECONNECT_INTERVAL, Duration.ofHours(1));
            push.set(Options.RECONNECT_INTERVAL_MAX, Duration.ZERO);
            push.monitor(events);
            push.connect("tcp://127.0.0.1:%1$d;127.0.0.1:%1$d".formatted(port));
            events.await(RetryScheduled.class);
            assertThat(events.await(ConnectFailed.class).reason()).contains("itself");
            Await.until("port " + port + " is free", () -> isFree(port));
        }
    }

    private static boolean isFree(int port) {
        try (var server = new ServerSocket()) {
            server.setReuseAddress(false); // so that the remains of a connection count
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
