package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.NotSupportedException;
import io.lingmq.option.SocketType;
import org.junit.jupiter.api.Test;

class PushTest {
    private final SocketUnderTest push = new SocketUnderTest(SocketType.PUSH);

    @Test
    void handsOutMessagesInTurn() {
        var a = push.peer();
        var b = push.peer();
        for (var i = 0; i < 5; i++) {
            assertThat(push.send("" + i)).isTrue();
        }
        assertThat(a.hearsAll()).containsExactly("0", "2", "4");
        assertThat(b.hearsAll()).containsExactly("1", "3");
    }

    @Test
    void messagesStayWhole() {
        var a = push.peer();
        push.peer();
        push.send("1", "2", "", "4");

        assertThat(a.hears()).containsExactly("1", "2", "", "4");
    }

    @Test
    void waitsWhileThereIsNobody() {
        assertThat(push.canSend()).isFalse();
        assertThat(push.send("m")).isFalse();

        var a = push.peer();

        assertThat(push.canSend()).isTrue();
        assertThat(push.send("m")).isTrue();
        assertThat(a.hearsAll()).containsExactly("m");
    }

    @Test
    void sendsToNextPeerWhenFirstIsFull() {
        var a = push.peerWithMark(1);
        var b = push.peerWithMark(2);
        for (var i = 0; i < 3; i++) {
            assertThat(push.send("" + i)).isTrue();
        }
        assertThat(push.send("3")).as("all are full").isFalse();
        assertThat(push.canSend()).isFalse();
        assertThat(a.hearsAll()).containsExactly("0");
        assertThat(b.hearsAll()).containsExactly("1", "2");
    }

    @Test
    void goesOnWhenAFullPeerHasRoom() {
        var a = push.peerWithMark(1);
        push.send("0");
        assertThat(push.send("1")).isFalse();
        a.hears();

        assertThat(push.canSend()).isTrue();
        assertThat(push.send("1")).isTrue();
    }

    @Test
    void sendsToALaneWhosePeerIsNotThereYet() {
        var peer = push.absentPeer(2);

        assertThat(push.send("0")).isTrue();
        assertThat(push.send("1")).isTrue();
        assertThat(push.send("2")).isFalse();

        peer.opens("");
        assertThat(peer.hearsAll()).containsExactly("0", "1");
    }

    @Test
    void sendsNothingMoreToAPeerThatIsGone() {
        var a = push.peer();
        var b = push.peer();
        a.leaves();
        push.send("0");
        push.send("1");

        assertThat(a.hearsAll()).isEmpty();
        assertThat(b.hearsAll()).containsExactly("0", "1");
        b.leaves();
        assertThat(push.send("2")).isFalse();
    }

    @Test
    void doesNotReceive() {
        push.peer().says("unasked");

        assertThat(push.canReceive()).isFalse();
        assertThatThrownBy(push::receive)
                .isInstanceOf(NotSupportedException.class)
                .hasMessageStartingWith("a PUSH socket only sends; receive on the peer's socket type instead");
    }
}
