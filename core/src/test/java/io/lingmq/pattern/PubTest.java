package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.NotSupportedException;
import io.lingmq.event.DropReason;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Zmtp;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PubTest {
    private final SocketUnderTest pub = new SocketUnderTest(SocketType.PUB);

    @Test
    void whatIsNoSubscriptionIsCounted() {
        pub.peer().says("hello").subscribes("x").says("", "\2");
        pub.workOffBells();

        assertThat(pub.drops()).isEqualTo(Map.of(DropReason.NOT_A_SUBSCRIPTION, 2L));
        assertThat(pub.pattern().topicCount()).isEqualTo(1);
    }

    @Test
    void sendsToSubscribersWhoseTopicMatches() {
        var news = pub.peer().subscribes("news");
        var all = pub.peer().subscribes("");
        var nothing = pub.peer();
        pub.send("news of today", "body");
        pub.send("sport", "news");

        assertThat(news.hears()).containsExactly("news of today", "body");
        assertThat(news.hears()).isNull();
        assertThat(all.hearsAll()).containsExactly("news of today", "sport");
        assertThat(nothing.hears()).isNull();
    }

    @Test
    void dropsWhatNobodyWants() {
        assertThat(pub.canSend()).isTrue();
        assertThat(pub.send("to nobody")).isTrue();
        var late = pub.peer().subscribes("");
        pub.workOffBells();

        assertThat(late.hears()).isNull();
    }

    @Test
    void cancelledTopicIsNoLongerSent() {
        var peer = pub.peer().subscribes("a").subscribes("b").cancels("a");
        pub.send("a");
        pub.send("b");

        assertThat(peer.hearsAll()).containsExactly("b");
        assertThat(pub.pattern().topicCount()).isEqualTo(1);
    }

    @Test
    void neverWaitsForAFullSubscriberWhichMissesTheMessage() {
        var slow = pub.peerWithMark(2).subscribes("");
        var fast = pub.peer().subscribes("");
        for (var i = 0; i < 5; i++) {
            assertThat(pub.canSend()).isTrue();
            assertThat(pub.send("" + i)).isTrue();
        }
        assertThat(slow.hearsAll()).containsExactly("0", "1");
        assertThat(fast.hearsAll()).hasSize(5);
        assertThat(pub.drops()).isEqualTo(Map.of(DropReason.SUBSCRIBER_FULL, 3L));
    }

    @Test
    void takesSubscriptionsAsTheyCome() {
        var peer = pub.peer();
        assertThat(pub.pattern().isEager()).isTrue();
        peer.subscribes("a");
        pub.workOffBells();

        assertThat(pub.pattern().topicCount()).isEqualTo(1);
    }

    @Test
    void ignoresWhatIsNoSubscription() {
        var peer = pub.peer().says("hello").subscribes("a");
        pub.send("a");

        assertThat(peer.hearsAll()).containsExactly("a");
        assertThat(peer.refusals()).isEmpty();
    }

    @Test
    void forgetsTheTopicsOfAPeerThatLeft() {
        var peer = pub.peer().subscribes("a");
        pub.workOffBells();
        peer.leaves();
        pub.send("a");

        assertThat(peer.hears()).isNull();
        assertThat(pub.pattern().topicCount()).isZero();
    }

    @Test
    void peerThatComesBackSubscribesAgain() {
        var peer = pub.peer().subscribes("a");
        pub.workOffBells();
        peer.closes();
        pub.send("a", "lost");
        peer.opens("").subscribes("a");
        pub.send("a", "heard");

        assertThat(peer.hears()).containsExactly("a", "heard");
        assertThat(peer.hears()).isNull();
    }

    @Test
    void welcomesEachNewPeer() {
        pub.with(Options.XPUB_WELCOME_MESSAGE, Zmtp.ascii("welcome"));

        assertThat(pub.peer().hearsAll()).containsExactly("welcome");
    }

    @Test
    void sendsWhatDoesNotMatchIfInverted() {
        pub.with(Options.INVERT_MATCHING, true);
        var news = pub.peer().subscribes("news");
        var nothing = pub.peer();
        pub.send("news");
        pub.send("sport");

        assertThat(news.hearsAll()).containsExactly("sport");
        assertThat(nothing.hearsAll()).containsExactly("news", "sport");
    }

    @Test
    void waitsForAFullSubscriberIfNothingMayBeDropped() {
        pub.with(Options.XPUB_NO_DROP, true);
        var slow = pub.peerWithMark(1).subscribes("");
        assertThat(pub.send("1")).isTrue();
        assertThat(pub.send("2")).isFalse();
        slow.hears();

        assertThat(pub.canSend()).isTrue();
        assertThat(pub.send("2")).isTrue();
    }

    @Test
    void doesNotReceive() {
        pub.peer().subscribes("a").says("hello");

        assertThat(pub.canReceive()).isFalse();
        assertThatThrownBy(pub::receive)
                .isInstanceOf(NotSupportedException.class)
                .hasMessageStartingWith("a PUB socket only sends; receive on the peer's socket type instead");
    }
}
