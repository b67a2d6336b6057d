package io.lingmq.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.message.Message;
import io.lingmq.support.Allocation;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Command;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a decoder refuses, and what it does not spend before. */
class TrafficDecoderRefusalTest {
    private static final int MOST_FRAMES = 128 * 1024;
    private static final long LITTLE = 256 * 1024;

    // ---- sizes

    @ParameterizedTest
    @CsvSource({
        "2147483647, 2147483647",
        "2147483648, 2147483648",
        "4294967296, 4294967296",
        "4611686018427387904, 4611686018427387904",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, 9223372036854775808",
        "-1, 18446744073709551615",
    })
    void refusesSizesThatNoArrayHolds(long size, String shown) {
        var message = Zmtp.longFrame(0, size, new byte[0]);
        var command = Zmtp.longFrame(Zmtp.COMMAND, size, new byte[0]);

        assertThat(refusal(DecodedStream.UNLIMITED, message))
                .isEqualTo("the peer announces a message of more than 2147483583 bytes, the most accepted here: its"
                        + " frame has " + shown + "; MAX_MESSAGE_SIZE sets the limit");
        assertThat(refusal(DecodedStream.UNLIMITED, command))
                .isEqualTo("the peer announces a command of " + shown + " bytes; the most accepted is 2147483583");
        assertThat(refusal(DecodedStream.UNLIMITED, Hex.join(Zmtp.frame(Zmtp.MORE, new byte[0]), message)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE, 1L << 32, 1L << 62, Long.MIN_VALUE, -1})
    void refusesThemWithoutAllocatingThem(long size) {
        var header = Zmtp.longFrame(0, size, new byte[0]);
        refusal(DecodedStream.UNLIMITED, header); // loads what has to be loaded

        assertThat(Allocation.of(() -> refusal(DecodedStream.UNLIMITED, header)))
                .isLessThan(LITTLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {Zmtp.COMMAND, 0, Zmtp.MORE})
    void memoryGrowsWithWhatHasComeAndNotWithWhatWasAnnounced(int flags) {
        var begun = Zmtp.longFrame(flags, 512 << 20, new byte[1024]);
        refusal(DecodedStream.UNLIMITED, begun);

        assertThat(Allocation.of(() ->
                        assertThat(refusal(DecodedStream.UNLIMITED, begun)).isEmpty()))
                .isLessThan(2 * LITTLE);
    }

    @Test
    void refusalLeavesWhatWasWholeBefore() {
        var stream = new DecodedStream(100);
        var octets = Hex.join(
                Zmtp.message("a"), Zmtp.message("b", "c"), Zmtp.frame(Zmtp.MORE, new byte[50]), new byte[] {2, -1});

        assertThatThrownBy(() -> stream.feed(Hex.join(octets, new byte[7]))).isInstanceOf(ProtocolException.class);

        assertThat(stream.messages()).containsExactly(Message.of("a"), Message.of("b", "c"));
    }

    // ---- MAX_MESSAGE_SIZE

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 255, 256, 4096, 300_000})
    void messageMayHaveTheMostAccepted(int limit) {
        assertThat(refusal(limit, Zmtp.frame(0, new byte[limit]))).isEmpty();
        assertThat(refusal(limit, Zmtp.frame(0, new byte[limit + 1])))
                .isEqualTo("the peer announces a message of more than " + limit + " bytes, the most accepted here: its"
                        + " frame has " + (limit + 1) + "; MAX_MESSAGE_SIZE sets the limit");
    }

    @ParameterizedTest
    @CsvSource({"50, 50", "100, 0", "0, 100", "1, 99", "99, 1"})
    void framesCountTogether(int first, int second) {
        assertThat(refusal(100, twoFrames(first, second))).isEmpty();
        assertThat(refusal(100, twoFrames(first, second + 1))).contains("more than 100 bytes");
        assertThat(refusal(100, twoFrames(first + 1, second))).contains("more than 100 bytes");
    }

    @Test
    void manySmallFramesCountTogether() {
        var hundred = new byte[100][];
        Arrays.fill(hundred, Zmtp.frame(Zmtp.MORE, new byte[1]));
        var almost = Hex.join(hundred);

        assertThat(refusal(100, Hex.join(almost, Zmtp.frame(0, new byte[0])))).isEmpty();
        assertThat(refusal(100, Hex.join(almost, Zmtp.frame(0, new byte[1])))).contains("more than 100 bytes");
    }

    @Test
    void eachMessageCountsByItself() throws ProtocolException {
        var stream = new DecodedStream(100);
        for (var i = 0; i < 10; i++) {
            stream.feed(Hex.join(twoFrames(50, 50), Zmtp.frame(0, new byte[100])));
        }
        assertThat(stream.messages()).hasSize(20);
    }

    @Test
    void limitHoldsForCommandsToo() {
        assertThat(refusal(100, Zmtp.command("PING", new byte[95]))).isEmpty();
        assertThat(refusal(100, Zmtp.command("PING", new byte[96])))
                .isEqualTo("the peer announces a command of 101 bytes; the most accepted is 100");
    }

    private static byte[] twoFrames(int first, int second) {
        return Hex.join(Zmtp.frame(Zmtp.MORE, new byte[first]), Zmtp.frame(0, new byte[second]));
    }

    // ---- frames without end

    @Test
    void messageMayHaveManyFrames() throws ProtocolException {
        var most = Hex.join(emptyFrames(MOST_FRAMES - 1), Zmtp.frame(0, new byte[0]));

        var stream = new DecodedStream(DecodedStream.UNLIMITED).feed(most);

        assertThat(stream.messages())
                .singleElement()
                .satisfies(m -> assertThat(m.frameCount()).isEqualTo(MOST_FRAMES));
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 1000, 7})
    void refusesMessageWithoutEnd(int pieceSize) {
        assertThat(refusalInPieces(DecodedStream.UNLIMITED, emptyFrames(MOST_FRAMES + 1), pieceSize))
                .isEqualTo("a message has more than 131072 frames");
    }

    @Test
    void refusesMessageWithoutEndOfLargeFramesAtTheLimit() {
        var frame = Zmtp.frame(Zmtp.MORE, Bodies.of(1, 5000));
        var stream = new DecodedStream(1_000_000);
        var fed = 0;
        var refusal = "";
        while (refusal.isEmpty() && fed < 1000) {
            refusal = refusal(stream, frame, frame.length);
            fed++;
        }
        assertThat(fed).isEqualTo(201);
        assertThat(refusal).contains("more than 1000000 bytes");
    }

    private static byte[] emptyFrames(int count) {
        var octets = new byte[2 * count];
        for (var i = 0; i < count; i++) {
            octets[2 * i] = Zmtp.MORE;
        }
        return octets;
    }

    // ---- commands

    @Test
    void refusesCommandWithMoreFlag() {
        assertThat(refusal(
                        DecodedStream.UNLIMITED,
                        Zmtp.frame(Zmtp.COMMAND | Zmtp.MORE, Zmtp.commandBody("PING", new byte[2]))))
                .isEqualTo("command frames must not have the MORE flag");
    }

    @Test
    void refusalOfACommandEndsTheStream() {
        var stream = new DecodedStream(DecodedStream.UNLIMITED);
        var decoder = new TrafficDecoder(stream.pipe.input(), -1, TrafficDecoderRefusalTest::refuse);
        var octets = ByteBuffer.wrap(Hex.join(Zmtp.message("a"), Zmtp.ping(0, ""), Zmtp.message("b")));

        assertThatThrownBy(() -> decoder.decode(octets))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("no PING here");
        stream.pipe.arrived(decoder.takeCount());
        assertThat(stream.messages()).containsExactly(Message.of("a"));
    }

    private static void refuse(Command command, boolean inMessage) throws ProtocolException {
        throw new ProtocolException("no " + command.name() + " here");
    }

    // ---- helpers

    /** Why the octets are refused, in one piece and octet by octet alike; empty if they are not. */
    private static String refusal(long limit, byte[] octets) {
        var whole = refusalInPieces(limit, octets, octets.length);
        if (octets.length < 10_000) {
            assertThat(refusalInPieces(limit, octets, 1)).as("octet by octet").isEqualTo(whole);
        }
        return whole;
    }

    private static String refusalInPieces(long limit, byte[] octets, int pieceSize) {
        return refusal(new DecodedStream(limit), octets, pieceSize);
    }

    private static String refusal(DecodedStream stream, byte[] octets, int pieceSize) {
        try {
            stream.feedInPieces(octets, pieceSize);
            return "";
        } catch (ProtocolException e) {
            return e.reason();
        }
    }
}
