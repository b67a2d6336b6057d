package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was received and not used is received again by whoever receives next, as if it had never been. */
class HandBackTest {
    private static void handBack(SocketUnderTest socket, String what, String... expected) {
        var message = socket.receiveMessage();
        assertThat(message.texts()).as(what).containsExactly(expected);
        var source = socket.pattern().source();
        assertThat(socket.pattern().readiness()).isNotNull();
        socket.pattern().handBack(message, source);
        assertThat(socket.canReceive()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = SocketType.class,
            names = {"PULL", "SUB", "XSUB", "XPUB", "PAIR", "DEALER"})
    void isNextInTheOldOrder(SocketType type) {
        var socket = new SocketUnderTest(type);
        if (type == SocketType.SUB) {
            socket.subscribe("");
        }
        socket.peer().saysEach("1", "2", "3");
        var first = socket.receiveMessage();
        var firstSource = socket.pattern().source();
        var second = socket.receiveMessage();
        var secondSource = socket.pattern().source();
        assertThat(socket.canReceive()).isTrue(); // a SUB has the third one in its hand now
        socket.pattern().handBack(second, secondSource);
        socket.pattern().handBack(first, firstSource);

        assertThat(socket.canReceive()).isTrue();
        assertThat(socket.receive()).containsExactly("1");
        var buffer = new MessageBuffer();
        assertThat(socket.pattern().receive(buffer)).isTrue();
        assertThat(buffer.text(0)).isEqualTo("2");
        assertThat(socket.receive()).containsExactly("3");
        assertThat(socket.canReceive()).isFalse();
    }

    @Test
    void routerStillKnowsWhoSaidIt() {
        var router = new SocketUnderTest(SocketType.ROUTER);
        router.peer("a").says("1");
        router.peer("b").says("2");
        handBack(router, "the first", "a", "1");

        assertThat(router.receive()).containsExactly("a", "1");
        assertThat(router.receive()).containsExactly("b", "2");
    }

    @Test
    void routerStillKnowsWhoSaidItWhenAnotherPeerHasComeSince() {
        var router = new SocketUnderTest(SocketType.ROUTER);
        router.absentPeer(0).opens("a").saysEach("1", "2").closes().opens("b");
        handBack(router, "the first", "a", "1");

        assertThat(router.receive()).containsExactly("a", "1");
        assertThat(router.receive()).containsExactly("a", "2");
    }

    @Test
    void routerTakesItForNobodyElsesWhenAnotherPeerComesLater() {
        var router = new SocketUnderTest(SocketType.ROUTER);
        var peer = router.absentPeer(0).opens("a").saysEach("1", "2");
        handBack(router, "the first", "a", "1");
        peer.closes().opens("b");

        assertThat(router.receive()).containsExactly("a", "1");
        assertThat(router.receive()).containsExactly("a", "2");
    }

    @Test
    void repAwaitsNoReplyUntilTheRequestIsReceivedAgain() {
        var rep = new SocketUnderTest(SocketType.REP);
        var a = rep.peer().says("id", "", "ask");
        handBack(rep, "the request", "ask");

        assertThat(rep.canSend()).isFalse();
        assertThat(rep.receive()).containsExactly("ask");
        rep.send("reply");
        assertThat(a.hears()).containsExactly("id", "", "reply");
    }

    @Test
    void repDoesNotTakeBackWhatIsAnswered() {
        var rep = new SocketUnderTest(SocketType.REP);
        rep.peer().says("", "ask");
        var request = rep.receiveMessage();
        var source = rep.pattern().source();
        rep.send("reply");
        rep.pattern().handBack(request, source);

        assertThat(rep.canReceive()).isFalse();
        assertThat(rep.drops()).isEqualTo(Map.of(DropReason.STALE_REQUEST, 1L));
    }

    @Test
    void reqAwaitsTheReplyAgain() {
        var req = new SocketUnderTest(SocketType.REQ);
        var peer = req.peer();
        req.send("ask");
        peer.says("", "reply");
        handBack(req, "the reply", "reply");

        assertThat(req.canSend()).isFalse();
        assertThat(req.receive()).containsExactly("reply");
        assertThat(req.send("next")).isTrue();
    }

    @Test
    void reqGivesAStaleReplyToNoOtherRequest() {
        var req = new SocketUnderTest(SocketType.REQ);
        var peer = req.peer();
        req.send("1");
        peer.says("", "reply 1");
        var reply = req.receiveMessage();
        req.send("2");
        req.pattern().handBack(reply, req.pattern().source());
        assertThat(req.canReceive()).isFalse();
        peer.says("", "reply 2");

        assertThat(req.receive()).containsExactly("reply 2");
        assertThat(req.drops()).isEqualTo(Map.of(DropReason.STALE_REPLY, 1L));
    }

    @Test
    void subDropsWhatItNoLongerWants() {
        var sub = new SocketUnderTest(SocketType.SUB);
        sub.subscribe("a");
        sub.subscribe("b");
        sub.peer().saysEach("a", "b");
        var message = sub.receiveMessage();
        sub.pattern().handBack(message, sub.pattern().source());
        sub.unsubscribe("a");

        assertThat(sub.receive()).containsExactly("b");
        assertThat(sub.drops()).isEqualTo(Map.of(DropReason.NOT_SUBSCRIBED, 1L));
    }

    @Test
    void xpubStillKnowsForWhomToSubscribe() {
        var xpub = new SocketUnderTest(SocketType.XPUB).with(Options.XPUB_MANUAL, true);
        var a = xpub.peer().subscribes("a");
        xpub.peer().subscribes("b");
        var first = xpub.receiveMessage();
        var source = xpub.pattern().source();
        xpub.receive();
        xpub.pattern().handBack(first, source);
        xpub.receive();
        xpub.subscribe("x");
        xpub.send("x");

        assertThat(a.hearsAll()).containsExactly("x");
    }
}
