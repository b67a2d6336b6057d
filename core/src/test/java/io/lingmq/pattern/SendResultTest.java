package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.error.UnroutableException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.routing.SendResult;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A send says what became of its message, and why it cannot be sent now. */
class SendResultTest {
    private static final Message MESSAGE = Message.of("m");
    private static final Message TO_A = Message.of("a", "m");

    @ParameterizedTest
    @EnumSource(
            value = SocketType.class,
            names = {"PUSH", "DEALER", "PAIR", "REQ"})
    void anyPeerWillDo(SocketType type) {
        var socket = new SocketUnderTest(type);
        assertThat(socket.trySend(MESSAGE)).isEqualTo(SendResult.NO_PEER);

        var peer = socket.peerWithMark(1);
        assertThat(socket.trySend(MESSAGE)).isEqualTo(SendResult.SENT);
        assertThat(peer.hears()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = SocketType.class,
            names = {"PUSH", "DEALER", "PAIR"})
    void allPeersAreFull(SocketType type) {
        var socket = new SocketUnderTest(type);
        var peer = socket.peerWithMark(1);
        assertThat(socket.trySend(MESSAGE)).isEqualTo(SendResult.SENT);
        assertThat(socket.trySend(MESSAGE)).isEqualTo(SendResult.ALL_FULL);

        peer.hears();
        assertThat(socket.trySend(MESSAGE)).isEqualTo(SendResult.SENT);
    }

    @Test
    void pipeThatIsFullAndWaitsForItsPeerIsNobody() {
        var push = new SocketUnderTest(SocketType.PUSH);
        var peer = push.absentPeer(1);
        assertThat(push.trySend(MESSAGE)).isEqualTo(SendResult.SENT);
        assertThat(push.trySend(MESSAGE)).isEqualTo(SendResult.NO_PEER);

        peer.opens("");
        assertThat(push.trySend(MESSAGE)).isEqualTo(SendResult.ALL_FULL);
        peer.leaves();
        assertThat(push.trySend(MESSAGE)).isEqualTo(SendResult.NO_PEER);
    }

    @Test
    void reqWhosePeersAreFullSaysSo() {
        var req = new SocketUnderTest(SocketType.REQ).with(Options.REQ_RELAXED, true);
        req.peerWithMark(1);
        assertThat(req.trySend(MESSAGE)).isEqualTo(SendResult.SENT);
        assertThat(req.trySend(MESSAGE)).isEqualTo(SendResult.ALL_FULL);
    }

    @Test
    void publisherDropsForWhoIsFull() {
        var pub = new SocketUnderTest(SocketType.PUB);
        assertThat(pub.trySend(MESSAGE)).as("nobody wants it").isEqualTo(SendResult.SENT);

        pub.peerWithMark(1).subscribes("");
        assertThat(pub.trySend(MESSAGE)).isEqualTo(SendResult.SENT);
        assertThat(pub.trySend(MESSAGE)).isEqualTo(SendResult.DROPPED);
        assertThat(pub.drops()).isEqualTo(Map.of(DropReason.SUBSCRIBER_FULL, 1L));
    }

    @ParameterizedTest
    @EnumSource(
            value = SocketType.class,
            names = {"PUB", "XPUB"})
    void publisherThatDropsNothingWaits(SocketType type) {
        var publisher = new SocketUnderTest(type).with(Options.XPUB_NO_DROP, true);
        publisher.peerWithMark(1).subscribes("");
        assertThat(publisher.trySend(MESSAGE)).isEqualTo(SendResult.SENT);
        assertThat(publisher.trySend(MESSAGE)).isEqualTo(SendResult.SUBSCRIBER_FULL);
    }

    @Test
    void routerDropsWhatGoesToNobodyOrToWhoIsFull() {
        var router = new SocketUnderTest(SocketType.ROUTER);
        assertThat(router.trySend(TO_A)).isEqualTo(SendResult.DROPPED);

        router.absentPeer(1).opens("a");
        assertThat(router.trySend(TO_A)).isEqualTo(SendResult.SENT);
        assertThat(router.trySend(TO_A)).isEqualTo(SendResult.DROPPED);
        assertThat(router.drops()).isEqualTo(Map.of(DropReason.NO_ROUTE, 1L, DropReason.PEER_FULL, 1L));
    }

    @Test
    void mandatoryRouterDropsNothing() {
        var router = new SocketUnderTest(SocketType.ROUTER).with(Options.ROUTER_MANDATORY, true);
        assertThat(router.pattern().send(TO_A)).isEqualTo(SendResult.NO_ROUTE);
        assertThatThrownBy(() -> router.trySend(TO_A))
                .isInstanceOf(UnroutableException.class)
                .hasMessageStartingWith("no peer has the routing id 'a'; it never connected, or it is gone");

        router.absentPeer(1).opens("a");
        assertThat(router.trySend(TO_A)).isEqualTo(SendResult.SENT);
        assertThat(router.trySend(TO_A)).isEqualTo(SendResult.PEER_FULL);
        assertThat(router.drops()).isEmpty();
    }

    @Test
    void routerIsToldWhomAMessageIsFor() {
        var router = new SocketUnderTest(SocketType.ROUTER);
        assertThat(router.pattern().send(MESSAGE)).isEqualTo(SendResult.NOT_ADDRESSED);
        assertThat(router.pattern().send(Message.of("", "m"))).isEqualTo(SendResult.NOT_ADDRESSED);
        assertThat(router.pattern().send(Message.of("x".repeat(256), "m"))).isEqualTo(SendResult.NOT_ADDRESSED);
        assertThatThrownBy(() -> router.trySend(Message.of("", "m")))
                .isInstanceOf(LingException.class)
                .hasMessageStartingWith("a routing id has 1 to 255 bytes; the first frame of this message has 0")
                .satisfies(e -> assertThat(((LingException) e).code()).isEqualTo(ErrorCode.INVALID));
    }

    @Test
    void repDropsTheReplyToWhoIsGoneOrFull() {
        var rep = new SocketUnderTest(SocketType.REP);
        var peer = rep.peerWithMark(1).says("", "1").says("", "2").says("", "3");
        rep.receive();
        assertThat(rep.trySend(MESSAGE)).isEqualTo(SendResult.SENT);
        rep.receive();
        assertThat(rep.trySend(MESSAGE)).isEqualTo(SendResult.DROPPED);
        rep.receive();
        peer.leaves();
        assertThat(rep.trySend(MESSAGE)).isEqualTo(SendResult.DROPPED);
        assertThat(rep.drops()).isEqualTo(Map.of(DropReason.PEER_FULL, 1L, DropReason.REQUESTER_GONE, 1L));
    }

    @Test
    void xsubDropsForAPublisherThatIsFull() {
        var xsub = new SocketUnderTest(SocketType.XSUB);
        assertThat(xsub.trySend(MESSAGE)).isEqualTo(SendResult.SENT);
        xsub.peerWithMark(1);
        assertThat(xsub.trySend(MESSAGE)).isEqualTo(SendResult.SENT);
        assertThat(xsub.trySend(MESSAGE)).isEqualTo(SendResult.DROPPED);
        assertThat(xsub.trySend(Message.of("\1topic"))).as("a subscription").isEqualTo(SendResult.SENT);
    }

    @ParameterizedTest
    @EnumSource(SendResult.class)
    void eachIsOverOrHasAReason(SendResult result) {
        assertThat(result.text().isEmpty()).isEqualTo(result.isTaken());
        assertThat(result.isTaken() && result.undeliverable() != null).isFalse();
    }
}
