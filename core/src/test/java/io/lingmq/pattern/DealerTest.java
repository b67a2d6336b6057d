package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DealerTest {
    private final SocketUnderTest dealer = new SocketUnderTest(SocketType.DEALER);

    @Test
    void sendsInTurnAndChangesNothing() {
        var a = dealer.peer();
        var b = dealer.peer();
        dealer.send("1", "", "x");
        dealer.send("2");
        dealer.send("3");

        assertThat(a.hears()).containsExactly("1", "", "x");
        assertThat(a.hears()).containsExactly("3");
        assertThat(b.hears()).containsExactly("2");
    }

    @Test
    void receivesFromAllInTurnAndChangesNothing() {
        dealer.peer().says("a1", "").says("a2");
        dealer.peer().says("b1");

        assertThat(dealer.receive()).containsExactly("a1", "");
        assertThat(dealer.receive()).containsExactly("b1");
        assertThat(dealer.receive()).containsExactly("a2");
        assertThat(dealer.receive()).isNull();
    }

    @Test
    void waitsWhileAllAreFull() {
        var a = dealer.peerWithMark(1);
        assertThat(dealer.send("1")).isTrue();
        assertThat(dealer.canSend()).isFalse();
        assertThat(dealer.send("2")).isFalse();
        a.hears();

        assertThat(dealer.canSend()).isTrue();
        assertThat(dealer.send("2")).isTrue();
    }

    @Test
    void waitsWhileThereIsNobody() {
        assertThat(dealer.canSend()).isFalse();
        assertThat(dealer.send("m")).isFalse();
    }

    @Test
    void readsWhatAPeerSaidBeforeItLeft() {
        var a = dealer.peer().saysEach("1", "2").leaves();

        assertThat(dealer.canReceive()).isTrue();
        assertThat(dealer.receiveAll()).containsExactly("1", "2");
        assertThat(dealer.send("m")).isFalse();
        assertThat(a.hears()).isNull();
    }

    @Test
    void greetsNewPeersOnlyIfItIsToldTo() {
        assertThat(dealer.peer().hears()).isNull();

        dealer.with(Options.PROBE_ROUTER, true);

        assertThat(dealer.peer().hears()).containsExactly("");
    }

    @Test
    void greetsANewPeerBeforeAllElse() {
        dealer.with(Options.PROBE_ROUTER, true);
        var peer = dealer.absentPeer(0);
        dealer.send("m");
        peer.opens("");

        assertThat(peer.hears()).containsExactly("");
        assertThat(peer.hears()).containsExactly("m");
    }

    @Test
    void greetsThePeerThatComesAfterALossToo() {
        dealer.with(Options.PROBE_ROUTER, true);
        var peer = dealer.absentPeer(0).opens("");
        assertThat(peer.hears()).containsExactly("");

        peer.closes().opens("");
        dealer.send("m");

        assertThat(peer.hears()).containsExactly("");
        assertThat(peer.hears()).containsExactly("m");
        assertThat(peer.hears()).isNull();
    }

    @Test
    void greetingThatFindsNoRoomIsCounted() {
        dealer.with(Options.PROBE_ROUTER, true);
        var peer = dealer.absentPeer(1).opens("");
        peer.hears();
        dealer.send("fills the pipe");
        peer.closes().opens("");

        assertThat(peer.hears()).containsExactly("fills the pipe");
        assertThat(dealer.drops()).isEqualTo(Map.of(DropReason.PEER_FULL, 1L));
    }

    @Test
    void newestMessageOfAConflatingSocketIsNotReplacedByAGreeting() {
        dealer.with(Options.PROBE_ROUTER, true).with(Options.CONFLATE, true);
        var peer = dealer.absentPeer(0).opens("");
        peer.hears();
        peer.closes().opens("");

        assertThat(peer.hears()).isNull();
    }
}
