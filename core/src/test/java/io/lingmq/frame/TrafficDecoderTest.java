package io.lingmq.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a well-behaved peer sends, in pieces of every size. {@link TrafficDecoderRefusalTest} has the others. */
class TrafficDecoderTest {
    /** Messages of all shapes, with commands between them and inside of them. */
    private static final byte[] RECORDING = Hex.join(
            Zmtp.message("one"),
            Zmtp.message(""),
            Zmtp.ping(0, "between"),
            Zmtp.message("a", "", "ccc"),
            Zmtp.frame(Zmtp.MORE, Zmtp.ascii("begun")),
            Zmtp.ping(50, "inside"),
            Zmtp.frame(Zmtp.MORE, new byte[0]),
            Zmtp.command("X-UNKNOWN", new byte[300]),
            Zmtp.frame(0, Zmtp.ascii("ended")),
            Zmtp.subscribe("news"),
            Zmtp.frame(0, Bodies.of(1, 255)),
            Zmtp.frame(Zmtp.MORE, Bodies.of(2, 256)),
            Zmtp.frame(0, Bodies.of(3, 4096)),
            Zmtp.subscribe("sport"),
            Zmtp.longFrame(0, 3, Zmtp.ascii("odd")),
            Zmtp.longFrame(Zmtp.MORE, 0, new byte[0]),
            Zmtp.longFrame(0, 0, new byte[0]),
            Zmtp.longFrame(Zmtp.COMMAND, 5, Zmtp.commandBody("PONG", new byte[0])),
            Zmtp.frame(0, Bodies.of(4, 5000)),
            Zmtp.message("last"));

    private static final List<Message> MESSAGES = List.of(
            Message.of("one"),
            Message.empty(),
            Message.of("a", "", "ccc"),
            Message.of("begun", "", "ended"),
            Message.of("subscription to news"),
            Message.of(Bodies.of(1, 255)),
            Message.of(Bodies.of(2, 256), Bodies.of(3, 4096)),
            Message.of("subscription to sport"),
            Message.of("odd"),
            Message.of("", ""),
            Message.of(Bodies.of(4, 5000)),
            Message.of("last"));

    private static final List<String> COMMANDS = List.of(
            "PING \0\0between",
            "inside PING \0" + "2inside",
            "inside X-UNKNOWN " + "\0".repeat(300),
            "SUBSCRIBE news",
            "SUBSCRIBE sport",
            "PONG ");

    private static DecodedStream stream() {
        return new DecodedStream(DecodedStream.UNLIMITED);
    }

    private static void assertIsTheRecording(DecodedStream stream, String how) {
        assertThat(stream.messages()).as(how).isEqualTo(MESSAGES);
        assertThat(stream.commands).as(how).isEqualTo(COMMANDS);
    }

    @Test
    void onePieceGivesMessagesAndCommands() throws ProtocolException {
        assertIsTheRecording(stream().feed(RECORDING), "in one piece");
    }

    @Test
    void discardsMessagesFromAnyPlaceOnAndGoesOnHearingCommands() throws ProtocolException {
        for (var cut = 0; cut <= RECORDING.length; cut++) {
            var stream = stream().feed(Arrays.copyOf(RECORDING, cut));
            stream.discard().feed(Arrays.copyOfRange(RECORDING, cut, RECORDING.length));
            var whole = stream.messages();
            assertThat(whole).as("cut at " + cut).isEqualTo(MESSAGES.subList(0, whole.size()));
            assertThat(stream.commands).as("cut at " + cut).isEqualTo(COMMANDS);
        }
        assertThat(stream().discard().feed(RECORDING).messages()).isEmpty();
    }

    @Test
    void everyCutGivesTheSame() throws ProtocolException {
        for (var cut = 1; cut < RECORDING.length; cut++) {
            var stream = stream()
                    .feed(Arrays.copyOf(RECORDING, cut))
                    .feed(Arrays.copyOfRange(RECORDING, cut, RECORDING.length));
            assertIsTheRecording(stream, "cut at " + cut);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 9, 10, 64, 255, 256, 1000, 4096})
    void piecesOfOneSizeGiveTheSame(int size) throws ProtocolException {
        assertIsTheRecording(stream().feedInPieces(RECORDING, size), "in pieces of " + size);
    }

    @Test
    void piecesOfRandomSizesGiveTheSame() throws ProtocolException {
        var random = Seed.random("TrafficDecoderTest.piecesOfRandomSizesGiveTheSame");
        for (var round = 0; round < 500; round++) {
            var stream = stream();
            var most = 1 + random.nextInt(300);
            for (var at = 0; at < RECORDING.length; ) {
                var size = Math.min(1 + random.nextInt(most), RECORDING.length - at);
                stream.feed(ByteBuffer.wrap(RECORDING, at, size));
                at += size;
            }
            assertIsTheRecording(stream, "round " + round);
        }
    }

    @Test
    void directBufferGivesTheSame() throws ProtocolException {
        var direct = ByteBuffer.allocateDirect(RECORDING.length).put(RECORDING).flip();

        assertIsTheRecording(stream().feed(direct), "from a direct buffer");
    }

    @Test
    void messageAppearsWithItsLastOctetAndNotBefore() throws ProtocolException {
        var stream = stream();
        var octets = Hex.join(Zmtp.frame(Zmtp.MORE, Bodies.of(1, 300)), Zmtp.frame(0, Bodies.of(2, 4096)));

        stream.feed(Arrays.copyOf(octets, octets.length - 1));
        assertThat(stream.pipe.canReceive()).isFalse();

        stream.feed(new byte[] {octets[octets.length - 1]});
        assertThat(stream.messages()).containsExactly(Message.of(Bodies.of(1, 300), Bodies.of(2, 4096)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 254, 255, 256, 257, 4095, 4096, 4097, 262_143, 262_144, 262_145, 300_000, 1 << 20})
    void bodiesOfEverySizeAreWhole(int size) throws ProtocolException {
        var body = Bodies.of(size, size);
        var octets = Hex.join(
                Zmtp.message("before"), Zmtp.frame(Zmtp.MORE, body), Zmtp.frame(0, body), Zmtp.message("after"));
        var expected = List.of(Message.of("before"), Message.of(body, body), Message.of("after"));

        assertThat(stream().feed(octets).messages()).isEqualTo(expected);
        assertThat(stream().feedInPieces(octets, 65_536).messages()).isEqualTo(expected);
        assertThat(stream().feedInPieces(octets, 1000).messages()).isEqualTo(expected);
        assertThat(stream().feedInPieces(octets, 13).messages()).isEqualTo(expected);
    }

    /** Reserved bits mean nothing; MORE, LONG and COMMAND do; the next frame is never misread. */
    @Test
    void everyFlagOctetIsUnderstood() throws ProtocolException {
        for (var flags = 0; flags < 256; flags++) {
            for (var size : new int[] {0, 1, 2, 255, 256}) {
                var isLong = (flags & Zmtp.LONG) != 0;
                if (size > 255 && !isLong) {
                    continue;
                }
                var octets = Hex.join(frame(flags, isLong, size), Zmtp.message("next"));
                for (var pieceSize : new int[] {octets.length, 1}) {
                    check(flags, size, octets, pieceSize);
                }
            }
        }
    }

    private static byte[] frame(int flags, boolean isLong, int size) {
        var body = new byte[size];
        return isLong ? Zmtp.longFrame(flags, size, body) : Hex.join(new byte[] {(byte) flags, (byte) size}, body);
    }

    private static void check(int flags, int size, byte[] octets, int pieceSize) {
        var how = "flags " + flags + ", size " + size + ", pieces of " + pieceSize;
        var stream = stream();
        var refusal = "";
        try {
            stream.feedInPieces(octets, pieceSize);
        } catch (ProtocolException e) {
            refusal = e.reason();
        }
        var isCommand = (flags & Zmtp.COMMAND) != 0;
        var hasMore = (flags & Zmtp.MORE) != 0;
        var next = Message.of("next");
        var expected = new ArrayList<Message>();
        if (!isCommand && hasMore) {
            expected.add(next.withFirst(new byte[size]));
        } else if (!isCommand) {
            expected.addAll(List.of(Message.of(new byte[size]), next));
        } else if (!hasMore) {
            expected.add(next);
        }
        assertThat(refusal).as(how).isEqualTo(isCommand && hasMore ? "command frames must not have the MORE flag" : "");
        assertThat(stream.messages()).as(how).isEqualTo(expected);
        assertThat(stream.commands)
                .as(how + ": a body of zeros names no command")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"04 00", "04 01 00", "04 02 02 41", "04 03 FF 41 42", "06 00 00 00 00 00 00 00 00"})
    void commandWithoutAProperNameIsIgnored(String hex) throws ProtocolException {
        for (var pieceSize : new int[] {100, 1}) {
            var octets = Hex.join(Zmtp.message("a"), Hex.bytes(hex), Zmtp.message("b"));
            var stream = stream().feedInPieces(octets, pieceSize);

            assertThat(stream.messages()).containsExactly(Message.of("a"), Message.of("b"));
            assertThat(stream.commands).isEmpty();
        }
    }

    @Test
    void longCommandIsHandedOverWhole() throws ProtocolException {
        var topic = "t".repeat(100_000);

        var stream = stream().feedInPieces(Zmtp.subscribe(topic), 777);

        assertThat(stream.commands).containsExactly("SUBSCRIBE " + topic);
    }

    @Test
    void countsEachMessageOnce() throws ProtocolException {
        var decoder = new TrafficDecoder(stream().pipe.input(), -1, (command, inMessage) -> {});

        decoder.decode(ByteBuffer.wrap(Hex.join(Zmtp.message("a"), Zmtp.message("b", "c"), Zmtp.ping(0, ""))));
        assertThat(decoder.takeCount()).isEqualTo(2);
        assertThat(decoder.takeCount()).isZero();

        decoder.insert(Zmtp.ascii("d"));
        assertThat(decoder.takeCount()).isEqualTo(1);
    }
}
