package io.lingmq.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.Allocation;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Dialect;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutflowTest {
    private static final byte[] PING = Zmtp.ping(50, "");
    private static final byte[] PONG = Zmtp.pong("context");

    private final FakeChannel channel = new FakeChannel();
    private final Outbound outflow = channel.outflow;
    private final WirePipe pipe = channel.pipe;

    // ---- order

    @Test
    void urgentOctetsGoFirstThenSubscriptionsThenMessages() {
        pipe.send(Message.of("a", "b"));
        channel.subscribe("news");
        outflow.addUrgent(PING);
        outflow.addUrgent(PONG);

        channel.writeAll(1000, 1000);

        assertThat(channel.written()).isEqualTo(Hex.join(PING, PONG, Zmtp.subscribe("news"), Zmtp.message("a", "b")));
        assertThat(channel.messagesGone()).isEqualTo(1);
    }

    @Test
    void nothingIsWrittenWhenThereIsNothing() {
        assertThat(channel.write(100, 100)).isZero();
        assertThat(outflow.urgentSize()).isZero();
    }

    @Test
    void urgentOctetsAreCounted() {
        outflow.addUrgent(PING);
        outflow.addUrgent(new byte[0]);
        assertThat(outflow.urgentSize()).isEqualTo(PING.length);

        channel.write(100, 4);

        assertThat(outflow.urgentSize()).isEqualTo(PING.length - 4);
    }

    /** Else want of memory would keep the messages behind them from being counted, and they would be said again. */
    @Test
    void countingUrgentOctetsTakesNoMemory() {
        outflow.addUrgent(new byte[10_000]);
        pipe.send(Message.of("behind"));
        outflow.fill(ByteBuffer.allocate(20_000), pipe);

        assertThat(Allocation.of(() -> outflow.wrote(1, pipe))).isLessThan(5_000);
        assertThat(outflow.wrote(20_000, pipe)).isEqualTo(1);
    }

    @Test
    void beforeTheSocketKnowsThePeerOnlyUrgentOctetsGo() {
        pipe.send(Message.of("later"));
        outflow.addUrgent(PING);
        var buffer = ByteBuffer.allocate(100);

        assertThat(outflow.fill(buffer, null)).isFalse();
        assertThat(outflow.wrote(3, null)).isZero();
        assertThat(outflow.fill(buffer, null)).isFalse();

        assertThat(Arrays.copyOf(buffer.array(), buffer.position()))
                .isEqualTo(Hex.join(PING, Arrays.copyOfRange(PING, 3, PING.length)));
    }

    @Test
    void urgentOctetsWaitForTheEndOfABegunMessage() {
        var message = Message.of(Bodies.of(1, 300), Bodies.of(2, 5000), Bodies.of(3, 10));
        pipe.send(message);
        pipe.send(Message.of("second"));
        channel.write(100, 100);
        outflow.addUrgent(PING);
        channel.subscribe("news");

        channel.writeAll(100, 100);

        assertThat(channel.written())
                .isEqualTo(Hex.join(
                        FakeChannel.octets(List.of(message)), PING, Zmtp.subscribe("news"), Zmtp.message("second")));
    }

    @Test
    void urgentOctetsDoNotWaitForMessagesNotBegun() {
        for (var i = 0; i < 10; i++) {
            pipe.send(Message.of("m" + i));
        }
        channel.write(1000, Zmtp.message("m0").length * 2);
        outflow.addUrgent(PING);

        channel.writeAll(1000, 1000);

        assertThat(Hex.text(channel.written()))
                .startsWith(Hex.text(Hex.join(Zmtp.message("m0"), Zmtp.message("m1"), PING, Zmtp.message("m2"))));
    }

    @Test
    void aBegunSubscriptionIsFinishedBeforeUrgentOctets() {
        channel.subscribe("a long topic");
        channel.write(1000, 5);
        outflow.addUrgent(PING);

        channel.writeAll(1000, 1000);

        assertThat(Hex.text(channel.written())).isEqualTo(Hex.text(Hex.join(Zmtp.subscribe("a long topic"), PING)));
    }

    @Test
    void urgentOctetsThatAreBegunAreFinishedFirst() {
        outflow.addUrgent(PING);
        channel.write(1000, 5);
        outflow.addUrgent(PONG);
        channel.subscribe("news");
        pipe.send(Message.of("a"));

        channel.writeAll(1000, 1000);

        assertThat(channel.written()).isEqualTo(Hex.join(PING, PONG, Zmtp.subscribe("news"), Zmtp.message("a")));
    }

    // ---- partial writes

    private static final List<Message> MESSAGES = List.of(
            Message.of("one"),
            Message.of("", "two", ""),
            Message.of(Bodies.of(1, 256)),
            Message.of(Bodies.of(2, 4095), Bodies.of(3, 4096)),
            Message.empty(),
            Message.of("last"));
    private static final byte[] OCTETS = FakeChannel.octets(MESSAGES);

    @Test
    void partialWritesOfEverySizeGiveTheSameOctets() {
        for (var most = 1; most <= OCTETS.length; most = nextSize(most)) {
            MESSAGES.forEach(pipe::send);
            assertThat(channel.writeAll(10_000, most).written())
                    .as("at most %d at a time", most)
                    .isEqualTo(OCTETS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9, 10, 100, 4096, 8192, 100_000})
    void buffersOfEverySizeGiveTheSameOctets(int bufferSize) {
        MESSAGES.forEach(pipe::send);

        channel.writeAll(bufferSize, bufferSize);

        assertThat(channel.written()).isEqualTo(OCTETS);
        assertThat(channel.messagesGone()).isEqualTo(MESSAGES.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 30, 1000})
    void whatWasFilledMayGoInPieces(int piece) {
        pipe.send(Message.of("begun", "message"));
        channel.write(1000, 4);
        channel.subscribe("news");
        outflow.addUrgent(PING);
        pipe.send(Message.of("next"));
        var gone = new ByteArrayOutputStream();
        var messages = 0L;
        var buffer = ByteBuffer.allocate(1000);
        while (fills(buffer.clear())) {
            while (buffer.hasRemaining()) {
                var octets = new byte[Math.min(piece, buffer.remaining())];
                buffer.get(octets);
                gone.writeBytes(octets);
                messages += outflow.wrote(octets.length, pipe);
            }
        }
        assertThat(Hex.join(channel.written(), gone.toByteArray()))
                .isEqualTo(
                        Hex.join(Zmtp.message("begun", "message"), PING, Zmtp.subscribe("news"), Zmtp.message("next")));
        assertThat(messages).isEqualTo(2);
    }

    private boolean fills(ByteBuffer buffer) {
        outflow.fill(buffer, pipe);
        return buffer.flip().hasRemaining();
    }

    @Test
    void messageCountsWhenItsLastOctetIsGone() {
        pipe.send(Message.of("a", "b"));
        pipe.send(Message.of("c"));

        channel.write(100, 5);
        assertThat(channel.messagesGone()).isZero();
        channel.write(100, 1);
        assertThat(channel.messagesGone()).isEqualTo(1);
        channel.write(100, 3);
        assertThat(channel.messagesGone()).isEqualTo(2);
    }

    /** All small sizes, and some of the others. */
    private static int nextSize(int size) {
        return size < 300 ? size + 1 : size + 97;
    }

    // ---- anything, mixed

    @Test
    void whatGoesOutIsAlwaysWholeAndInOrder() {
        var random = Seed.random("OutflowTest.whatGoesOutIsAlwaysWholeAndInOrder");
        for (var round = 0; round < 300; round++) {
            var mix = new Mix(random);
            for (var step = 0; step < 60; step++) {
                mix.addSomething();
                mix.channel.write(1 + random.nextInt(600), random.nextInt(600));
            }
            mix.check("round " + round);
        }
    }

    /** A connection with messages, subscriptions and PINGs at random, whose frames are read back one by one. */
    private static final class Mix {
        private final FakeChannel channel = new FakeChannel();
        private final Random random;
        private final List<Message> sent = new ArrayList<>();
        private final List<String> subscribed = new ArrayList<>();
        private int pings;

        Mix(Random random) {
            this.random = random;
        }

        void addSomething() {
            switch (random.nextInt(4)) {
                case 0 -> addMessage();
                case 1 -> {
                    var topic = "t".repeat(random.nextInt(300));
                    subscribed.add("\tSUBSCRIBE" + topic);
                    channel.subscribe(topic);
                }
                case 2 -> {
                    pings++;
                    channel.outflow.addUrgent(PING);
                }
                default -> {
                    // only writes this time
                }
            }
        }

        private void addMessage() {
            var message = Message.of(Bodies.of(random.nextInt(), random.nextInt(400)));
            for (var i = random.nextInt(3); i > 0; i--) {
                message = message.withFirst(Bodies.of(random.nextInt(), random.nextInt(5) * 1500));
            }
            sent.add(message);
            channel.pipe.send(message);
        }

        void check(String when) {
            var messages = new ArrayList<Message>();
            var commands = new ArrayList<String>();
            new FrameReader(channel.writeAll(600, 600).written()).read(messages, commands);

            assertThat(messages).as(when).isEqualTo(sent);
            assertThat(commands).as(when).hasSize(subscribed.size() + pings);
            assertThat(commands.stream().filter(c -> c.startsWith("\tSUB")))
                    .as(when)
                    .isEqualTo(subscribed);
        }
    }

    // ---- a lost connection

    @Test
    void lostSkipsTheBegunMessageAndNothingElse() {
        for (var gone = 0; gone <= OCTETS.length; gone = nextSize(gone)) {
            var lost = new FakeChannel();
            MESSAGES.forEach(lost.pipe::send);
            lost.write(20_000, gone);
            var whole = lost.messagesGone();
            var begun = gone > FakeChannel.octets(MESSAGES.subList(0, whole)).length ? 1 : 0;

            assertThat(lost.outflow.lost(lost.pipe)).as("after %d octets", gone).isEqualTo(begun);

            assertThat(writtenByTheNextConnection(lost.pipe))
                    .as("after %d octets", gone)
                    .isEqualTo(FakeChannel.octets(MESSAGES.subList(whole + begun, MESSAGES.size())));
        }
    }

    @Test
    void lostForgetsUrgentOctetsAndSubscriptions() {
        channel.subscribe("news");
        channel.subscribe("sport");
        outflow.addUrgent(PING);
        pipe.send(Message.of("a"));
        channel.write(1000, PING.length + 3);

        assertThat(outflow.lost(pipe)).isZero();

        assertThat(outflow.urgentSize()).isZero();
        assertThat(writtenByTheNextConnection(pipe)).isEqualTo(Zmtp.message("a"));
    }

    private static byte[] writtenByTheNextConnection(WirePipe pipe) {
        var buffer = ByteBuffer.allocate(20_000);
        new Outflow(Dialect.ZMTP_3_1).fill(buffer, pipe);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    // ---- commands that come while somebody writes

    private static final int NEWS = 10_000;

    /** The socket's thread puts commands and messages in at any moment of the thread that writes. */
    @Test
    void commandThatComesMeanwhileWaitsForTheEndOfTheMessage() {
        var gone = new AtomicInteger();
        var sending = Background.call("sending", () -> {
            for (var i = 0; i < NEWS; i++) {
                while (i - gone.get() > 3) {
                    Thread.onSpinWait(); // so that most commands come in the midst of a message
                }
                pipe.send(Message.of(Bodies.of(i, 2_000)));
                channel.subscribe("topic " + i);
            }
            return NEWS;
        });
        var octets = new ByteArrayOutputStream();
        while (channel.messagesGone() < NEWS || pipe.hasOutput()) {
            channel.write(500, 500);
            gone.set(channel.messagesGone());
            octets.writeBytes(channel.written());
        }
        octets.writeBytes(channel.writeAll(500, 500).written());
        assertThat(sending.result()).isEqualTo(NEWS);

        var read = new ArrayList<Message>();
        var commands = new ArrayList<String>();
        new FrameReader(octets.toByteArray()).read(read, commands);
        assertThat(read).hasSize(NEWS).last().isEqualTo(Message.of(Bodies.of(NEWS - 1, 2_000)));
        assertThat(commands).hasSize(NEWS).last().asString().endsWith("topic " + (NEWS - 1));
    }
}
