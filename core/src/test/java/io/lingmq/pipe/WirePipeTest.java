package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.chain.ChainReader;
import io.lingmq.chain.ChainWriter;
import io.lingmq.message.Message;
import io.lingmq.pipe.Doorbell.Kind;
import io.lingmq.support.Allocation;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Subscription;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WirePipeTest {
    private static final Message MESSAGE = Message.of("m");

    private final BellRecorder owner = new BellRecorder();
    private final ConnectionRecorder connection = new ConnectionRecorder();

    private WirePipe pipe(int sendMark, int receiveMark) {
        var pipe = new WirePipe(owner, sendMark, receiveMark, false);
        pipe.connectionIs(connection);
        return pipe;
    }

    private static byte[] unread(ChainReader reader) {
        return reader.take(Math.toIntExact(reader.refresh()));
    }

    private static int fill(Pipe pipe) {
        var count = 0;
        while (count < 5000 && pipe.send(MESSAGE)) {
            count++;
        }
        return count;
    }

    /** As a connection does it when messages of a peer have come. */
    private static void comes(WirePipe pipe, int messages, byte[]... frames) {
        for (var frame : frames) {
            pipe.input().put(frame, 0, frame.length);
        }
        pipe.input().mark();
        pipe.arrived(messages);
    }

    private static void come(WirePipe pipe, int count) {
        for (var i = 0; i < count; i++) {
            comes(pipe, 1, Zmtp.message("m"));
        }
    }

    @Nested
    class Sending {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 255, 256, 4095, 4096, 4097, 300_000})
        void encodesBodiesOfEverySize(int size) {
            var pipe = pipe(0, 0);
            var body = Bodies.of(size, size);
            pipe.send(Message.of(body));
            pipe.send(Message.of(body, body));

            assertThat(unread(pipe.output()))
                    .isEqualTo(Hex.join(Zmtp.frame(0, body), Zmtp.frame(Zmtp.MORE, body), Zmtp.frame(0, body)));
        }

        @Test
        void encodesManySmallMessages() {
            var pipe = pipe(0, 0);
            var expected = new byte[3000][];
            for (var i = 0; i < expected.length; i++) {
                pipe.send(Message.of("" + i, "", "x"));
                expected[i] = Zmtp.message("" + i, "", "x");
            }
            assertThat(unread(pipe.output())).isEqualTo(Hex.join(expected));
        }

        @Test
        void largeBodyIsNotCopied() {
            var pipe = pipe(0, 0);
            var body = Bodies.of(1, ChainWriter.SHARED_BODY);
            pipe.send(Message.wrap(body));
            pipe.output().refresh();
            pipe.output().take(9);

            assertThat(pipe.output().take(body.length)).isSameAs(body);
        }

        /** An array of 64 KiB for nine bytes each time made bodies of a few KiB twice as slow as smaller ones. */
        @Test
        void headersOfLargeBodiesCostLittleMemory() {
            var pipe = pipe(0, 0);
            var message = Message.wrap(Bodies.of(1, ChainWriter.SHARED_BODY));
            pipe.send(message);

            var count = 100;
            assertThat(Allocation.of(() -> {
                        for (var i = 0; i < count; i++) {
                            pipe.send(message);
                        }
                    }))
                    .isLessThan(count * 500L);
        }

        @ParameterizedTest
        @CsvSource({"1, 1", "5, 5", "1000, 1000", "0, 5000"})
        void endsAtTheMark(int mark, int expected) {
            var pipe = pipe(mark, 0);

            assertThat(fill(pipe)).isEqualTo(expected);
            assertThat(pipe.canSend()).isEqualTo(mark == 0);
            assertThat(pipe.unsent()).isEqualTo(expected);
        }

        @Test
        void fullPipeLetsTheSenderWrite() {
            var pipe = pipe(2, 0);
            connection.whenFull(() -> {
                unread(pipe.output());
                pipe.taken(2);
            });
            for (var i = 0; i < 5; i++) {
                assertThat(pipe.send(MESSAGE)).isTrue();
            }
            assertThat(connection.takeCalls()).containsExactly("write", "write");
        }

        @Test
        void whoHasTimeWritesWhatWasSentAndNothingElse() {
            var pipe = pipe(2, 2);
            assertThat(pipe.flush()).isFalse();
            assertThat(connection.takeCalls()).isEmpty();

            pipe.send(MESSAGE);
            connection.takeCalls();
            assertThat(pipe.flush()).isTrue();
            assertThat(connection.takeCalls()).containsExactly("write");

            unread(pipe.output());
            pipe.taken(1);
            assertThat(pipe.flush()).isFalse();
            assertThat(connection.takeCalls()).isEmpty();
        }

        @Test
        void whoHasMoreToReadIsLikelyToAnswerMore() {
            var pipe = pipe(0, 0);
            assertThat(pipe.restOutput()).isTrue();
            comes(pipe, 2, Zmtp.message("1"), Zmtp.message("2"));
            pipe.receive();
            pipe.send(MESSAGE);
            assertThat(connection.takeCalls()).containsExactly("output, and more");

            unread(pipe.output());
            assertThat(pipe.restOutput()).isTrue();
            pipe.receive();
            pipe.send(MESSAGE);
            assertThat(connection.takeCalls()).containsExactly("output");
        }

        @Test
        void fullPipeStaysFullWhenTheSenderCannotWrite() {
            var pipe = pipe(2, 0);
            fill(pipe);
            assertThat(connection.takeCalls())
                    .as("who fills it, and who finds it full")
                    .containsExactly("write", "write");

            connection.whenFull(() -> {});
            assertThat(pipe.send(MESSAGE))
                    .as("it tried, and the channel took nothing")
                    .isFalse();
            assertThat(pipe.canSend()).as("looking does not write").isFalse();
            assertThat(connection.takeCalls()).containsExactly("write");
        }

        @Test
        void refusedMessageLeavesNoTrace() {
            var pipe = pipe(1, 0);
            pipe.send(Message.of("first"));
            pipe.send(Message.of("refused"));

            assertThat(unread(pipe.output())).isEqualTo(Zmtp.message("first"));
        }

        @Test
        void takenMessagesMakeRoomAtOnceAndWakeARestingSender() {
            var pipe = pipe(100, 0);
            fill(pipe);
            pipe.taken(0);
            pipe.writable().arm();
            pipe.taken(0);
            assertThat(owner.take()).as("nothing was taken").isEmpty();

            pipe.taken(3);

            assertThat(owner.takeKinds()).containsExactly(Kind.WRITABLE);
            assertThat(fill(pipe)).isEqualTo(3);
            assertThat(pipe.unsent()).isEqualTo(100);
        }

        @Test
        void firstMessageAfterARestCallsTheConnection() {
            var pipe = pipe(0, 0);
            pipe.send(MESSAGE);
            assertThat(connection.takeCalls()).as("it does not rest").isEmpty();

            unread(pipe.output());
            assertThat(pipe.restOutput()).isTrue();
            pipe.send(MESSAGE);
            pipe.send(MESSAGE);

            assertThat(connection.takeCalls()).containsExactly("output");
        }

        @Test
        void outputRestsOnlyWhenAllIsTaken() {
            var pipe = pipe(0, 0);
            pipe.send(MESSAGE);

            assertThat(pipe.restOutput()).isFalse();
            pipe.send(MESSAGE);
            assertThat(connection.takeCalls()).isEmpty();
        }

        @Test
        void outputDoesNotRestWhileTheSocketIsCalled() {
            var pipe = pipe(0, 0);
            owner.busy(true);
            assertThat(pipe.restOutput()).isFalse();

            owner.busy(false);
            assertThat(pipe.restOutput()).isTrue();
        }

        @Test
        void withoutAConnectionMessagesWait() {
            var pipe = pipe(0, 0);
            pipe.connectionIs(null);
            assertThat(pipe.restOutput()).isTrue();
            pipe.send(MESSAGE);
            pipe.refuse("because");

            assertThat(connection.takeCalls()).isEmpty();
            assertThat(pipe.hasOutput()).isTrue();
        }

        @Test
        void newMarksHoldAtOnceAndWakeARestingSender() {
            var pipe = pipe(2, 0);
            fill(pipe);
            pipe.writable().arm();

            pipe.changeMarks(Marks.inMessages(5, 0));

            assertThat(owner.takeKinds()).containsExactly(Kind.WRITABLE);
            assertThat(fill(pipe)).isEqualTo(3);
        }

        @Test
        void refusalReachesTheConnection() {
            pipe(0, 0).refuse("because");

            assertThat(connection.takeCalls()).containsExactly("refuse: because");
        }
    }

    @Nested
    class Subscribing {
        @Test
        void subscriptionsAreCommands() {
            var pipe = pipe(0, 0);
            pipe.opened(new byte[0]);
            pipe.sendSubscription(new Subscription(true, Zmtp.ascii("A")));
            pipe.sendSubscription(new Subscription(false, Zmtp.ascii("A")));

            assertThat(unread(pipe.control())).isEqualTo(Hex.join(Zmtp.subscribe("A"), Zmtp.cancel("A")));
        }

        /** What was said between the loss and the news of it is not for the next peer, who is told all anew. */
        @Test
        void nextPeerHearsNothingThatWasMeantForTheLastOne() {
            var pipe = pipe(0, 0);
            pipe.opened(new byte[0]);
            pipe.sendSubscription(new Subscription(true, Zmtp.ascii("before the news")));
            pipe.closed();
            pipe.sendSubscription(new Subscription(false, Zmtp.ascii("while there is nobody")));

            assertThat(pipe.hasOutput()).isFalse();
            pipe.opened(new byte[0]);
            assertThat(pipe.hasOutput()).isFalse();
            pipe.sendSubscription(new Subscription(true, Zmtp.ascii("A")));
            assertThat(unread(pipe.control())).isEqualTo(Zmtp.subscribe("A"));
        }

        /**
         * The socket hears of connections a moment later: the next one may write before it knows that the last ended.
         */
        @Test
        void nextConnectionWaitsUntilTheSocketKnowsOfIt() {
            var pipe = pipe(0, 0);
            pipe.opened(new byte[0]);
            pipe.sendSubscription(new Subscription(true, Zmtp.ascii("for the last one")));
            pipe.connectionIs(new ConnectionRecorder());
            pipe.sendSubscription(new Subscription(false, Zmtp.ascii("said before the news")));
            assertThat(pipe.hasOutput()).isFalse();
            pipe.closed();
            pipe.opened(new byte[0]);
            pipe.sendSubscription(new Subscription(true, Zmtp.ascii("A")));

            assertThat(unread(pipe.control())).isEqualTo(Zmtp.subscribe("A"));
        }

        @Test
        void subscriptionsHaveALaneOfTheirOwn() {
            var pipe = pipe(0, 0);
            pipe.opened(new byte[0]);
            pipe.send(MESSAGE);
            assertThat(unread(pipe.output())).isEqualTo(Zmtp.message("m"));
            assertThat(pipe.restOutput()).isTrue();

            pipe.sendSubscription(new Subscription(true, Zmtp.ascii("A")));

            assertThat(connection.takeCalls()).containsExactly("output");
            assertThat(pipe.unsent()).as("subscriptions are no messages").isEqualTo(1);
            assertThat(pipe.hasOutput()).isTrue();
            unread(pipe.control());
            assertThat(pipe.hasOutput()).isFalse();
        }
    }

    @Nested
    class Receiving {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 255, 256, 5000, 300_000})
        void decodesBodiesOfEverySize(int size) {
            var pipe = pipe(0, 0);
            var body = Bodies.of(size, size);
            comes(pipe, 2, Zmtp.frame(0, body), Zmtp.frame(Zmtp.MORE, body), Zmtp.frame(0, body));

            assertThat(pipe.receive()).isEqualTo(Message.of(body));
            assertThat(pipe.receive()).isEqualTo(Message.of(body, body));
            assertThat(pipe.receive()).isNull();
        }

        @Test
        void nothingIsSeenBeforeItHasArrived() {
            var pipe = pipe(0, 0);
            var frame = Zmtp.message("m");
            pipe.input().put(frame, 0, frame.length);
            pipe.input().mark();
            assertThat(pipe.canReceive()).isFalse();
            assertThat(pipe.receive()).isNull();

            pipe.arrived(1);
            assertThat(pipe.canReceive()).isTrue();
            assertThat(pipe.receive()).isEqualTo(MESSAGE);
            assertThat(pipe.canReceive()).isFalse();
        }

        @Test
        void arrivalWakesARestingReceiver() {
            var pipe = pipe(0, 0);
            come(pipe, 1);
            assertThat(owner.take()).isEmpty();

            pipe.readable().arm();
            come(pipe, 2);

            assertThat(owner.takeKinds()).containsExactly(Kind.READABLE);
        }

        @Test
        void fullPipeHasNoRoom() {
            var pipe = pipe(0, 3);
            come(pipe, 2);
            assertThat(pipe.hasRoom()).isTrue();

            come(pipe, 1);
            assertThat(pipe.hasRoom()).isFalse();
        }

        @Test
        void zeroIsWithoutLimit() {
            var pipe = pipe(0, 0);
            come(pipe, 5000);

            assertThat(pipe.hasRoom()).isTrue();
        }

        @Test
        void readingMakesRoomAndCallsTheConnection() {
            var pipe = pipe(0, 4);
            come(pipe, 4);
            pipe.inputBell().arm();
            pipe.receive();
            assertThat(connection.takeCalls()).as("less than half is read").isEmpty();

            pipe.receive();

            assertThat(connection.takeCalls()).containsExactly("input");
            assertThat(pipe.hasRoom()).isTrue();
        }

        /** Many messages can come in one buffer, far more than the mark. */
        @Test
        void restingConnectionIsAlwaysCalledAtLast() {
            for (var mark = 1; mark <= 12; mark++) {
                for (var burst = mark; burst <= 5 * mark; burst++) {
                    var pipe = pipe(0, mark);
                    for (var round = 0; round < 5; round++) {
                        come(pipe, burst);
                        assertThat(pipe.hasRoom()).isFalse();
                        pipe.inputBell().arm();
                        connection.takeCalls();
                        while (pipe.receive() != null) {
                            // reads all
                        }
                        assertThat(connection.takeCalls())
                                .as("mark %d, burst %d, round %d", mark, burst, round)
                                .containsExactly("input");
                        assertThat(pipe.hasRoom()).isTrue();
                    }
                }
            }
        }

        @Test
        void connectionIsNotCalledBeforeThereIsRoom() {
            var pipe = pipe(0, 10);
            come(pipe, 100);
            pipe.inputBell().arm();
            for (var left = 100; left > 10; left--) {
                assertThat(connection.takeCalls()).as("%d left", left).isEmpty();
                pipe.receive();
            }
        }

        @Test
        void newMarkMakesRoomAndCallsTheConnection() {
            var pipe = pipe(0, 2);
            come(pipe, 2);
            pipe.inputBell().arm();

            pipe.changeMarks(Marks.inMessages(0, 5));

            assertThat(pipe.hasRoom()).isTrue();
            assertThat(connection.takeCalls()).containsExactly("input");
        }

        @Test
        void isOfTheWire() {
            assertThat(pipe(0, 0).isLocal()).isFalse();
        }
    }
}
