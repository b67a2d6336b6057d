package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.SocketType;
import org.junit.jupiter.api.Test;

class PairTest {
    private final SocketUnderTest pair = new SocketUnderTest(SocketType.PAIR);

    @Test
    void talksBothWays() {
        var peer = pair.peer();
        peer.says("to us", "2");
        pair.send("to you", "2");

        assertThat(pair.receive()).containsExactly("to us", "2");
        assertThat(peer.hears()).containsExactly("to you", "2");
    }

    @Test
    void waitsWhileThereIsNobody() {
        assertThat(pair.canSend()).isFalse();
        assertThat(pair.send("m")).isFalse();
        assertThat(pair.canReceive()).isFalse();
        assertThat(pair.receive()).isNull();
    }

    @Test
    void waitsWhileThePeerIsFull() {
        var peer = pair.peerWithMark(1);
        assertThat(pair.send("1")).isTrue();
        assertThat(pair.canSend()).isFalse();
        assertThat(pair.send("2")).isFalse();
        peer.hears();

        assertThat(pair.send("2")).isTrue();
    }

    @Test
    void refusesASecondPeer() {
        var first = pair.peer();
        var second = pair.peer();

        assertThat(first.refusals()).isEmpty();
        assertThat(second.refusals()).containsExactly("a PAIR socket talks to one peer only and has one already");
    }

    @Test
    void hearsNothingOfASecondPeerAndTellsItNothing() {
        var first = pair.peer();
        var second = pair.peer().says("let me in");
        pair.send("1");
        pair.send("2");

        assertThat(pair.receive()).isNull();
        assertThat(second.hears()).isNull();
        assertThat(first.hearsAll()).containsExactly("1", "2");
    }

    @Test
    void staysWithTheFirstWhenTheSecondLeaves() {
        var first = pair.peer();
        pair.peer().leaves();
        pair.send("m");
        first.says("m");

        assertThat(first.hearsAll()).containsExactly("m");
        assertThat(pair.receive()).containsExactly("m");
    }

    @Test
    void takesANewPeerWhenTheFirstHasGone() {
        pair.peer().leaves();
        assertThat(pair.send("to nobody")).isFalse();

        var next = pair.peer().says("hello");

        assertThat(next.refusals()).isEmpty();
        assertThat(pair.receive()).containsExactly("hello");
        assertThat(pair.send("m")).isTrue();
        assertThat(next.hearsAll()).containsExactly("m");
    }

    @Test
    void readsWhatThePeerSaidBeforeItLeft() {
        pair.peer().saysEach("1", "2").leaves();

        assertThat(pair.receiveAll()).containsExactly("1", "2");
    }

    @Test
    void peerThatComesBackIsTheSamePeer() {
        var peer = pair.peer().closes();
        pair.send("meanwhile");
        peer.opens("");

        assertThat(peer.refusals()).isEmpty();
        assertThat(peer.hearsAll()).containsExactly("meanwhile");
    }

    /** Two connects, of which the first is ended: the second pipe has been there all the time. */
    @Test
    void pipeThatWaitedTakesThePlaceOfOneThatHasGone() {
        var first = pair.absentPeer(0);
        var second = pair.absentPeer(0);
        first.leaves();

        second.opens("");

        assertThat(second.refusals()).isEmpty();
        assertThat(pair.send("m")).isTrue();
        assertThat(second.hearsAll()).containsExactly("m");
        second.says("m");
        assertThat(pair.receive()).containsExactly("m");
    }
}
