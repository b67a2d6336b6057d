package io.lingmq.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataTest {
    private static final String SOCKET_TYPE = "05 52 45 41 44 59 0B 53 6F 63 6B 65 74 2D 54 79 70 65 ";
    private static final String NO_IDENTITY = " 08 49 64 65 6E 74 69 74 79 00 00 00 00";

    /** What libzmq 4.3.4 sends. */
    @ParameterizedTest
    @CsvSource({
        "PAIR,   false, 04 1A, 00 00 00 04 50 41 49 52",
        "PUB,    false, 04 19, 00 00 00 03 50 55 42",
        "SUB,    false, 04 19, 00 00 00 03 53 55 42",
        "REQ,    true,  04 26, 00 00 00 03 52 45 51",
        "REP,    false, 04 19, 00 00 00 03 52 45 50",
        "DEALER, true,  04 29, 00 00 00 06 44 45 41 4C 45 52",
        "ROUTER, true,  04 29, 00 00 00 06 52 4F 55 54 45 52",
    })
    void readyFramesAreThoseOfLibzmq(String type, boolean withIdentity, String header, String value) {
        var metadata = Metadata.none().with(Metadata.SOCKET_TYPE, type);
        if (withIdentity) {
            metadata = metadata.with(Metadata.IDENTITY, new byte[0]);
        }

        assertThat(Hex.text(Command.frame(Command.READY, metadata.encode())))
                .isEqualTo(header + " " + SOCKET_TYPE + value + (withIdentity ? NO_IDENTITY : ""));
    }

    @Test
    void socketTypeTravelsFirstThenIdentityThenAllElse() {
        var metadata = Metadata.none()
                .with("X-colour", "red")
                .with(Metadata.IDENTITY, "me")
                .with("A-first", "1")
                .with(Metadata.SOCKET_TYPE, "REQ");

        assertThat(metadata.encode())
                .isEqualTo(Hex.join(
                        Zmtp.property("Socket-Type", "REQ"),
                        Zmtp.property("Identity", "me"),
                        Zmtp.property("A-first", "1"),
                        Zmtp.property("X-colour", "red")));
    }

    @Test
    void readsWhatItWrites() throws ProtocolException {
        var written =
                Metadata.none().with("Socket-Type", "PUB").with("X-empty", "").with("X-long", new byte[70_000]);

        var read = Metadata.parse(ByteBuffer.wrap(written.encode()));

        assertThat(read.asMap()).containsOnlyKeys("Socket-Type", "X-empty", "X-long");
        assertThat(read.text("Socket-Type")).isEqualTo("PUB");
        assertThat(read.value("X-empty")).isEmpty();
        assertThat(read.value("X-long")).hasSize(70_000);
    }

    @Test
    void namesAreFoundInAnyCase() throws ProtocolException {
        var metadata = parse(Zmtp.property("SOCKET-type", "SUB"));

        assertThat(metadata.text(Metadata.SOCKET_TYPE)).isEqualTo("SUB");
        assertThat(metadata.value("nothing")).isNull();
        assertThat(metadata.text("nothing")).isNull();
    }

    @Test
    void addingLeavesTheOriginalAlone() {
        var one = Metadata.none().with("A", "1");
        var two = one.with("a", "2");

        assertThat(one.text("A")).isEqualTo("1");
        assertThat(two.text("A")).isEqualTo("2");
        assertThat(Metadata.none().asMap()).isEmpty();
        assertThatThrownBy(() -> one.asMap().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void nothingAtAllIsAccepted() throws ProtocolException {
        assertThat(parse().asMap()).isEmpty();
    }

    @Test
    void firstOfTwoPropertiesWithOneNameWins() throws ProtocolException {
        assertThat(parse(Zmtp.property("X-a", "1"), Zmtp.property("x-A", "2")).text("X-a"))
                .isEqualTo("1");
    }

    @Test
    void refusesTwoSocketTypes() {
        assertThatThrownBy(() -> parse(Zmtp.property("Socket-Type", "PUB"), Zmtp.property("socket-type", "PUB")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the metadata names the socket type twice");
    }

    @Test
    void refusesEveryTruncation() {
        var whole = Hex.join(Zmtp.property("Socket-Type", "PUB"), Zmtp.property("X-a", "b"));
        var boundary = Zmtp.property("Socket-Type", "PUB").length;
        for (var cut = 1; cut < whole.length; cut++) {
            if (cut == boundary) {
                continue;
            }
            var octets = Arrays.copyOf(whole, cut);
            assertThatThrownBy(() -> parse(octets))
                    .as("cut at %d", cut)
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("metadata");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "05 41 42                      | metadata name claims 5 octets where 2 are left",
                "41                            | metadata name claims 65 octets where 0 are left",
                "01 41                         | metadata property A is cut off within its value's length",
                "01 41 00 00 00                | metadata property A is cut off within its value's length",
                "01 41 00 00 00 02 42          | metadata value of A claims 2 octets where 1 are left",
                "01 41 FF FF FF FF 42          | metadata value of A claims 4294967295 octets where 1 are left",
                "01 41 7F FF FF FF 42          | metadata value of A claims 2147483647 octets where 1 are left",
                "01 41 80 00 00 00 42          | metadata value of A claims 2147483648 octets where 1 are left",
                "00 00 00 00 00                | a metadata property has an empty name; names have 1 to 255 octets",
                "01 41 00 00 00 00 00          | a metadata property has an empty name; names have 1 to 255 octets",
                "01 41 00 00 00 00 07          | metadata name claims 7 octets where 0 are left",
            })
    void refusesMalformedProperties(String hex, String reason) {
        assertThatThrownBy(() -> parse(Hex.bytes(hex)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(reason);
    }

    @Test
    void refusesMoreThanAThousandProperties() throws ProtocolException {
        var thousand = properties(1000);
        assertThat(parse(thousand).asMap()).hasSize(1000);

        assertThatThrownBy(() -> parse(thousand, Zmtp.property("one-more", "")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("more than 1000 metadata properties");
    }

    private static byte[] properties(int count) {
        return Hex.join(IntStream.range(0, count)
                .mapToObj(i -> Zmtp.property("X-" + i, ""))
                .toArray(byte[][]::new));
    }

    private static Metadata parse(byte[]... properties) throws ProtocolException {
        return Metadata.parse(ByteBuffer.wrap(Hex.join(properties)));
    }

    @Test
    void isTextInUtf8WhereSomebodyLooksAtIt() {
        var texts = Metadata.none()
                .with("X-name", "Käthe".getBytes(StandardCharsets.UTF_8))
                .with("X-octets", new byte[] {(byte) 0xFF, 'a', 27})
                .asTexts();

        assertThat(texts).containsEntry("X-name", "Käthe").containsEntry("X-octets", "\uFFFDa\u001B");
        assertThat(texts.get("x-NAME")).isEqualTo("Käthe");
    }
}
