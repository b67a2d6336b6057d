package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.pipe.Doorbell.Kind;
import io.lingmq.support.BellRecorder;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Subscription;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InprocPipeTest {
    private static final Message MESSAGE = Message.of("m");

    private final BellRecorder nearOwner = new BellRecorder();
    private final BellRecorder farOwner = new BellRecorder();

    /** The near end of a pair whose sides have the given send and receive marks. */
    private InprocPipe pair(int nearSend, int nearReceive, int farSend, int farReceive) {
        return InprocPipe.pair(
                new InprocPipe.Side(nearOwner, nearSend, nearReceive, false),
                new InprocPipe.Side(farOwner, farSend, farReceive, false));
    }

    private InprocPipe conflating(boolean near, boolean far) {
        return InprocPipe.pair(new InprocPipe.Side(nearOwner, 1, 1, near), new InprocPipe.Side(farOwner, 1, 1, far));
    }

    private static int fill(Pipe pipe) {
        var count = 0;
        while (count < 5000 && pipe.send(MESSAGE)) {
            count++;
        }
        return count;
    }

    private static int drain(Pipe pipe) {
        var count = 0;
        while (pipe.receive() != null) {
            count++;
        }
        return count;
    }

    // ---- traffic

    @Test
    void messagesPassByReferenceInOrderBothWays() {
        var near = pair(0, 0, 0, 0);
        var second = Message.of("2");
        near.send(MESSAGE);
        near.send(second);
        near.peer().send(second);

        assertThat(near.peer().receive()).isSameAs(MESSAGE);
        assertThat(near.peer().receive()).isSameAs(second);
        assertThat(near.peer().receive()).isNull();
        assertThat(near.receive()).isSameAs(second);
        assertThat(near.receive()).isNull();
    }

    @Test
    void eachEndKnowsTheOtherAndItsOwner() {
        var near = pair(0, 0, 0, 0);

        assertThat(near.peer().peer()).isSameAs(near);
        assertThat(near.owner()).isSameAs(nearOwner);
        assertThat(near.peer().owner()).isSameAs(farOwner);
        assertThat(near.isLocal()).isTrue();
        assertThat(near.unsent()).isZero();
    }

    @Test
    void canReceiveLooksWithoutTaking() {
        var near = pair(0, 0, 0, 0);
        assertThat(near.peer().canReceive()).isFalse();
        near.send(MESSAGE);
        assertThat(near.peer().canReceive()).isTrue();
        assertThat(near.peer().canReceive()).isTrue();
        assertThat(near.peer().receive()).isSameAs(MESSAGE);
        assertThat(near.peer().canReceive()).isFalse();
    }

    // ---- high-water marks

    @ParameterizedTest
    @CsvSource({"1, 1, 2", "10, 5, 15", "1000, 1000, 2000", "0, 5, 5000", "5, 0, 5000", "0, 0, 5000"})
    void markIsTheSendersAndTheReceiversTogether(int send, int receive, int expected) {
        assertThat(fill(pair(send, 7, 7, receive))).isEqualTo(expected);
        assertThat(fill(pair(7, receive, send, 7).peer())).as("the other way").isEqualTo(expected);
    }

    private static final int[] EXTREMES = {0, 1, Integer.MAX_VALUE - 1, Integer.MAX_VALUE};

    private static Stream<Arguments> extremes() {
        return IntStream.of(EXTREMES)
                .boxed()
                .flatMap(send -> IntStream.of(EXTREMES).mapToObj(receive -> Arguments.of(send, receive)));
    }

    private static int room(int send, int receive) {
        return send == 0 || receive == 0 ? 5000 : (int) Math.min(5000, (long) send + receive);
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void extremeMarksHoldAndCanBeChanged(int send, int receive) {
        var near = pair(send, 1, 1, receive);
        assertThat(fill(near)).isEqualTo(room(send, receive));
        assertThat(drain(near.peer())).isEqualTo(room(send, receive));
        assertThat(fill(near)).as("once more").isEqualTo(room(send, receive));

        near.changeMarks(Marks.inMessages(1, 1));
        assertThat(near.canSend()).isEqualTo(receive == 0 || receive > 5000);
        drain(near.peer());
        assertThat(fill(near)).isEqualTo(room(1, receive));
        near.peer().changeMarks(Marks.inMessages(1, Integer.MAX_VALUE));
        assertThat(near.send(MESSAGE)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void sideThatComesMayBringExtremeMarks(int send, int receive) {
        var near = pair(send, 1, 0, InprocPipe.UNKNOWN);
        var before = fill(near);
        near.writable().arm();

        near.peer().adopt(1, receive, false);

        assertThat(nearOwner.takeKinds()).as("there may be room now").containsExactly(Kind.WRITABLE);
        assertThat(before + fill(near)).isGreaterThanOrEqualTo(room(send, receive));
    }

    @Test
    void readerThatRestsWakesAWriterForWhomItKeptTooMuchUnderAnOldMark() {
        var near = pair(500, 1, 1, 500);
        for (var i = 0; i < 400; i++) {
            near.send(MESSAGE);
        }
        drain(near.peer());
        near.writable().arm();
        near.peer().armReader();
        assertThat(nearOwner.take()).as("less than half of the mark").isEmpty();
        near.changeMarks(Marks.inMessages(1, 1));
        near.peer().changeMarks(Marks.inMessages(1, 1));
        nearOwner.take();
        near.writable().arm();

        near.peer().armReader();

        assertThat(nearOwner.takeKinds()).containsExactly(Kind.WRITABLE);
    }

    @Test
    void fullPipeSaysSo() {
        var near = pair(1, 1, 1, 1);
        assertThat(near.canSend()).isTrue();
        fill(near);

        assertThat(near.canSend()).isFalse();
        assertThat(near.peer().canSend()).as("the other way").isTrue();
    }

    @Test
    void sideThatIsNotThereYetHasNoSay() {
        var near = pair(10, 1, 0, InprocPipe.UNKNOWN);

        assertThat(fill(near)).isEqualTo(10);
    }

    @Test
    void sideThatComesBringsItsMarks() {
        var near = pair(10, 3, 0, InprocPipe.UNKNOWN);
        fill(near);

        near.peer().adopt(4, 5, false);

        assertThat(fill(near)).as("10 + 5").isEqualTo(5);
        assertThat(fill(near.peer())).as("4 + 3").isEqualTo(7);
    }

    @Test
    void sideThatComesMayBeWithoutLimit() {
        var near = pair(10, 3, 0, InprocPipe.UNKNOWN);

        near.peer().adopt(0, 0, false);

        assertThat(fill(near)).isEqualTo(5000);
        assertThat(fill(near.peer())).isEqualTo(5000);
    }

    @Test
    void newMarksHoldAtOnceAndWakeBothSides() {
        var near = pair(1, 1, 1, 1);
        fill(near);
        fill(near.peer());
        near.writable().arm();
        near.peer().writable().arm();

        near.changeMarks(Marks.inMessages(5, 4));

        assertThat(nearOwner.takeKinds()).containsExactly(Kind.WRITABLE);
        assertThat(farOwner.takeKinds()).containsExactly(Kind.WRITABLE);
        assertThat(fill(near)).as("5 + 1, 2 of them used").isEqualTo(4);
        assertThat(fill(near.peer())).as("1 + 4, 2 of them used").isEqualTo(3);
    }

    // ---- bells

    @Test
    void messageWakesARestingReceiver() {
        var near = pair(0, 0, 0, 0);
        near.send(MESSAGE);
        assertThat(farOwner.take()).as("it does not rest").isEmpty();

        near.peer().readable().arm();
        near.send(MESSAGE);
        near.send(MESSAGE);

        assertThat(farOwner.take()).containsExactly(near.peer().readable());
        assertThat(nearOwner.take()).isEmpty();
    }

    @Test
    void roomWakesARestingSenderWhenHalfIsRead() {
        var near = pair(5, 5, 0, 5);
        fill(near);
        near.writable().arm();
        for (var i = 0; i < 4; i++) {
            near.peer().receive();
        }
        assertThat(nearOwner.take()).isEmpty();

        near.peer().receive();

        assertThat(nearOwner.take()).containsExactly(near.writable());
        assertThat(fill(near)).isEqualTo(5);
    }

    @Test
    void restingSenderIsAlwaysWokenAtLast() {
        for (var mark = 1; mark < 20; mark++) {
            var near = pair(mark, 1, 1, 1);
            for (var round = 0; round < 50; round++) {
                fill(near);
                near.writable().arm();
                drain(near.peer());
                assertThat(nearOwner.takeKinds())
                        .as("mark %d, round %d", mark, round)
                        .containsExactly(Kind.WRITABLE);
            }
        }
    }

    // ---- subscriptions

    @Test
    void subscriptionPassesAsAMessageBeyondTheMark() {
        var near = pair(1, 1, 1, 1);
        fill(near);
        near.peer().readable().arm();

        near.sendSubscription(new Subscription(true, Zmtp.ascii("news")));

        assertThat(farOwner.takeKinds()).containsExactly(Kind.READABLE);
        drainMessages(near.peer(), 2);
        assertThat(near.peer().receive().text()).isEqualTo("\1news");
    }

    private static void drainMessages(Pipe pipe, int count) {
        for (var i = 0; i < count; i++) {
            assertThat(pipe.receive()).isSameAs(MESSAGE);
        }
    }

    @Test
    void subscriptionsDoNotUseUpTheMarkForEver() {
        var near = pair(1, 1, 1, 1);
        for (var i = 0; i < 10; i++) {
            near.sendSubscription(new Subscription(true, new byte[0]));
        }
        assertThat(near.canSend()).isFalse();
        assertThat(drain(near.peer())).isEqualTo(10);

        assertThat(fill(near)).isEqualTo(2);
    }

    // ---- conflation

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void conflatingPipeKeepsTheNewestMessage(boolean near, boolean far) {
        var pipe = conflating(near, far);
        for (var i = 0; i < 100; i++) {
            assertThat(pipe.canSend()).isTrue();
            assertThat(pipe.send(Message.of("" + i))).isTrue();
        }
        assertThat(pipe.peer().canReceive()).isTrue();
        assertThat(pipe.peer().receive().text()).isEqualTo("99");
        assertThat(pipe.peer().canReceive()).isFalse();
        assertThat(pipe.peer().receive()).isNull();
    }

    @Test
    void sideThatComesMayConflate() {
        var near = pair(10, 3, 0, InprocPipe.UNKNOWN);
        near.send(Message.of("early"));

        near.peer().adopt(0, 0, true);
        near.send(Message.of("old"));
        near.send(Message.of("new"));

        assertThat(near.peer().receive().text())
                .as("what was sent before is not forgotten")
                .isEqualTo("early");
        assertThat(near.peer().receive().text()).isEqualTo("new");
        assertThat(near.peer().receive()).isNull();
    }

    @Test
    void conflatingPipeWakesItsReceiver() {
        var near = conflating(true, false);
        near.peer().readable().arm();
        near.send(MESSAGE);
        near.send(MESSAGE);

        assertThat(farOwner.takeKinds()).containsExactly(Kind.READABLE);
    }

    // ---- its life

    @Test
    void endedPeerTakesNothingMore() {
        var near = pair(0, 0, 0, 0);
        near.send(MESSAGE);
        near.peer().end();

        assertThat(near.canSend()).isFalse();
        assertThat(near.send(MESSAGE)).isFalse();
        assertThat(near.peer().receive()).as("what is in it can still be read").isSameAs(MESSAGE);
    }

    @Test
    void opensWithItsPeersRoutingIdAndClosesAndEnds() {
        var near = pair(0, 0, 0, 0);
        assertThat(near.isOpen()).isFalse();
        assertThat(near.peerRoutingId()).isEmpty();
        assertThat(near.routingId()).isEmpty();

        near.opened(Zmtp.ascii("me"));
        assertThat(near.isOpen()).isTrue();
        assertThat(near.peerRoutingId()).isEqualTo(Zmtp.ascii("me"));

        near.closed();
        assertThat(near.isOpen()).isFalse();
        assertThat(near.hasEnded()).isFalse();

        near.opened(new byte[0]);
        near.end();
        assertThat(near.isOpen()).isFalse();
        assertThat(near.hasEnded()).isTrue();
    }

    @Test
    void endedPeerTakesNothingMoreWhereItKeepsTheNewestEither() {
        var near = conflating(true, false);
        near.peer().end();

        assertThat(near.canSend()).isFalse();
        assertThat(near.send(MESSAGE)).isFalse();
    }

    @Test
    void whatAnEndThatRefusedHadNotReceivedIsRejected() {
        var near = pair(0, 0, 0, 0);
        near.send(MESSAGE);
        near.peer().refuse("because");
        assertThat(near.peer().isRefused()).isTrue();
        near.peer().end();

        assertThat(near.peer().rejected()).containsExactly(MESSAGE);
        assertThat(near.peer().canReceive()).isFalse();
    }

    @Test
    void endThatHasReceivedSomethingRejectsNothing() {
        var near = pair(0, 0, 0, 0);
        near.send(MESSAGE);
        near.send(MESSAGE);
        near.peer().receive();
        near.peer().refuse("because");
        near.peer().end();

        assertThat(near.peer().rejected()).isEmpty();
        assertThat(near.peer().receive()).as("it can still be received").isSameAs(MESSAGE);
    }

    @Test
    void endThatRefusesNothingRejectsNothing() {
        var near = pair(0, 0, 0, 0);
        near.send(MESSAGE);
        near.peer().end();

        assertThat(near.peer().rejected()).isEmpty();
        assertThat(near.peer().takeAll()).containsExactly(MESSAGE);
    }

    @Test
    void whatIsPutFirstMayGoBeyondTheMarkAndComesFirst() {
        var near = pair(1, 1, 0, InprocPipe.UNKNOWN);
        near.putFirst(List.of(Message.of("1"), Message.of("2"), Message.of("3")));
        assertThat(near.canSend()).isFalse();
        assertThat(near.unsent()).isEqualTo(3);

        assertThat(near.peer().takeAll()).containsExactly(Message.of("1"), Message.of("2"), Message.of("3"));
    }

    @Test
    void unsentIsWhatWaitsForAPeer() {
        var near = pair(0, 0, 0, InprocPipe.UNKNOWN);
        near.send(MESSAGE);
        assertThat(near.unsent()).isEqualTo(1);

        near.opened(new byte[0]);
        assertThat(near.unsent()).isZero();
    }

    @Test
    void canBeNamed() {
        var near = pair(0, 0, 0, 0);
        near.nameAs(Zmtp.ascii("you"));

        assertThat(near.routingId()).isEqualTo(Zmtp.ascii("you"));
        assertThat(near.peer().routingId()).isEmpty();
    }

    @Test
    void refusingHasNobodyToDisconnect() {
        var near = pair(0, 0, 0, 0);
        near.refuse("because");

        assertThat(near.send(MESSAGE)).isTrue();
    }
}
