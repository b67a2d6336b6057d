package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.NotSupportedException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for peers, and for peers that have subscribed: nobody waits in vain, nor for what is there. */
class AwaitingPeersTest {
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Context context = Context.open();
    private final PullSocket pull = context.pull();
    private final PubSocket pub = context.pub();

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private PushSocket push(String endpoint) {
        var push = context.push();
        push.connect(endpoint);
        return push;
    }

    private SubSocket sub(String endpoint, String... topics) {
        var sub = context.sub();
        sub.connect(endpoint);
        for (var topic : topics) {
            sub.subscribe(topic);
        }
        return sub;
    }

    // ---- peers

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:*", "inproc://here"})
    void wakesWhenTheLastOfThemComes(String address) throws InterruptedException {
        var endpoint = pull.bind(address);
        var waiting = Background.call("waiting", () -> pull.awaitPeers(2, LONG));
        push(endpoint);
        assertThat(pull.awaitPeers(1, LONG)).isTrue();
        assertThat(waiting.awaitInside("park").isDone()).isFalse();
        push(endpoint);
        assertThat(waiting.result()).isTrue();
    }

    @Test
    void whoConnectsWaitsAsWell() throws InterruptedException {
        var push = push("inproc://later");
        var waiting = Background.call("waiting", () -> push.awaitPeers(1, LONG));
        waiting.awaitInside("park");
        pull.bind("inproc://later");
        assertThat(waiting.result()).isTrue();
    }

    @Test
    void tellsThatTheTimeIsOver() throws InterruptedException {
        var endpoint = pull.bind("inproc://here");
        push(endpoint);
        assertThat(pull.awaitPeers(2, MOMENT)).isFalse();
        assertThat(pull.awaitPeers(2, Duration.ZERO)).isFalse();
        assertThat(pull.awaitPeers(2, Duration.ofSeconds(-1))).isFalse();
        assertThat(pull.awaitPeers(1, Duration.ofSeconds(-1))).isTrue();
    }

    @Test
    void whoNeedNotWaitIsNotInterrupted() throws InterruptedException {
        Thread.currentThread().interrupt();
        assertThat(pull.awaitPeers(0, LONG)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void interruptEndsTheWait() {
        var waiting = Background.call("waiting", () -> pull.awaitPeers(1, LONG));
        waiting.awaitInside("park").interrupt();
        assertThat(waiting.failure(LONG)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void closeEndsTheWait() {
        var waiting = Background.call("waiting", () -> pull.awaitPeers(1, LONG));
        waiting.awaitInside("park");
        pull.close();
        assertThat(waiting.failure(LONG)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> pull.awaitPeers(0, LONG)).isInstanceOf(ClosedException.class);
    }

    @Test
    void whoHasGoneDoesNotCount() throws InterruptedException {
        var endpoint = pull.bind("tcp://127.0.0.1:*");
        var first = push(endpoint);
        assertThat(pull.awaitPeers(1, LONG)).isTrue();
        first.close();
        Await.until("it is gone", () -> pull.statistics().peers() == 0);
        assertThat(pull.awaitPeers(1, Duration.ZERO)).isFalse();
    }

    @Test
    void lessThanNobodyIsRefused() {
        assertThatThrownBy(() -> pull.awaitPeers(-1, LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot wait for -1 peers; the least is 0");
    }

    // ---- subscriptions

    @Test
    void peerThatHasOnlyConnectedDoesNotCount() throws InterruptedException {
        var endpoint = pub.bind("tcp://127.0.0.1:*");
        var waiting = Background.call("waiting", () -> pub.awaitSubscriptions(1, LONG));
        var sub = sub(endpoint);
        assertThat(pub.awaitPeers(1, LONG)).isTrue();
        assertThat(pub.awaitSubscriptions(1, MOMENT)).isFalse();
        sub.subscribe("");
        assertThat(waiting.result()).isTrue();
        pub.send("now it arrives");
        assertThat(sub.receive(LONG)).isEqualTo(Message.of("now it arrives"));
    }

    @Test
    void peerCountsOnceAsLongAsItHoldsAnyTopic() throws InterruptedException {
        var endpoint = pub.bind("inproc://here");
        var sub = sub(endpoint, "a", "b");
        var other = sub(endpoint, "a");
        assertThat(pub.awaitSubscriptions(2, LONG)).isTrue();
        assertThat(pub.awaitSubscriptions(3, MOMENT)).isFalse();
        sub.unsubscribe("a");
        sub.unsubscribe("b");
        Await.until("b is held by nobody", () -> pub.statistics().subscriptions() == 1);
        assertThat(pub.awaitSubscriptions(2, MOMENT)).isFalse();
        other.close();
        Await.until("a is held by nobody", () -> pub.statistics().subscriptions() == 0);
        assertThat(pub.awaitSubscriptions(1, Duration.ZERO)).isFalse();
    }

    @Test
    void whatAPublisherSetsForItsPeersCounts() throws InterruptedException {
        var xpub = context.xpub();
        xpub.set(Options.XPUB_MANUAL, true);
        sub(xpub.bind("inproc://manual"), "asked for");
        assertThat(xpub.receive(LONG)).isNotNull();
        assertThat(xpub.awaitSubscriptions(1, Duration.ZERO)).isFalse();
        var waiting = Background.call("waiting", () -> xpub.awaitSubscriptions(1, LONG));
        waiting.awaitInside("park");
        xpub.subscribe("given");
        assertThat(waiting.result()).isTrue();
    }

    @Test
    void onlyPublishersHaveSubscribers() throws InterruptedException {
        var any = context.socket(SocketType.PUB);
        sub(any.bind("inproc://any"), "");
        assertThat(any.awaitSubscriptions(1, LONG)).isTrue();
        assertThatThrownBy(() -> context.socket(SocketType.SUB).awaitSubscriptions(0, LONG))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("SUB");
    }

    // ---- many of both

    /**
     * Peers come and go all the time, over a wire and within the process, while another thread keeps the socket's lock
     * busy. In each round so many peers remain as the last of those who wait wants: a wake that is lost leaves somebody
     * waiting, for nothing happens any more.
     */
    @Test
    @Timeout(120)
    void nobodyWaitsInVainWhilePeersComeAndGo() throws InterruptedException {
        var endpoints = new String[] {pub.bind("tcp://127.0.0.1:*"), pub.bind("inproc://here")};
        var over = new AtomicBoolean();
        var busy = Background.run("busy", () -> {
            while (!over.get()) {
                pub.send("to whoever is there");
            }
        });
        var random = new Random(1);
        for (var round = 0; round < 60; round++) {
            oneRound(endpoints, random);
        }
        over.set(true);
        busy.result();
    }

    private void oneRound(String[] endpoints, Random random) throws InterruptedException {
        var most = 4;
        var done = new CountDownLatch(2 * most);
        var failure = new AtomicReference<Throwable>();
        for (var i = 1; i <= most; i++) {
            var count = i;
            start(done, failure, () -> pub.awaitPeers(count, LONG));
            start(done, failure, () -> pub.awaitSubscriptions(count, LONG));
        }
        var subs = new ArrayList<SubSocket>();
        while (subs.size() < most) {
            subs.add(sub(endpoints[random.nextInt(endpoints.length)], "topic"));
            if (random.nextInt(3) == 0) {
                subs.remove(random.nextInt(subs.size())).close();
            }
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).as("all were woken").isTrue();
        assertThat(failure).hasNullValue();
        subs.forEach(SubSocket::close);
        Await.until("all are gone", () -> pub.statistics().peers() == 0);
    }

    private interface Wait {
        boolean succeeds() throws InterruptedException;
    }

    private static void start(CountDownLatch done, AtomicReference<Throwable> failure, Wait wait) {
        Runnable work = () -> {
            try {
                assertThat(wait.succeeds()).isTrue();
            } catch (Throwable e) {
                failure.set(e);
            }
            done.countDown();
        };
        var thread = VirtualThreads.exist() ? VirtualThreads.unstarted("waiting", work) : new Thread(work, "waiting");
        thread.start();
    }
}
