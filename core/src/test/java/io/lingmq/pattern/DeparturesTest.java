package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A subscriber that is gone gets nothing; what it held goes by and by, and nobody sees that by what is told. */
class DeparturesTest {
    private final SocketUnderTest xpub = new SocketUnderTest(SocketType.XPUB);

    @Test
    void oneThatIsGoneGetsNothingAndOthersGetAll() {
        var gone = xpub.peer().subscribes("").subscribes("x");
        var other = xpub.peer().subscribes("x");
        xpub.receiveAll();
        gone.closesInPart();
        for (var i = 0; i < 100; i++) {
            xpub.send("x");
        }
        assertThat(gone.hearsAll()).isEmpty();
        assertThat(other.hearsAll()).hasSize(100);
    }

    @Test
    void oneTurnTakesOutSoManyTopicsAndTellsOfThem() {
        var peer = xpub.peer();
        for (var i = 0; i < 5000; i++) {
            peer.subscribes("topic " + i);
        }
        assertThat(xpub.receiveAll()).hasSize(5000);
        peer.leavesInPart();
        assertThat(xpub.pattern().topicCount()).isEqualTo(5000);
        var told = 0;
        while (!xpub.tidyUpInPart()) {
            var inThisTurn = xpub.receiveAll().size();
            assertThat(inThisTurn).isBetween(100, 300);
            told += inThisTurn;
            assertThat(xpub.pattern().topicCount()).isEqualTo(5000 - told);
        }
        assertThat(told + xpub.receiveAll().size()).isEqualTo(5000);
        assertThat(xpub.pattern().topicCount()).isZero();
    }

    @Test
    void longTopicsMakeATurnShorter() {
        var peer = xpub.peer();
        for (var i = 0; i < 20; i++) {
            peer.subscribes("x".repeat(400_000) + i);
        }
        xpub.receiveAll();
        peer.leavesInPart();
        assertThat(xpub.tidyUpInPart()).isFalse();
        assertThat(xpub.pattern().topicCount()).isBetween(15, 18);
    }

    @Test
    void manyThatAreGoneAreTakenOutOfATopicTogether() {
        xpub.with(Options.XPUB_VERBOSER, true);
        var peers = new PipePeer[100];
        for (var i = 0; i < peers.length; i++) {
            peers[i] = xpub.peer().subscribes("shared");
        }
        xpub.receiveAll();
        for (var peer : peers) {
            peer.leavesInPart();
        }
        assertThat(xpub.tidyUpInPart()).isTrue();
        assertThat(xpub.receiveAll()).hasSize(100).containsOnly("\0shared");
    }

    @Test
    void whereTheLastHolderIsGoneItsCancellationIsToldBeforeTheNextSubscription() {
        var gone = xpub.peer().subscribes("x").subscribes("y");
        xpub.receiveAll();
        gone.leavesInPart();
        var next = xpub.peer().subscribes("x");

        assertThat(xpub.receiveAll()).containsExactly("\0x", "\1x");
        xpub.tidyUp();
        assertThat(xpub.receiveAll()).containsExactly("\0y");
        xpub.send("x");
        assertThat(next.hearsAll()).containsExactly("x");
        next.cancels("x");
        assertThat(xpub.receiveAll()).containsExactly("\0x");
    }

    @Test
    void whereAllOthersAreGoneACancellationIsTheLast() {
        var gone = xpub.peer().subscribes("x");
        var last = xpub.peer().subscribes("x");
        xpub.receiveAll();
        gone.leavesInPart();
        last.cancels("x");

        assertThat(xpub.receiveAll()).containsExactly("\0x");
        xpub.tidyUp();
        assertThat(xpub.receiveAll()).isEmpty();
        assertThat(xpub.pattern().topicCount()).isZero();
    }

    @Test
    void thePeerThatComesBackIsNotTheOneThatIsGone() {
        var peer = xpub.peer().subscribes("x").subscribes("old");
        xpub.receiveAll();
        peer.closesInPart().opens("").subscribes("x");

        assertThat(xpub.receiveAll()).containsExactly("\0x", "\1x");
        xpub.send("old");
        xpub.tidyUp();
        assertThat(xpub.receiveAll()).containsExactly("\0old");
        xpub.send("x");
        assertThat(peer.hearsAll()).containsExactly("x");
    }

    @Test
    void whatThoseWhoAreGoneHadAskedForIsToldBeforeWhatOthersAskFor() {
        xpub.with(Options.XPUB_MANUAL, true);
        var gone = xpub.peer().subscribes("a").subscribes("b");
        xpub.receive();
        xpub.subscribe("applied");
        xpub.receiveAll();
        gone.leavesInPart();
        xpub.peer().subscribes("b");

        assertThat(xpub.receiveAll()).containsExactly("\0b", "\1b");
        xpub.tidyUp();
        assertThat(xpub.receiveAll()).containsExactly("\0a");
        assertThat(xpub.pattern().topicCount()).isZero();
    }

    @Test
    void whatARefusedPeerHasLeftUnreadIsNotHeldAgainstTheNextOne() {
        var peer = xpub.peer();
        for (var i = 0; i <= Reports.MOST_OF_PEER; i++) {
            peer.says("much");
        }
        xpub.workOffBells();
        assertThat(peer.refusals()).hasSize(1);
        peer.says("more");
        peer.closesInPart().opens("");
        xpub.workOffBells();
        assertThat(peer.refusals()).isEmpty();
    }

    @Test
    void whoSubscribesHasNoMoreHeldThanThoseWhoAreGoneHadHeld() {
        for (var round = 0; round < 20; round++) {
            var peer = xpub.peer();
            for (var i = 0; i < 1000; i++) {
                peer.subscribes(round + " " + i);
            }
            xpub.workOffBells();
            assertThat(xpub.pattern().topicCount()).as("in round " + round).isLessThanOrEqualTo(1000);
            peer.leavesInPart();
        }
    }

    /** A frame may cost as much as a thousand messages, where so many are gone. */
    @Test
    void aMessageOfManySubscriptionsTakesNoMoreThanATurnWhereManyAreGone() {
        xpub.with(Options.XPUB_MANUAL, true);
        var gone = new PipePeer[100];
        for (var i = 0; i < gone.length; i++) {
            gone[i] = xpub.peer().subscribes("own " + i);
        }
        xpub.receiveAll();
        for (var peer : gone) {
            peer.leavesInPart();
        }
        var topics = IntStream.range(0, 1000).mapToObj(i -> "\1topic " + i).toArray(String[]::new);
        var peer = xpub.absentPeer(0).opens("");
        peer.says(topics);
        xpub.pattern().beginHold();
        assertThat(xpub.pattern().readable(peer.pipe())).isFalse();
        assertThat(countReports()).isLessThan(100);
        xpub.readAll(peer.pipe());
        countReports();
    }

    private int countReports() {
        var count = 0;
        while (xpub.pattern().receive() != null) {
            count++;
        }
        return count;
    }
}
