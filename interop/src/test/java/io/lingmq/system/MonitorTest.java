package io.lingmq.system;

import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.event.DropReason;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.Accepted;
import io.lingmq.event.SocketEvent.Closed;
import io.lingmq.event.SocketEvent.Connected;
import io.lingmq.event.SocketEvent.Disconnected;
import io.lingmq.event.SocketEvent.EventsLost;
import io.lingmq.event.SocketEvent.HandshakeSucceeded;
import io.lingmq.event.SocketEvent.Listening;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Recorder;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a socket tells about itself: events and figures. */
@ParameterizedClass
@EnumSource(
        value = Transport.class,
        names = {"TCP", "IPC"})
class MonitorTest {
    @AutoClose
    private final SocketFixture fixture;

    private final PushSocket push;
    private final PullSocket pull;
    private final Recorder<SocketEvent> atPull = new Recorder<>();
    private final Recorder<SocketEvent> atPush = new Recorder<>();

    MonitorTest(Transport transport) {
        fixture = new SocketFixture(transport);
        push = fixture.context().push();
        pull = fixture.context().pull();
    }

    @Test
    void tellsTheLifeOfAConnectionInItsOrder() {
        pull.monitor(atPull);
        push.monitor(atPush);
        fixture.join(pull, push);
        push.close();
        atPull.await(Disconnected.class);
        atPush.await(Closed.class);
        pull.close();
        atPull.await(Closed.class);
        assertThat(atPull.all())
                .extracting(event -> (Object) event.getClass())
                .containsExactly(
                        Listening.class, Accepted.class, HandshakeSucceeded.class, Disconnected.class, Closed.class);
        assertThat(atPush.all())
                .extracting(event -> (Object) event.getClass())
                .containsExactly(Connected.class, HandshakeSucceeded.class, Disconnected.class, Closed.class);
    }

    @Test
    void namesEndpointPeerAndType() {
        pull.monitor(atPull);
        push.monitor(atPush);
        fixture.join(pull, push);
        var endpoint = fixture.bound(pull);
        assertThat(atPull.await(Listening.class).endpoint()).isEqualTo(endpoint);
        assertThat(atPull.await(HandshakeSucceeded.class).peerType()).isEqualTo(SocketType.PUSH);
        assertThat(atPush.await(HandshakeSucceeded.class).peerType()).isEqualTo(SocketType.PULL);
        assertThat(atPush.await(Connected.class).endpoint()).isEqualTo(endpoint);
        assertThat(atPull.await(Accepted.class).peer()).isNotEmpty();
    }

    @Test
    void saysWhyAPeerIsGone() {
        pull.monitor(atPull);
        fixture.join(pull, push);
        push.close();
        assertThat(atPull.await(Disconnected.class).reason()).contains("closed");
    }

    @Test
    void aSlowListenerHoldsNobodyUpAndLearnsWhatItMissed() throws InterruptedException {
        var release = new CountDownLatch(1);
        var told = new AtomicInteger();
        pull.monitor(event -> {
            told.incrementAndGet();
            atPull.accept(event);
            await(release);
        });
        fixture.bound(pull);
        for (var i = 0; i < 600; i++) {
            try (var each = fixture.context().push()) {
                each.connect(fixture.bound(pull));
                each.send("x");
                take(pull);
            }
        }
        assertThat(told.get()).isLessThanOrEqualTo(1);
        release.countDown();
        assertThat(atPull.await(EventsLost.class).count()).isPositive();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aListenerThatThrowsHarmsNobody() throws InterruptedException {
        pull.monitor(event -> {
            atPull.accept(event);
            throw new IllegalStateException("listener");
        });
        fixture.join(pull, push);
        push.send("x");
        assertThat(take(pull).text()).isEqualTo("x");
        atPull.await(HandshakeSucceeded.class);
    }

    @Test
    void aClosedMonitorTellsNothingMore() {
        var monitor = pull.monitor(atPull);
        fixture.bound(pull);
        atPull.await(Listening.class);
        monitor.close();
        push.connect(fixture.bound(pull));
        awaitPeers(pull, 1);
        pull.close();
        assertThat(atPull.all()).hasSize(1);
    }

    @Test
    void countsWhatGoesInAndOut() throws InterruptedException {
        fixture.join(pull, push);
        for (var n = 0; n < 10; n++) {
            push.send("x");
        }
        for (var n = 0; n < 7; n++) {
            take(pull);
        }
        assertThat(push.statistics().sent()).isEqualTo(10);
        assertThat(pull.statistics().received()).isEqualTo(7);
        assertThat(push.statistics().peers()).isEqualTo(1);
        Await.until("nothing waits to be sent", () -> push.statistics().unsent() == 0);
        assertThat(push.statistics().dropped()).isEmpty();
    }

    @Test
    void countsUnsentMessagesThatAreGivenUp() throws InterruptedException {
        push.connect(fixture.transport().endpoint());
        push.send("1");
        push.send("2");
        assertThat(push.statistics().unsent()).isEqualTo(2);
        push.set(Options.LINGER, Duration.ZERO);
        push.disconnect(push.lastEndpoint());
        Await.until(
                "both are counted",
                () -> Long.valueOf(2).equals(push.statistics().dropped().get(DropReason.UNSENT)));
        assertThat(push.trySend(Message.of("to nobody"))).isFalse();
    }
}
