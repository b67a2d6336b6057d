package io.lingmq.system;

import static io.lingmq.system.SocketFixture.assertQuiet;
import static io.lingmq.system.SocketFixture.awaitTopics;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.SubSocket;
import io.lingmq.XPubSocket;
import io.lingmq.XSubSocket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Background;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** XPUB and XSUB: subscriptions as messages. */
@ParameterizedClass
@EnumSource(Transport.class)
class XPubXSubTest {
    @AutoClose
    private final SocketFixture fixture;

    private final XPubSocket publisher;
    private final SubSocket subscriber;
    private final SubSocket other;

    XPubXSubTest(Transport transport) {
        fixture = new SocketFixture(transport);
        publisher = fixture.context().xpub();
        subscriber = fixture.context().sub();
        other = fixture.context().sub();
    }

    private static Message report(int first, String topic) {
        return Message.of((char) first + topic);
    }

    private static Message subscribe(String topic) {
        return report(1, topic);
    }

    private static Message cancel(String topic) {
        return report(0, topic);
    }

    @Test
    void reportsTheFirstSubscriptionAndTheLastCancellation() throws InterruptedException {
        fixture.join(publisher, subscriber, other);
        subscriber.subscribe("A");
        assertThat(take(publisher)).isEqualTo(subscribe("A"));
        other.subscribe("A");
        other.subscribe("B");
        assertThat(take(publisher)).isEqualTo(subscribe("B"));
        subscriber.unsubscribe("A");
        other.unsubscribe("B");
        assertThat(take(publisher)).isEqualTo(cancel("B"));
        other.unsubscribe("A");
        assertThat(take(publisher)).isEqualTo(cancel("A"));
        assertQuiet(publisher);
    }

    @Test
    void reportsACancellationWhenASubscriberLeaves() throws InterruptedException {
        fixture.join(publisher, subscriber);
        subscriber.subscribe("A");
        assertThat(take(publisher)).isEqualTo(subscribe("A"));
        subscriber.close();
        assertThat(take(publisher)).isEqualTo(cancel("A"));
    }

    @Test
    void verboseReportsEachSubscription() throws InterruptedException {
        publisher.set(Options.XPUB_VERBOSE, true);
        fixture.join(publisher, subscriber, other);
        subscriber.subscribe("A");
        assertThat(take(publisher)).isEqualTo(subscribe("A"));
        other.subscribe("A");
        assertThat(take(publisher)).isEqualTo(subscribe("A"));
        other.unsubscribe("A");
        assertQuiet(publisher);
        subscriber.unsubscribe("A");
        assertThat(take(publisher)).isEqualTo(cancel("A"));
    }

    @Test
    void verboserReportsEachCancellationToo() throws InterruptedException {
        publisher.set(Options.XPUB_VERBOSER, true);
        fixture.join(publisher, subscriber, other);
        subscriber.subscribe("A");
        assertThat(take(publisher)).isEqualTo(subscribe("A"));
        other.subscribe("A");
        assertThat(take(publisher)).isEqualTo(subscribe("A"));
        other.unsubscribe("A");
        assertThat(take(publisher)).isEqualTo(cancel("A"));
        subscriber.unsubscribe("A");
        assertThat(take(publisher)).isEqualTo(cancel("A"));
    }

    @Test
    void manualLeavesItToTheApplication() throws InterruptedException {
        publisher.set(Options.XPUB_MANUAL, true);
        fixture.join(publisher, subscriber);
        subscriber.subscribe("A");
        subscriber.subscribe("XA");
        assertThat(take(publisher)).isEqualTo(subscribe("A"));
        publisher.subscribe("XA");
        publisher.send("A unheard");
        publisher.send("XA heard");
        assertThat(take(subscriber).text()).isEqualTo("XA heard");
        assertQuiet(subscriber);
    }

    @Test
    void welcomesEachSubscriberThatAsksForIt() throws InterruptedException {
        publisher.set(Options.XPUB_WELCOME_MESSAGE, "W hello".getBytes(StandardCharsets.UTF_8));
        subscriber.subscribe("W");
        other.subscribe("other");
        fixture.join(publisher, subscriber, other);
        assertThat(take(subscriber).text()).isEqualTo("W hello");
        assertQuiet(other);
    }

    @Test
    void noDropWaitsForASlowSubscriber() throws InterruptedException {
        publisher.set(Options.XPUB_NO_DROP, true);
        publisher.set(Options.SEND_HWM, 10);
        subscriber.set(Options.RECEIVE_HWM, 10);
        subscriber.subscribe("");
        fixture.join(publisher, subscriber);
        assertThat(take(publisher)).isEqualTo(subscribe(""));
        var body = "x".repeat(1000);
        var sending = Background.run("sending", () -> {
            for (var n = 0; n < 20_000; n++) {
                publisher.send(n + " " + body);
            }
        });
        for (var n = 0; n < 20_000; n++) {
            assertThat(take(subscriber).text()).startsWith(n + " ");
        }
        sending.result();
        assertThat(publisher.statistics().dropped()).isEmpty();
    }

    @Test
    void noDropSaysWhenItWouldWait() throws InterruptedException {
        publisher.set(Options.XPUB_NO_DROP, true);
        publisher.set(Options.SEND_HWM, 10);
        subscriber.set(Options.RECEIVE_HWM, 10);
        subscriber.subscribe("");
        fixture.join(publisher, subscriber);
        assertThat(take(publisher)).isEqualTo(subscribe(""));
        var message = Message.of(new byte[100_000]);
        var accepted = 0;
        while (publisher.send(message, Duration.ofMillis(100))) {
            accepted++;
        }
        for (var n = 0; n < accepted; n++) {
            assertThat(take(subscriber).size(0)).isEqualTo(100_000);
        }
        assertThat(publisher.send(message, Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void xsubSubscribesByMessage() throws InterruptedException {
        var receiver = fixture.context().xsub();
        fixture.join(publisher, receiver);
        receiver.send(subscribe("A"));
        assertThat(take(publisher)).isEqualTo(subscribe("A"));
        publisher.send("A1");
        publisher.send("B1");
        assertThat(take(receiver).text()).isEqualTo("A1");
        receiver.send(cancel("A"));
        assertThat(take(publisher)).isEqualTo(cancel("A"));
        publisher.send("A2");
        assertQuiet(receiver);
    }

    @Test
    void otherMessagesTravelUpstreamUnchanged() throws InterruptedException {
        XSubSocket receiver = fixture.context().xsub();
        fixture.join(publisher, receiver);
        receiver.send(Message.of("for your eyes", "only"));
        assertThat(take(publisher)).isEqualTo(Message.of("for your eyes", "only"));
    }

    @Test
    void subscriptionsReachAPublisherThatComesLater() throws InterruptedException {
        var endpoint = fixture.transport().endpoint();
        subscriber.subscribe("A");
        subscriber.subscribe("B");
        subscriber.unsubscribe("A");
        subscriber.connect(endpoint);
        publisher.bind(endpoint);
        assertThat(take(publisher)).isEqualTo(subscribe("B"));
        awaitTopics(publisher, 1);
        publisher.send("A");
        publisher.send("B");
        assertThat(take(subscriber).text()).isEqualTo("B");
    }
}
