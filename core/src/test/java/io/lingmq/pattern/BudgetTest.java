package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.SendResult;
import org.junit.jupiter.api.Test;

/** However much there is that a pattern drops, one call looks at a limited part of it, and says that there is more. */
class BudgetTest {
    private static final int MANY = 10_000;
    /** A call may begin a hold more than once. */
    private static final long MOST_IN_A_CALL = 3 * 1100;

    private static void fill(PipePeer peer, String... message) {
        for (var i = 0; i < MANY; i++) {
            peer.says(message);
        }
    }

    private static long dropped(SocketUnderTest socket, DropReason reason) {
        return socket.drops().getOrDefault(reason, 0L);
    }

    /** Asks again and again; returns how often that was necessary. */
    private static int turnsUntilReady(SocketUnderTest socket, DropReason reason) {
        var holds = 0;
        var before = dropped(socket, reason);
        Readiness readiness;
        while ((readiness = socket.readiness()) == Readiness.LOOK_AGAIN) {
            var now = dropped(socket, reason);
            assertThat(now - before).isLessThan(MOST_IN_A_CALL);
            before = now;
            holds++;
        }
        assertThat(readiness).isEqualTo(Readiness.READY);
        return holds;
    }

    @Test
    void subGivesWayWhileItDropsWhatItDidNotSubscribeTo() {
        var sub = new SocketUnderTest(SocketType.SUB);
        sub.subscribe("wanted");
        var peer = sub.peer();
        fill(peer, "other");
        peer.says("wanted");

        assertThat(sub.receive()).isNull();
        assertThat(dropped(sub, DropReason.NOT_SUBSCRIBED)).isBetween(1000L, MOST_IN_A_CALL);
        assertThat(turnsUntilReady(sub, DropReason.NOT_SUBSCRIBED)).isPositive();
        assertThat(sub.receive()).containsExactly("wanted");
        assertThat(dropped(sub, DropReason.NOT_SUBSCRIBED)).isEqualTo(MANY);
        assertThat(sub.readiness()).isEqualTo(Readiness.NOT_READY);
    }

    @Test
    void subGivesWayAlsoWhereItReceivesIntoABuffer() {
        var sub = new SocketUnderTest(SocketType.SUB);
        sub.subscribe("wanted");
        var peer = sub.peer();
        fill(peer, "other");
        peer.says("wanted");
        var buffer = new MessageBuffer();
        var calls = 0;
        while (!sub.pattern().receive(buffer)) {
            assertThat(buffer.frameCount()).isZero();
            calls++;
        }
        assertThat(buffer.text(0)).isEqualTo("wanted");
        assertThat(calls).isBetween(MANY / 1100, MANY / 1000);
    }

    @Test
    void largeMessagesMakeATurnShorter() {
        var sub = new SocketUnderTest(SocketType.SUB);
        var peer = sub.peer();
        for (var i = 0; i < 20; i++) {
            peer.says("x".repeat(200_000));
        }
        assertThat(sub.receive()).isNull();
        assertThat(dropped(sub, DropReason.NOT_SUBSCRIBED)).isBetween(4L, 8L);
    }

    @Test
    void repGivesWayWhileItDropsRequestsWithoutADelimiter() {
        var rep = new SocketUnderTest(SocketType.REP);
        var peer = rep.peer();
        fill(peer, "no delimiter");
        peer.says("", "ask");

        assertThat(rep.receive()).isNull();
        assertThat(dropped(rep, DropReason.NO_DELIMITER)).isBetween(1000L, MOST_IN_A_CALL);
        assertThat(turnsUntilReady(rep, DropReason.NO_DELIMITER)).isPositive();
        assertThat(rep.receive()).containsExactly("ask");
    }

    @Test
    void reqGivesWayWhileItDropsRepliesOfOthers() {
        var req = new SocketUnderTest(SocketType.REQ);
        var asked = req.peer();
        var other = req.peer();
        req.send("ask");
        fill(other, "", "nobody asked");
        asked.closes(); // its turn comes last
        asked.opens("");

        assertThat(req.receive()).isNull();
        assertThat(dropped(req, DropReason.STALE_REPLY)).isBetween(900L, MOST_IN_A_CALL);
        asked.says("", "reply");
        assertThat(turnsUntilReady(req, DropReason.STALE_REPLY)).isNotNegative();
        assertThat(req.receive()).containsExactly("reply");
    }

    @Test
    void reqGivesWayWhileItDropsStaleRepliesBeforeItSends() {
        var req = new SocketUnderTest(SocketType.REQ).with(Options.REQ_RELAXED, true);
        var peer = req.peer();
        fill(peer, "", "stale");
        var calls = 1;
        var result = req.trySend(Message.of("ask"));
        while (!result.isTaken()) {
            assertThat(result).isEqualTo(SendResult.TRY_AGAIN);
            calls++;
            result = req.trySend(Message.of("ask"));
        }
        assertThat(calls).isBetween(MANY / 1100, MANY / 900);
        assertThat(dropped(req, DropReason.STALE_REPLY)).isEqualTo(MANY);
        assertThat(peer.hears()).containsExactly("", "ask");
    }

    @Test
    void reqThatHasNobodyToAskIsToldByABell() {
        var req = new SocketUnderTest(SocketType.REQ);

        assertThat(req.trySend(Message.of("ask"))).isEqualTo(SendResult.NO_PEER);
    }

    private static String[] subscriptions(int count) {
        var all = new String[count];
        for (var i = 0; i < count; i++) {
            all[i] = "\1" + i;
        }
        return all;
    }

    @Test
    void publisherGivesWayInTheMidstOfAMessageOfManySubscriptions() {
        var pub = new SocketUnderTest(SocketType.PUB);
        var peer = pub.peer().says(subscriptions(MANY)).cancels("0");
        pub.workOffBells();

        assertThat(pub.holds()).isBetween(MANY / 1100, MANY / 900);
        assertThat(pub.pattern().topicCount()).isEqualTo(MANY - 1);
        assertThat(peer.subscribes("later").refusals()).isEmpty();
    }

    @Test
    void whatIsLeftOfAMessageIsNotTheNextPeers() {
        var pub = new SocketUnderTest(SocketType.PUB);
        var peer = pub.peer().says(subscriptions(MANY));
        assertThat(pub.pattern().readable(peer.pipe())).isFalse();
        assertThat(pub.pattern().topicCount()).isBetween(1000, MANY / 2);
        peer.closes().opens("");
        pub.workOffBells();

        assertThat(pub.pattern().topicCount()).isZero();
    }
}
