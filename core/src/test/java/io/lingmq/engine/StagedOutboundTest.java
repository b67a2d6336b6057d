package io.lingmq.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.message.Message;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.OldZmtp;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Command;
import io.lingmq.wire.Dialect;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedOutboundTest {
    private static final List<Message> MESSAGES = List.of(
            Message.of("one"),
            Message.of("", "two", ""),
            Message.of(Bodies.of(1, 253)),
            Message.of(Bodies.of(2, 254)),
            Message.of(Bodies.of(3, 255)),
            Message.of(Bodies.of(4, 256)),
            Message.of(Bodies.of(5, 4095), Bodies.of(6, 40_000)),
            Message.empty(),
            Message.of("last"));
    private static final byte[] OCTETS = octets(MESSAGES);

    private static byte[] octets(List<Message> messages) {
        var all = new byte[0];
        for (var message : messages) {
            for (var i = 0; i < message.frameCount(); i++) {
                var isLast = i == message.frameCount() - 1;
                all = Hex.join(all, OldZmtp.frame1(isLast ? 0 : Zmtp.MORE, message.bytes(i)));
            }
        }
        return all;
    }

    private static FakeChannel channel() {
        return new FakeChannel(new ZmtpTraffic(Dialect.ZMTP_1_0, false, null).outbound());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9, 10, 100, 4096, 16_384, 100_000})
    void buffersOfEverySizeGiveTheSameOctets(int bufferSize) {
        var channel = channel();
        MESSAGES.forEach(channel.pipe::send);

        channel.writeAll(bufferSize, bufferSize);

        assertThat(channel.written()).isEqualTo(OCTETS);
        assertThat(channel.messagesGone()).isEqualTo(MESSAGES.size());
        assertThat(channel.pipe.hasOutput()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 5000})
    void partialWritesGiveTheSameOctets(int most) {
        var channel = channel();
        MESSAGES.forEach(channel.pipe::send);

        assertThat(channel.writeAll(10_000, most).written()).isEqualTo(OCTETS);
    }

    @Test
    void subscriptionsGoAsMessagesAndPingsNotAtAll() {
        var channel = channel();
        channel.subscribe("A");
        channel.outflow.addUrgent(Dialect.ZMTP_1_0.frame(Command.of(Command.PING, new byte[2])));
        channel.pipe.send(Message.of("hi"));

        assertThat(Hex.text(channel.writeAll(100, 100).written())).isEqualTo("03 00 01 41 03 00 68 69");
    }

    @Test
    void messageCountsWhenItsLastOctetIsGone() {
        var channel = channel();
        channel.pipe.send(Message.of("a", "b"));
        channel.pipe.send(Message.of("c"));

        channel.write(100, 5);
        assertThat(channel.messagesGone()).isZero();
        channel.write(100, 1);
        assertThat(channel.messagesGone()).isEqualTo(1);
        channel.write(100, 3);
        assertThat(channel.messagesGone()).isEqualTo(2);
    }

    @Test
    void lostSkipsTheBegunMessageAndNothingElse() {
        for (var gone = 0; gone <= OCTETS.length; gone += gone < 1300 ? 1 : 211) {
            var lost = channel();
            MESSAGES.forEach(lost.pipe::send);
            lost.writeExactly(gone);
            var whole = lost.messagesGone();
            var begun = gone > octets(MESSAGES.subList(0, whole)).length ? 1 : 0;

            assertThat(lost.outflow.lost(lost.pipe)).as("after %d octets", gone).isEqualTo(begun);

            assertThat(writtenByTheNextConnection(lost))
                    .as("after %d octets", gone)
                    .isEqualTo(FakeChannel.octets(MESSAGES.subList(whole + begun, MESSAGES.size())));
        }
    }

    private static byte[] writtenByTheNextConnection(FakeChannel lost) {
        var buffer = ByteBuffer.allocate(100_000);
        new Outflow(Dialect.ZMTP_3_1).fill(buffer, lost.pipe);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Test
    void anythingMixedGoesOutWholeAndInOrder() {
        var random = Seed.random("StagedOutboundTest.anythingMixedGoesOutWholeAndInOrder");
        for (var round = 0; round < 200; round++) {
            var channel = channel();
            var sent = new ArrayList<Message>();
            var written = new byte[0];
            for (var step = 0; step < 40; step++) {
                if (random.nextBoolean()) {
                    var message =
                            Message.of(Bodies.of(step, random.nextInt(600)), Bodies.of(step, random.nextInt(20_000)));
                    sent.add(message);
                    channel.pipe.send(message);
                }
                channel.write(1 + random.nextInt(30_000), random.nextInt(30_000));
                written = Hex.join(written, channel.written());
            }
            written = Hex.join(written, channel.writeAll(9_000, 9_000).written());

            assertThat(written).as("round %d", round).isEqualTo(octets(sent));
            assertThat(channel.messagesGone()).isEqualTo(sent.size());
        }
    }

    /** Half of what it takes is staged when there is no memory for more. */
    private static Translation failingAfter(int calls) {
        var working = new Zmtp1Translation();
        var left = new AtomicInteger(calls);
        return (canonical, stage) -> {
            if (left.getAndDecrement() == 0) {
                working.translate(canonical.limit(canonical.limit() / 2), stage);
                stage.put(new byte[9], 0, 9);
                throw new OutOfMemoryError("on purpose");
            }
            working.translate(canonical, stage);
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void wantOfMemoryLosesTheBegunMessageAndNothingElse(int calls) {
        var channel = new FakeChannel(new StagedOutbound(new Outflow(Dialect.ZMTP_1_0), failingAfter(calls)));
        MESSAGES.forEach(channel.pipe::send);

        assertThatThrownBy(() -> channel.writeAll(10_000, 7_000)).isInstanceOf(OutOfMemoryError.class);

        var whole = channel.messagesGone();
        var begun = channel.written().length > octets(MESSAGES.subList(0, whole)).length ? 1 : 0;
        assertThat(channel.outflow.lost(channel.pipe)).isEqualTo(begun);
        assertThat(writtenByTheNextConnection(channel))
                .isEqualTo(FakeChannel.octets(MESSAGES.subList(whole + begun, MESSAGES.size())));
    }

    // ---- a translation that wants whole frames, as a seal does

    /** Turns each frame that is whole into its octets, the last one first. */
    private static final class Reversing implements Translation {
        @Override
        public void translate(ByteBuffer canonical, StagedOctets stage) {
            while (true) {
                var begin = canonical.position();
                var size = wholeFrame(canonical);
                if (size < 0) {
                    return;
                }
                for (var i = begin + size - 1; i >= begin; i--) {
                    stage.put(new byte[] {canonical.get(i)}, 0, 1);
                }
                canonical.position(begin + size);
                stage.mark(size);
            }
        }

        private static int wholeFrame(ByteBuffer canonical) {
            var at = canonical.position();
            var left = canonical.remaining();
            if (left < 2) {
                return -1;
            }
            var isLong = (canonical.get(at) & Zmtp.LONG) != 0;
            if (isLong && left < 9) {
                return -1;
            }
            var size = isLong ? 9 + (int) canonical.getLong(at + 1) : 2 + (canonical.get(at + 1) & 0xFF);
            return size <= left ? size : -1;
        }
    }

    @Test
    void frameThatMustBeWholeMayBeLargerThanABatch() {
        var channel = new FakeChannel(new StagedOutbound(new Outflow(Dialect.ZMTP_3_1), new Reversing()));
        var message = Message.of(Bodies.of(7, 100_000));
        channel.pipe.send(Message.of("a"));
        channel.pipe.send(message);
        channel.pipe.send(Message.of("b"));

        var octets = channel.writeAll(5_000, 4_000).written();

        var large = FakeChannel.octets(List.of(message));
        assertThat(octets).hasSize(3 + large.length + 3).startsWith('a', 1, 0, large[large.length - 1]);
        assertThat(channel.messagesGone()).isEqualTo(3);
    }

    @Test
    @Timeout(20)
    void translationThatTakesNothingOfAWholeFrameFails() {
        var channel = new FakeChannel(new StagedOutbound(new Outflow(Dialect.ZMTP_3_1), (canonical, stage) -> {}));
        channel.pipe.send(Message.of("a"));

        assertThatThrownBy(() -> channel.write(5_000, 4_000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("3 octets");
    }
}
