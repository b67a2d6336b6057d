package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.NotSupportedException;
import io.lingmq.event.DropReason;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubTest {
    private final SocketUnderTest sub = new SocketUnderTest(SocketType.SUB);

    @Test
    void receivesOnlyWhatBeginsWithItsTopics() {
        sub.subscribe("news");
        sub.subscribe("w");
        sub.peer().saysEach("news", "newspaper", "new", "weather", "sport", "");

        assertThat(sub.receiveAll()).containsExactly("news", "newspaper", "weather");
        assertThat(sub.drops()).isEqualTo(Map.of(DropReason.NOT_SUBSCRIBED, 3L));
    }

    @Test
    void receivesNothingWithoutASubscription() {
        sub.peer().saysEach("a", "");

        assertThat(sub.canReceive()).isFalse();
        assertThat(sub.receive()).isNull();
    }

    @Test
    void emptyTopicReceivesEverything() {
        sub.subscribe("");
        sub.peer().says("", "x").says("a");

        assertThat(sub.receive()).containsExactly("", "x");
        assertThat(sub.receive()).containsExactly("a");
    }

    @Test
    void onlyTheFirstFrameCounts() {
        sub.subscribe("b");
        sub.peer().says("a", "b").says("b", "a");

        assertThat(sub.receive()).containsExactly("b", "a");
        assertThat(sub.receive()).isNull();
    }

    @Test
    void lookingDoesNotTakeAMessage() {
        sub.subscribe("b");
        sub.peer().saysEach("a", "b");

        assertThat(sub.canReceive()).isTrue();
        assertThat(sub.canReceive()).isTrue();
        assertThat(sub.receive()).containsExactly("b");
        assertThat(sub.canReceive()).isFalse();
    }

    @Test
    void receivesFromAllPublishersInTurn() {
        sub.subscribe("");
        sub.peer().saysEach("a1", "a2");
        sub.peer().saysEach("b1", "b2");

        assertThat(sub.receiveAll()).containsExactly("a1", "b1", "a2", "b2");
    }

    @Test
    void asManyCancellationsAsSubscriptionsEndATopic() {
        sub.subscribe("a");
        sub.subscribe("a");
        sub.unsubscribe("a");
        var peer = sub.peer().says("a1");
        assertThat(sub.receive()).containsExactly("a1");

        sub.unsubscribe("a");
        peer.says("a2");
        assertThat(sub.receive()).isNull();
        assertThat(sub.pattern().topicCount()).isZero();
    }

    @Test
    void tellsPublishersOfTopics() {
        var peer = sub.peer();
        sub.subscribe("a");
        sub.subscribe("a");
        sub.unsubscribe("a");
        assertThat(peer.hearsSubscriptions())
                .as("each subscription, but only the last cancellation")
                .containsExactly("\1a", "\1a");

        sub.unsubscribe("a");
        sub.unsubscribe("a");
        sub.unsubscribe("never");
        assertThat(peer.hearsSubscriptions()).containsExactly("\0a");
    }

    @Test
    void tellsEachNewPublisherAllTopics() {
        sub.subscribe("a");
        sub.subscribe("a");
        sub.subscribe("b");
        var peer = sub.peer();
        assertThat(peer.hearsSubscriptions()).containsExactlyInAnyOrder("\1a", "\1b");

        peer.closes().opens("");
        assertThat(peer.hearsSubscriptions()).as("again when it comes back").containsExactlyInAnyOrder("\1a", "\1b");
    }

    @Test
    void tellsALaneNothingBeforeItsPeerIsThere() {
        var peer = sub.absentPeer(0);
        sub.subscribe("a");
        assertThat(peer.hearsSubscriptions()).isEmpty();

        peer.opens("");
        assertThat(peer.hearsSubscriptions()).containsExactly("\1a");
    }

    @Test
    void tellsTopicsBeyondTheHighWaterMark() {
        for (var i = 0; i < 3000; i++) {
            sub.subscribe("topic " + i);
        }
        assertThat(sub.absentPeer(1).opens("").hearsSubscriptions()).hasSize(3000);
    }

    @Test
    void tellsAPublisherThatLeftNothing() {
        var peer = sub.peer().leaves();
        sub.subscribe("a");

        assertThat(peer.hearsSubscriptions()).isEmpty();
    }

    @Test
    void readsWhatAPublisherSaidBeforeItLeft() {
        sub.subscribe("");
        sub.peer().saysEach("1", "2").leaves();

        assertThat(sub.receiveAll()).containsExactly("1", "2");
    }

    @Test
    void receivesWhatDoesNotMatchIfInverted() {
        sub.with(Options.INVERT_MATCHING, true);
        sub.subscribe("a");
        sub.peer().saysEach("a", "b", "abc", "");

        assertThat(sub.receiveAll()).containsExactly("b", "");
    }

    @Test
    void doesNotSend() {
        sub.peer();

        assertThat(sub.canSend()).isFalse();
        assertThatThrownBy(() -> sub.send("m"))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageStartingWith("a SUB socket only receives; send on the peer's socket type instead");
    }
}
