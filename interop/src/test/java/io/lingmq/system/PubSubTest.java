package io.lingmq.system;

import static io.lingmq.system.SocketFixture.assertQuiet;
import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.awaitTopics;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.PubSocket;
import io.lingmq.SubSocket;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Ledger;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class PubSubTest {
    @AutoClose
    private final SocketFixture fixture;

    private final PubSocket publisher;
    private final SubSocket subscriber;

    PubSubTest(Transport transport) {
        fixture = new SocketFixture(transport);
        publisher = fixture.context().pub();
        subscriber = fixture.context().sub();
    }

    private void subscribed(String topic) {
        subscriber.subscribe(topic);
        fixture.join(publisher, subscriber);
        awaitTopics(publisher, 1);
    }

    @Test
    void deliversWhatBeginsWithTheTopic() throws InterruptedException {
        subscribed("B");
        for (var text : List.of("A no", "B yes", "", "b no", "BB yes", "B")) {
            publisher.send(text);
        }
        assertThat(take(subscriber).text()).isEqualTo("B yes");
        assertThat(take(subscriber).text()).isEqualTo("BB yes");
        assertThat(take(subscriber).text()).isEqualTo("B");
        assertQuiet(subscriber);
    }

    @Test
    void looksAtTheFirstFrameOnly() throws InterruptedException {
        subscribed("B");
        publisher.send("A", "B");
        publisher.send("B", "A");
        assertThat(take(subscriber).texts()).containsExactly("B", "A");
        assertQuiet(subscriber);
    }

    @Test
    void deliversNothingWithoutSubscription() throws InterruptedException {
        fixture.join(publisher, subscriber);
        publisher.send("unheard");
        assertQuiet(subscriber);
    }

    @Test
    void emptyTopicIsAll() throws InterruptedException {
        subscribed("");
        publisher.send(Message.empty());
        publisher.send("x");
        assertThat(take(subscriber)).isEqualTo(Message.empty());
        assertThat(take(subscriber).text()).isEqualTo("x");
    }

    @Test
    void aMessageThatMatchesTwiceComesOnce() throws InterruptedException {
        subscriber.subscribe("A");
        subscriber.subscribe("AB");
        fixture.join(publisher, subscriber);
        awaitTopics(publisher, 2);
        publisher.send("ABC");
        assertThat(take(subscriber).text()).isEqualTo("ABC");
        assertQuiet(subscriber);
    }

    @Test
    void subscriptionsAreCounted() throws InterruptedException {
        subscriber.subscribe("A");
        subscribed("A");
        subscriber.unsubscribe("A");
        subscriber.unsubscribe("never held");
        subscriber.subscribe("marker");
        awaitTopics(publisher, 2);
        publisher.send("A still");
        assertThat(take(subscriber).text()).isEqualTo("A still");
        subscriber.unsubscribe("A");
        awaitTopics(publisher, 1);
        publisher.send("A no more");
        assertQuiet(subscriber);
    }

    @Test
    void eachSubscriberGetsItsOwnTopics() throws InterruptedException {
        var other = fixture.context().sub();
        other.subscribe("C");
        subscribed("B");
        fixture.join(publisher, other);
        awaitTopics(publisher, 2);
        publisher.send("B1");
        publisher.send("C1");
        assertThat(take(subscriber).text()).isEqualTo("B1");
        assertThat(take(other).text()).isEqualTo("C1");
        assertQuiet(subscriber);
        assertQuiet(other);
    }

    @Test
    void manySubscribersGetAllInOrder() throws InterruptedException {
        var subscribers = new SubSocket[10];
        for (var i = 0; i < subscribers.length; i++) {
            subscribers[i] = fixture.context().sub();
            subscribers[i].subscribe("");
        }
        fixture.join(publisher, subscribers);
        awaitTopics(publisher, 1);
        publisher.send("warm");
        for (var each : subscribers) {
            assertThat(take(each).text()).isEqualTo("warm");
        }
        for (var n = 0; n < 500; n++) {
            publisher.send(String.valueOf(n));
        }
        for (var each : subscribers) {
            for (var n = 0; n < 500; n++) {
                assertThat(take(each).text()).isEqualTo(String.valueOf(n));
            }
        }
    }

    @Test
    void subscriberHearsSeveralPublishers() throws InterruptedException {
        var other = fixture.context().pub();
        subscribed("B");
        fixture.join(other, subscriber);
        awaitTopics(other, 1);
        publisher.send("B one");
        other.send("B two");
        assertThat(List.of(take(subscriber).text(), take(subscriber).text()))
                .containsExactlyInAnyOrder("B one", "B two");
    }

    @Test
    void publisherMayConnectToTheSubscriber() throws InterruptedException {
        subscriber.subscribe("B");
        fixture.join(subscriber, publisher);
        awaitTopics(publisher, 1);
        publisher.send("B");
        assertThat(take(subscriber).text()).isEqualTo("B");
    }

    @Test
    void subscribingLaterWorksToo() throws InterruptedException {
        fixture.join(publisher, subscriber);
        publisher.send("B too early");
        subscriber.subscribe("B");
        awaitTopics(publisher, 1);
        publisher.send("B");
        assertThat(take(subscriber).text()).isEqualTo("B");
    }

    @Test
    void neverWaitsForASlowSubscriberAndCountsWhatItMisses() throws InterruptedException {
        publisher.set(Options.SEND_HWM, 10);
        subscriber.set(Options.RECEIVE_HWM, 10);
        subscribed("");
        var count = 100_000;
        var body = "x".repeat(200);
        for (var n = 0; n < count; n++) {
            publisher.send(n + " " + body);
        }
        long dropped = publisher.statistics().dropped().getOrDefault(DropReason.SUBSCRIBER_FULL, 0L);
        assertThat(dropped).isPositive();
        var ledger = new Ledger();
        for (var n = 0; n < count - dropped; n++) {
            var text = take(subscriber).text();
            ledger.note(Integer.parseInt(text.substring(0, text.indexOf(' '))));
        }
        ledger.assertOrderedAndUnique();
        assertQuiet(subscriber);
    }

    @Test
    void ofSeveralSubscribersEachMissesOnlyWhatItHadNoRoomFor() throws InterruptedException {
        publisher.set(Options.SEND_HWM, 100);
        var subscribers =
                List.of(subscriber, fixture.context().sub(), fixture.context().sub());
        for (var each : subscribers) {
            each.set(Options.RECEIVE_HWM, 100);
            each.subscribe("");
            each.subscribe("its own " + subscribers.indexOf(each));
        }
        fixture.join(publisher, subscribers.toArray(SubSocket[]::new));
        awaitTopics(publisher, 4);
        var ledgers = List.of(new Ledger(), new Ledger(), new Ledger());
        var count = 20_000;
        var body = "x".repeat(2000); // more than the operating system keeps for a connection
        for (var n = 0; n < count; n++) {
            publisher.send(n + " " + body);
            if (n % 50 == 0) { // one of the three reads nothing yet
                note(subscribers.get(1), ledgers.get(1));
                note(subscribers.get(2), ledgers.get(2));
            }
        }
        long dropped = publisher.statistics().dropped().getOrDefault(DropReason.SUBSCRIBER_FULL, 0L);
        assertThat(dropped).isPositive();
        Await.until("all that was not dropped has come", () -> {
            for (var i = 0; i < subscribers.size(); i++) {
                note(subscribers.get(i), ledgers.get(i));
            }
            return ledgers.stream().mapToLong(Ledger::count).sum() == 3L * count - dropped;
        });
        ledgers.forEach(Ledger::assertOrderedAndUnique);
    }

    @Test
    void forgetsASubscriberThatItLeft() throws InterruptedException {
        publisher.set(Options.SEND_HWM, 10);
        publisher.set(Options.INVERT_MATCHING, true); // so that who asks for nothing gets all
        var left = fixture.context().sub();
        left.set(Options.INVERT_MATCHING, true);
        fixture.join(left, publisher);
        publisher.disconnect(fixture.bound(left));
        awaitPeers(left, 0);
        subscriber.set(Options.INVERT_MATCHING, true);
        fixture.join(subscriber, publisher);
        subscriber.subscribe("B");
        awaitTopics(publisher, 1);

        for (var n = 0; n < 50; n++) {
            publisher.send("A");
            assertThat(take(subscriber).text()).isEqualTo("A");
        }

        assertThat(publisher.statistics().dropped()).isEmpty();
    }

    private static void note(SubSocket subscriber, Ledger ledger) {
        for (var message = subscriber.tryReceive(); message != null; message = subscriber.tryReceive()) {
            ledger.note(
                    Integer.parseInt(message.text().substring(0, message.text().indexOf(' '))));
        }
    }

    @Test
    void forgetsASubscriberThatLeft() throws InterruptedException {
        subscribed("B");
        subscriber.close();
        awaitTopics(publisher, 0);
        awaitPeers(publisher, 0);
        publisher.send("B");
        assertThat(publisher.statistics().dropped()).isEmpty();
    }

    @Test
    void conflatingSubscriberKeepsTheNewest() throws InterruptedException {
        subscriber.set(Options.CONFLATE, true);
        subscribed("");
        for (var n = 0; n < 1000; n++) {
            publisher.send(String.valueOf(n));
        }
        Await.until("the newest has come", () -> "999".equals(newest()));
        assertQuiet(subscriber);
    }

    private String newest() {
        var message = subscriber.tryReceive();
        return message == null ? "" : message.text();
    }

    @Test
    void invertedMatchingDeliversTheRest() throws InterruptedException {
        publisher.set(Options.INVERT_MATCHING, true);
        subscriber.set(Options.INVERT_MATCHING, true);
        subscribed("B");
        publisher.send("B");
        publisher.send("A");
        assertThat(take(subscriber).text()).isEqualTo("A");
        assertQuiet(subscriber);
    }
}
