package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.error.UnroutableException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders of one socket that wait for different peers: each goes on when its own peer has room, or is gone. */
class AddressedSendersTest {
    private static final String INPROC = "inproc://here";
    private static final String TCP = "tcp://127.0.0.1:*";
    private static final int ENOUGH = 300;
    private static final byte[] BODY = new byte[32 * 1024];

    private final ContextCore context = new ContextCore(1, "addressed-senders-test");

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private SocketCore socket(SocketType type) {
        var socket = context.socket(type, Settings.defaults());
        socket.set(Options.LINGER, Duration.ZERO);
        if (type.sends()) {
            socket.set(Options.SEND_HWM, 2);
        }
        if (type.receives()) {
            socket.set(Options.RECEIVE_HWM, 2);
        }
        return socket;
    }

    private SocketCore router(String endpoint) {
        var router = socket(SocketType.ROUTER);
        router.set(Options.ROUTER_MANDATORY, true);
        router.bind(endpoint);
        return router;
    }

    private SocketCore dealer(SocketCore router, String name) {
        var dealer = socket(SocketType.DEALER);
        dealer.set(Options.ROUTING_ID, name.getBytes(StandardCharsets.UTF_8));
        var before = router.statistics().peers();
        dealer.connect(router.lastEndpoint());
        Await.until(name + " is there", () -> router.statistics().peers() == before + 1);
        return dealer;
    }

    private SocketCore subscriber(SocketCore publisher, String topic) {
        var sub = socket(SocketType.SUB);
        sub.subscribe(topic.getBytes(StandardCharsets.UTF_8));
        var before = publisher.statistics().subscriptions();
        sub.connect(publisher.lastEndpoint());
        Await.until(topic + " is subscribed", () -> publisher.statistics().subscriptions() == before + 1);
        return sub;
    }

    private static Message to(String name) {
        return Message.of(name.getBytes(StandardCharsets.UTF_8), BODY);
    }

    /** Sends until its peer is full, and goes on as soon as there is room. */
    private static Background<Boolean> sending(SocketCore socket, String name, AtomicInteger sent) {
        var thread = Background.run("sending to " + name, () -> {
            while (sent.get() < ENOUGH) {
                socket.send(to(name));
                sent.incrementAndGet();
            }
        });
        thread.awaitInside("park");
        return thread;
    }

    private static void readAll(SocketCore receiver, Background<?> until) {
        Await.until("the sender goes on", () -> {
            while (receiver.tryReceive() != null) {
                // there may be more
            }
            return until.isDone();
        });
        until.result();
    }

    private static void readsOnlyThe(SocketCore second, SocketCore from, String full, String read) {
        var stuck = sending(from, full, new AtomicInteger());
        var moving = sending(from, read, new AtomicInteger());

        readAll(second, moving);
        assertThat(stuck.isDone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {INPROC, TCP})
    void routerGoesOnWithThePeerThatReadsWhileAnotherIsFull(String endpoint) {
        var router = router(endpoint);
        dealer(router, "X");
        readsOnlyThe(dealer(router, "Y"), router, "X", "Y");
    }

    @ParameterizedTest
    @ValueSource(strings = {INPROC, TCP})
    void publisherThatDropsNothingGoesOnWithTheTopicThatIsRead(String endpoint) {
        var pub = socket(SocketType.PUB);
        pub.set(Options.XPUB_NO_DROP, true);
        pub.bind(endpoint);
        subscriber(pub, "X");
        readsOnlyThe(subscriber(pub, "Y"), pub, "X", "Y");
    }

    @Test
    void publisherThatDropsNothingGoesOnWhenTheFullOneCancels() {
        var xpub = socket(SocketType.XPUB);
        xpub.set(Options.XPUB_NO_DROP, true);
        xpub.bind(INPROC);
        var full = subscriber(xpub, "X");
        var stuck = sending(xpub, "X", new AtomicInteger());
        full.unsubscribe(new byte[] {'X'});

        assertThat(stuck.result()).isTrue();
    }

    @Test
    void threeWhoWaitForOnePeerAllGoOn() {
        var router = router(INPROC);
        dealer(router, "X");
        var read = dealer(router, "Y");
        var stuck = sending(router, "X", new AtomicInteger());
        var sent = new AtomicInteger();
        var first = sending(router, "Y", sent);
        var second = sending(router, "Y", sent);
        var third = sending(router, "Y", sent);

        readAll(read, first);
        readAll(read, second);
        readAll(read, third);
        assertThat(stuck.isDone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {INPROC, TCP})
    void whoWaitsForAPeerThatLeavesIsTold(String endpoint) {
        var router = router(endpoint);
        dealer(router, "X");
        var leaving = dealer(router, "Y");
        var stuck = sending(router, "X", new AtomicInteger());
        var told = sending(router, "Y", new AtomicInteger());
        leaving.close();

        assertThat(told.failure(Await.PATIENCE)).isInstanceOf(UnroutableException.class);
        assertThat(stuck.isDone()).isFalse();
    }

    @Test
    void optionThatLetsAllGoOnReachesAll() {
        var router = router(INPROC);
        dealer(router, "X");
        dealer(router, "Y");
        var first = sending(router, "X", new AtomicInteger());
        var second = sending(router, "Y", new AtomicInteger());
        router.set(Options.ROUTER_MANDATORY, false);

        assertThat(first.result()).isTrue();
        assertThat(second.result()).isTrue();
    }

    @Test
    void asynchronousSendToAPeerWithRoomDoesNotWaitForAFullOne() throws Exception {
        var router = router(INPROC);
        dealer(router, "X");
        var read = dealer(router, "Y");
        CompletableFuture<Void> toFull;
        do {
            toFull = router.sendAsync(to("X"));
        } while (completes(toFull));

        assertThat(completes(router.sendAsync(to("Y")))).isTrue();
        assertThat(read.tryReceive()).isNotNull();
        assertThat(toFull).isNotDone();
    }

    private static boolean completes(CompletableFuture<?> future) throws InterruptedException, ExecutionException {
        try {
            future.get(500, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Test
    void asynchronousSendsToOnePeerKeepTheirOrder() {
        var router = router(INPROC);
        dealer(router, "X");
        var read = dealer(router, "Y");
        for (var i = 0; i < 100; i++) {
            var unused = router.sendAsync(Message.of("X", "" + i));
            var unusedToo = router.sendAsync(Message.of("Y", "" + i));
        }
        for (var i = 0; i < 100; i++) {
            assertThat(Background.call("receiving", () -> read.receive()).result())
                    .isEqualTo(Message.of("" + i));
        }
    }

    @Test
    void asynchronousSendToAPeerThatLeavesFails() throws Exception {
        var router = router(INPROC);
        dealer(router, "X");
        var leaving = dealer(router, "Y");
        while (completes(router.sendAsync(to("X")))) {
            // until it is full
        }
        CompletableFuture<Void> toLeaving;
        do {
            toLeaving = router.sendAsync(to("Y"));
        } while (completes(toLeaving));
        leaving.close();

        var failure = Background.call("waiting", toLeaving::get).failure(Await.PATIENCE);
        assertThat(failure).hasCauseInstanceOf(UnroutableException.class);
    }
}
