package io.lingmq.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.chain.ChainWriter;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWalkerTest {
    private static final List<byte[]> MESSAGES = List.of(
            Zmtp.message("one"),
            Zmtp.message("", "two", ""),
            Zmtp.message(""),
            Zmtp.frame(0, Bodies.of(1, 255)),
            Zmtp.frame(0, Bodies.of(2, 256)),
            Hex.join(Zmtp.frame(Zmtp.MORE, Bodies.of(3, 5000)), Zmtp.frame(0, Bodies.of(4, 1000))),
            Zmtp.longFrame(0, 1, Hex.bytes("41")),
            Zmtp.longFrame(0, 0, new byte[0]));
    private static final byte[] STREAM = Hex.join(MESSAGES.toArray(byte[][]::new));

    /** Where messages end. */
    private static List<Integer> ends() {
        var ends = new ArrayList<Integer>();
        var at = 0;
        for (var message : MESSAGES) {
            at += message.length;
            ends.add(at);
        }
        return ends;
    }

    @Test
    void everyCutTellsHowManyMessagesHaveEnded() {
        var ends = ends();
        for (var cut = 0; cut <= STREAM.length; cut++) {
            var walker = new FrameWalker();
            walker.walk(STREAM, 0, cut);
            var position = cut;

            assertThat(walker.messages())
                    .as("at %d", cut)
                    .isEqualTo(ends.stream().filter(end -> end <= position).count());
            assertThat(walker.betweenMessages()).as("at %d", cut).isEqualTo(cut == 0 || ends.contains(cut));

            walker.walk(STREAM, cut, STREAM.length);
            assertThat(walker.messages()).as("after a cut at %d", cut).isEqualTo(MESSAGES.size());
            assertThat(walker.betweenMessages()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 100})
    void piecesGiveTheSame(int size) {
        var walker = new FrameWalker();
        for (var at = 0; at < STREAM.length; at += size) {
            walker.walk(STREAM, at, Math.min(at + size, STREAM.length));
        }
        assertThat(walker.messages()).isEqualTo(MESSAGES.size());
        assertThat(walker.headerOctets()).isEqualTo(STREAM.length - (3 + 3 + 255 + 256 + 6000 + 1));
    }

    @Test
    void stopsWhereTheGivenNumberOfMessagesHasEnded() {
        var ends = ends();
        for (var count = 1; count <= MESSAGES.size(); count++) {
            assertThat(new FrameWalker().walk(STREAM, 0, STREAM.length, count)).isEqualTo(ends.get(count - 1));
        }
        assertThat(new FrameWalker().walk(STREAM, 0, STREAM.length, 100)).isEqualTo(STREAM.length);
    }

    @Test
    void commandsAreNoMessages() {
        var walker = new FrameWalker();
        var octets = Hex.join(Zmtp.subscribe("a"), Zmtp.subscribe("b".repeat(300)), Zmtp.message("m"));
        walker.walk(octets, 0, octets.length);

        assertThat(walker.messages()).isEqualTo(1);
        assertThat(walker.commands()).isEqualTo(2);
        assertThat(walker.betweenMessages()).isTrue();
    }

    @Test
    void begunCommandIsNotBetweenMessages() {
        var walker = new FrameWalker();
        walker.walk(Zmtp.subscribe("a"), 0, 5);

        assertThat(walker.betweenMessages()).isFalse();
    }

    @Test
    void anotherWalkerCanGoOnFromHere() {
        for (var cut = 0; cut <= STREAM.length; cut++) {
            var walker = new FrameWalker();
            walker.walk(STREAM, 0, cut);
            var other = new FrameWalker();
            other.walk(Zmtp.message("elsewhere"), 0, 3);

            other.standAt(walker);

            assertThat(other.betweenMessages()).isEqualTo(walker.betweenMessages());
            other.walk(STREAM, cut, STREAM.length);
            assertThat(other.messages()).isEqualTo(MESSAGES.size());
        }
    }

    @Test
    void hugeSizesAreFollowedToTheirEnd() {
        var walker = new FrameWalker();
        walker.walk(Zmtp.longFrame(0, 5_000_000_000L, new byte[0]), 0, 9);
        var block = new byte[50_000_000];
        for (var i = 0; i < 99; i++) {
            walker.walk(block, 0, block.length);
        }
        assertThat(walker.messages()).isZero();
        walker.walk(block, 0, block.length);

        assertThat(walker.messages()).isEqualTo(1);
    }

    // ---- on a chain

    @Test
    void chainTellsTheRestOfABegunMessage() {
        var ends = ends();
        for (var gone = 1; gone < STREAM.length; gone++) {
            var writer = new ChainWriter();
            var reader = writer.reader();
            writer.put(STREAM, 0, STREAM.length);
            writer.publishAll();
            reader.refresh();
            var walker = new FrameWalker();
            walker.walk(reader, gone);
            var at = gone;
            var end = ends.stream().filter(e -> e >= at).findFirst().orElseThrow();

            assertThat(walker.restOfMessage(reader)).as("at %d", gone).isEqualTo(end - gone);
            assertThat(walker.messages())
                    .as("the walker itself stays")
                    .isEqualTo(ends.stream().filter(e -> e <= at).count());
        }
    }

    @Test
    void chainWalksAcrossItsSegments() {
        var writer = new ChainWriter();
        var reader = writer.reader();
        for (var i = 0; i < 100; i++) {
            var header = Zmtp.longFrame(0, 5000, new byte[0]);
            writer.put(header, 0, header.length);
            writer.putBody(new byte[5000]);
        }
        writer.publishAll();
        var walker = new FrameWalker();

        walker.walk(reader, reader.refresh());

        assertThat(walker.messages()).isEqualTo(100);
        assertThat(reader.refresh()).isZero();
    }
}
