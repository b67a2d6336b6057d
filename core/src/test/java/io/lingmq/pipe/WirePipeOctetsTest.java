package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.pipe.Doorbell.Kind;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.testkit.Zmtp;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pipe with high-water marks in octets; a message of 8 is 10 octets with its header. */
class WirePipeOctetsTest {
    private static final Message TEN = Message.of("8 octets");
    private static final Message LARGE = Message.wrap(new byte[100_000]);

    private final BellRecorder owner = new BellRecorder();
    private final ConnectionRecorder connection = new ConnectionRecorder();

    private WirePipe pipe(long sendMark, long receiveMark) {
        var pipe = new WirePipe(owner, 0, 0, false);
        pipe.connectionIs(connection);
        pipe.changeMarks(new Marks(0, 0, sendMark, receiveMark));
        return pipe;
    }

    private static int fill(WirePipe pipe, Message message) {
        var count = 0;
        while (count < 5000 && pipe.send(message)) {
            count++;
        }
        assertThat(pipe.canSend()).isFalse();
        return count;
    }

    /** As a connection does it. */
    private static void write(WirePipe pipe, int octets, int messages) {
        pipe.output().refresh();
        pipe.output().take(octets);
        pipe.taken(messages);
    }

    private static void comes(WirePipe pipe, Message message) {
        begins(pipe, Zmtp.frame(0, message.bytes(0)));
        pipe.input().mark();
        pipe.arrived(1);
    }

    private static void begins(WirePipe pipe, byte[] octets) {
        pipe.input().put(octets, 0, octets.length);
    }

    @Nested
    class Sending {
        @Test
        void takesMessagesWhileFewerOctetsThanTheMarkWait() {
            assertThat(fill(pipe(30, 0), TEN)).isEqualTo(3);
            assertThat(fill(pipe(31, 0), TEN)).isEqualTo(4);
            assertThat(fill(pipe(1, 0), TEN)).isEqualTo(1);
        }

        @Test
        void messageLargerThanTheMarkGoesIntoAnEmptyPipe() {
            var pipe = pipe(50, 0);
            assertThat(fill(pipe, LARGE)).isEqualTo(1);
            write(pipe, 100_009, 1);
            assertThat(fill(pipe, LARGE)).isEqualTo(1);
        }

        @Test
        void markInMessagesHoldsBeside() {
            var pipe = pipe(30, 0);
            pipe.changeMarks(new Marks(2, 0, 30, 0));
            assertThat(fill(pipe, TEN)).isEqualTo(2);
        }

        @Test
        void writtenMessageMakesRoomAndWakesTheSender() {
            var pipe = pipe(30, 0);
            fill(pipe, TEN);
            pipe.writable().arm();
            owner.takeKinds();

            write(pipe, 10, 1);

            assertThat(owner.takeKinds()).containsExactly(Kind.WRITABLE);
            assertThat(fill(pipe, TEN)).isEqualTo(1);
        }

        /** The peer may pause in the midst of it, for as long as it likes. */
        @Test
        void partOfAMessageThatWasWrittenMakesRoomAndWakesTheSender() {
            var pipe = pipe(50_000, 0);
            fill(pipe, LARGE);
            pipe.writable().arm();
            owner.takeKinds();

            write(pipe, 50_000, 0);
            assertThat(owner.takeKinds()).as("there is no room yet").isEmpty();
            write(pipe, 10, 0);

            assertThat(owner.takeKinds()).containsExactly(Kind.WRITABLE);
            assertThat(fill(pipe, TEN)).isEqualTo(1);
        }

        @Test
        void noSenderIsWokenForAMessageThatMakesNoRoom() {
            var pipe = pipe(30, 0);
            pipe.send(TEN);
            fill(pipe, LARGE);
            pipe.writable().arm();
            owner.takeKinds();

            write(pipe, 10, 1);

            assertThat(owner.takeKinds()).isEmpty();
        }

        @Test
        void noSenderIsWokenForOctetsWhereTheMarkInMessagesIsReached() {
            var pipe = pipe(1_000_000, 0);
            pipe.changeMarks(new Marks(1, 0, 1_000_000, 0));
            fill(pipe, LARGE);
            pipe.writable().arm();
            owner.takeKinds();

            write(pipe, 50_000, 0);

            assertThat(owner.takeKinds()).isEmpty();
        }

        @Test
        void fullPipeIsWrittenByItsSender() {
            var pipe = pipe(30, 0);
            connection.whenFull(() -> {
                if (pipe.output().refresh() >= 30) {
                    write(pipe, 30, 3);
                }
            });
            for (var i = 0; i < 100; i++) {
                assertThat(pipe.send(TEN)).isTrue();
            }
        }

        @Test
        void newMarkHoldsAtOnceAndWakesARestingSender() {
            var pipe = pipe(30, 0);
            fill(pipe, TEN);
            pipe.writable().arm();
            owner.takeKinds();

            pipe.changeMarks(new Marks(0, 0, 50, 0));

            assertThat(owner.takeKinds()).containsExactly(Kind.WRITABLE);
            assertThat(fill(pipe, TEN)).isEqualTo(2);
        }

        @Test
        void whatIsDroppedMakesRoom() {
            var pipe = pipe(30, 0);
            fill(pipe, TEN);
            assertThat(pipe.dropUnsent()).isEqualTo(3);
            assertThat(fill(pipe, TEN)).isEqualTo(3);
        }

        @Test
        void pipeThatConflatesIsNeverFull() {
            var pipe = new WirePipe(owner, 0, 0, true);
            pipe.changeMarks(new Marks(0, 0, 1, 1));
            for (var i = 0; i < 10; i++) {
                assertThat(pipe.send(TEN)).isTrue();
                comes(pipe, TEN);
                assertThat(pipe.hasRoom()).isTrue();
            }
        }
    }

    @Nested
    class Broadcasting {
        @Test
        void leavesOutAPipeThatHoldsAsManyOctetsAsItMay() {
            var slow = pipe(30, 0);
            var quick = pipe(0, 0);
            var other = pipe(1000, 0);
            slow.send(TEN);
            var broadcast = Broadcast.to(List.of(slow, quick, other));

            assertThat(broadcast.send(TEN)).isZero();
            assertThat(broadcast.send(TEN)).isZero();
            assertThat(broadcast.allHaveRoom()).isFalse();
            assertThat(slow.canSend()).isFalse();
            assertThat(broadcast.send(TEN)).isEqualTo(1);
            write(slow, 10, 1);
            assertThat(broadcast.send(TEN)).isZero();
            assertThat(broadcast.send(TEN)).isEqualTo(1);

            assertThat(quick.output().refresh()).isEqualTo(50);
            assertThat(other.output().refresh()).isEqualTo(50);
            assertThat(slow.output().refresh()).isEqualTo(30);
        }

        @Test
        void eachLargeMessageIsLookedAt() {
            var slow = pipe(250_000, 0);
            var broadcast = Broadcast.to(List.of(slow, pipe(0, 0), pipe(0, 0)));
            for (var i = 0; i < 3; i++) {
                assertThat(broadcast.send(LARGE)).isZero();
            }
            assertThat(broadcast.send(LARGE)).isEqualTo(1);
            write(slow, 100_009, 1);
            assertThat(broadcast.send(LARGE)).isZero();
            assertThat(broadcast.send(LARGE)).isEqualTo(1);
        }

        @Test
        void asksTheConnectionOfAFullPipeToMakeRoom() {
            var slow = pipe(30, 0);
            var broadcast = Broadcast.to(List.of(slow, pipe(0, 0)));
            connection.whenFull(() -> {
                if (slow.output().refresh() >= 30) {
                    write(slow, 30, 3);
                }
            });
            for (var i = 0; i < 100; i++) {
                assertThat(broadcast.send(TEN)).isZero();
            }
        }

        /** The octets of the log are its own from then on. */
        @Test
        void pipeThatGoesItsOwnWayCountsWhatItHadFromTheBroadcast() {
            var pipe = pipe(30, 0);
            var broadcast = Broadcast.to(List.of(pipe, pipe(0, 0)));
            broadcast.send(TEN);
            broadcast.end();

            assertThat(fill(pipe, TEN)).isEqualTo(2);
        }
    }

    @Nested
    class Receiving {
        @Test
        void hasRoomWhileFewerOctetsThanTheMarkAreUnread() {
            var pipe = pipe(0, 30);
            for (var i = 0; i < 3; i++) {
                assertThat(pipe.hasRoom()).isTrue();
                comes(pipe, TEN);
            }
            assertThat(pipe.hasRoom()).isFalse();
        }

        @Test
        void receiverThatHasTakenHalfOfTheMarkRings() {
            var pipe = pipe(0, 40);
            for (var i = 0; i < 4; i++) {
                comes(pipe, TEN);
            }
            assertThat(pipe.hasRoom()).isFalse();
            pipe.inputBell().arm();
            connection.takeCalls();

            pipe.receive();
            assertThat(connection.takeCalls()).isEmpty();
            pipe.receive(new MessageBuffer());

            assertThat(connection.takeCalls()).containsExactly("input");
            assertThat(pipe.hasRoom()).isTrue();
        }

        /** Nobody could receive it, and it would never come whole. */
        @ParameterizedTest
        @ValueSource(longs = {1, 30, 90_000})
        void messageThatHasNotComeWholeStopsNobody(long mark) {
            var pipe = pipe(0, mark);
            comes(pipe, TEN);
            pipe.receive();

            begins(pipe, new byte[99_999]);

            assertThat(pipe.hasRoom()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 7, 10, 11, 50})
        void emptyPipeHasRoom(long mark) {
            var pipe = pipe(0, mark);
            for (var i = 0; i < 100; i++) {
                assertThat(pipe.hasRoom()).isTrue();
                comes(pipe, TEN);
                comes(pipe, TEN);
                pipe.receive();
                pipe.receive();
            }
        }

        @Test
        void lowerMarkDoesNotStopAPipeThatIsEmpty() {
            var pipe = pipe(0, 1000);
            for (var i = 0; i < 40; i++) {
                comes(pipe, TEN);
                pipe.receive();
            }
            pipe.changeMarks(new Marks(0, 0, 0, 10));
            assertThat(pipe.hasRoom()).isTrue();
        }

        @Test
        void newMarkRings() {
            var pipe = pipe(0, 10);
            comes(pipe, TEN);
            assertThat(pipe.hasRoom()).isFalse();
            pipe.inputBell().arm();
            connection.takeCalls();

            pipe.changeMarks(new Marks(0, 0, 0, 20));

            assertThat(connection.takeCalls()).containsExactly("input");
            assertThat(pipe.hasRoom()).isTrue();
        }
    }
}
