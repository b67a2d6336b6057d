package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.option.SocketType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What came from a peer that is no longer wanted is thrown away, also what was taken out of its pipe already. */
class DiscardedPeerTest {
    private static final Map<DropReason, Long> ONE_UNREAD = Map.of(DropReason.UNREAD, 1L);

    private static void discard(SocketUnderTest socket, PipePeer peer) {
        assertThat(peer.pipe().discardUnread()).as("taken out already").isZero();
        assertThat(socket.drops()).isEmpty();
    }

    @Test
    void requestThatARepHasFoundGoesWithItsPeer() {
        var rep = new SocketUnderTest(SocketType.REP);
        var peer = rep.peer().says("", "request");
        assertThat(rep.canReceive()).isTrue();
        discard(rep, peer);

        assertThat(rep.receive()).isNull();
        assertThat(rep.drops()).isEqualTo(ONE_UNREAD);
        peer.leaves();
        rep.peer().says("", "next");
        assertThat(rep.receive()).containsExactly("next");
    }

    @Test
    void messageThatASubHasFoundGoesWithItsPeer() {
        var sub = new SocketUnderTest(SocketType.SUB);
        sub.subscribe("");
        var peer = sub.peer().says("news");
        assertThat(sub.canReceive()).isTrue();
        discard(sub, peer);

        assertThat(sub.receive()).isNull();
        assertThat(sub.drops()).isEqualTo(ONE_UNREAD);
    }

    @Test
    void replyThatAReqHasFoundGoesWithItsPeer() {
        var req = new SocketUnderTest(SocketType.REQ);
        var peer = req.peer();
        assertThat(req.send("request")).isTrue();
        peer.says("", "reply");
        assertThat(req.canReceive()).isTrue();
        discard(req, peer);

        assertThat(req.receive()).isNull();
        assertThat(req.drops()).isEqualTo(ONE_UNREAD);
    }

    @ParameterizedTest
    @EnumSource(
            value = SocketType.class,
            names = {"PULL", "SUB", "XSUB", "PAIR", "DEALER"})
    void messageThatWasHandedBackGoesWithItsPeer(SocketType type) {
        var socket = new SocketUnderTest(type);
        if (type == SocketType.SUB) {
            socket.subscribe("");
        }
        goesWithItsPeer(socket, socket.peer().says("work"));
    }

    @Test
    void replyThatWasHandedBackGoesWithItsPeer() {
        var req = new SocketUnderTest(SocketType.REQ);
        var peer = req.peer();
        assertThat(req.send("request")).isTrue();
        goesWithItsPeer(req, peer.says("", "reply"));
    }

    @Test
    void requestThatWasHandedBackGoesWithItsPeer() {
        var rep = new SocketUnderTest(SocketType.REP);
        goesWithItsPeer(rep, rep.peer().says("", "request"));
    }

    private static void goesWithItsPeer(SocketUnderTest socket, PipePeer peer) {
        var message = socket.receiveMessage();
        socket.pattern().handBack(message, socket.pattern().source());
        discard(socket, peer);

        assertThat(socket.canReceive()).isFalse();
        assertThat(socket.receive()).isNull();
        assertThat(socket.drops()).isEqualTo(ONE_UNREAD);
    }
}
