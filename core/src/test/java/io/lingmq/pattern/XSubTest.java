package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class XSubTest {
    private final SocketUnderTest xsub = new SocketUnderTest(SocketType.XSUB);

    @Test
    void messageForAFullPublisherIsCounted() {
        var full = xsub.peerWithMark(1);
        var other = xsub.peer();
        xsub.send("up 1");
        assertThat(xsub.send("up 2")).isTrue();

        assertThat(full.hearsAll()).containsExactly("up 1");
        assertThat(other.hearsAll()).containsExactly("up 1", "up 2");
        assertThat(xsub.drops()).isEqualTo(Map.of(DropReason.PEER_FULL, 1L));
    }

    @Test
    void receivesAllThatItsPublishersSend() {
        xsub.peer().saysEach("a1", "a2");
        xsub.peer().saysEach("b1");

        assertThat(xsub.canReceive()).isTrue();
        assertThat(xsub.receiveAll()).containsExactly("a1", "b1", "a2");
    }

    @Test
    void messageThatBeginsWithOneSubscribes() {
        var a = xsub.peer();
        var b = xsub.peer();
        assertThat(xsub.send("\1topic")).isTrue();

        assertThat(a.hearsSubscriptions()).containsExactly("\1topic");
        assertThat(b.hearsSubscriptions()).containsExactly("\1topic");
        assertThat(a.hears()).as("it is no message").isNull();
        assertThat(xsub.pattern().topicCount()).isEqualTo(1);
    }

    @Test
    void messageThatBeginsWithZeroCancels() {
        var peer = xsub.peer();
        xsub.send("\1topic");
        xsub.send("\0topic");
        xsub.send("\0never");

        assertThat(peer.hearsSubscriptions()).containsExactly("\1topic", "\0topic");
        assertThat(xsub.pattern().topicCount()).isZero();
    }

    @Test
    void subscriptionsAreCounted() {
        var peer = xsub.peer();
        xsub.send("\1a");
        xsub.send("\1a");
        xsub.send("\0a");
        assertThat(peer.hearsSubscriptions()).containsExactly("\1a", "\1a");

        xsub.send("\0a");
        assertThat(peer.hearsSubscriptions()).containsExactly("\0a");
    }

    @Test
    void methodsSubscribeToo() {
        var peer = xsub.peer();
        xsub.subscribe("a");
        xsub.unsubscribe("a");

        assertThat(peer.hearsSubscriptions()).containsExactly("\1a", "\0a");
    }

    @Test
    void anyOtherMessageGoesToAllPublishers() {
        var a = xsub.peer();
        var b = xsub.peer();
        xsub.send("hello", "x");
        xsub.send("");

        assertThat(a.hears()).containsExactly("hello", "x");
        assertThat(a.hears()).containsExactly("");
        assertThat(b.hearsAll()).containsExactly("hello", "");
    }

    @Test
    void messageToAFullPublisherIsDropped() {
        var full = xsub.peerWithMark(1);
        var other = xsub.peer();
        xsub.send("1");
        assertThat(xsub.canSend()).isTrue();
        assertThat(xsub.send("2")).isTrue();

        assertThat(full.hearsAll()).containsExactly("1");
        assertThat(other.hearsAll()).containsExactly("1", "2");
    }

    @Test
    void sendsWithoutAPublisher() {
        assertThat(xsub.canSend()).isTrue();
        assertThat(xsub.send("\1early")).isTrue();
        assertThat(xsub.send("to nobody")).isTrue();

        assertThat(xsub.peer().hearsSubscriptions()).containsExactly("\1early");
    }

    @Test
    void everyFrameCanSubscribe() {
        var peer = xsub.peer();
        xsub.send("\1a", "\1b", "\0a");

        assertThat(peer.hearsSubscriptions()).containsExactly("\1a", "\1b", "\0a");
        assertThat(peer.hears()).isNull();
    }

    @Test
    void onlyTheFirstFrameCanSubscribeIfItIsTold() {
        xsub.with(Options.ONLY_FIRST_SUBSCRIBE, true);
        var peer = xsub.peer();
        xsub.send("x", "\1a");

        assertThat(peer.hearsSubscriptions()).isEmpty();
        assertThat(peer.hears()).containsExactly("x", "\1a");

        xsub.send("\1b");
        assertThat(peer.hearsSubscriptions()).containsExactly("\1b");
    }

    @Test
    void tellsAReturningPublisherWhatHoldsNow() {
        var peer = xsub.peer();
        xsub.send("\1a");
        xsub.send("\1b");
        peer.hearsSubscriptions();
        peer.closes();
        xsub.send("\0a");
        xsub.send("\1c");
        assertThat(peer.hearsSubscriptions()).as("nothing while it is away").isEmpty();

        peer.opens("");
        assertThat(peer.hearsSubscriptions()).containsExactlyInAnyOrder("\1b", "\1c");
    }
}
