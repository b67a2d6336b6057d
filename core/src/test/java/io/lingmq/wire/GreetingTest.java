package io.lingmq.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingTest {
    private static final String ZEROS_16 = " 00".repeat(16);
    private static final String ZEROS_31 = " 00".repeat(31);

    @Test
    void encodesAllOctets() {
        assertThat(Hex.text(Greeting.encode(0, "NULL", false)))
                .isEqualTo("FF 00 00 00 00 00 00 00 01 7F 03 01 4E 55 4C 4C" + ZEROS_16 + " 00" + ZEROS_31);
    }

    @ParameterizedTest
    @CsvSource({"0, 00 01", "2, 00 03", "254, 00 FF", "255, 01 00"})
    void paddingTellsAnOldPeerTheLengthOfTheRoutingId(int length, String lastTwo) {
        assertThat(Hex.text(Greeting.encode(length, "NULL", false)))
                .startsWith("FF 00 00 00 00 00 00 " + lastTwo + " 7F 03 01");
    }

    @Test
    void serverSaysSo() {
        var server = Greeting.encode(0, "PLAIN", true);

        assertThat(server[32]).isEqualTo((byte) 1);
        assertThat(Hex.text(Arrays.copyOfRange(server, 12, 32))).isEqualTo("50 4C 41 49 4E" + " 00".repeat(15));
    }

    @Test
    void ownGreetingIsUnderstood() {
        assertThat(Greeting.parse(Greeting.encode(5, "CURVE", true)))
                .isEqualTo(new Greeting(Dialect.ZMTP_3_1, "CURVE", true));
    }

    @Test
    void paddingAndFillerAndARoleThatIsNoneMeanNothing() throws ProtocolException {
        var octets = Zmtp.greeting();
        Arrays.fill(octets, 1, 9, (byte) 0xA5);
        Arrays.fill(octets, 32, 64, (byte) 0xA5);

        assertThat(Greeting.mayHaveVersion(octets, Greeting.SIGNATURE_SIZE)).isTrue();

        assertThat(Greeting.parse(octets)).isEqualTo(new Greeting(Dialect.ZMTP_3_1, "NULL", false));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, ZMTP_1_0",
        "1, 0, ZMTP_2_0",
        "2, 0, ZMTP_3_1",
        "3, 0, ZMTP_3_0",
        "3, 1, ZMTP_3_1",
        "3, 2, ZMTP_3_1",
        "3, 255, ZMTP_3_1",
        "4, 0, ZMTP_3_1",
        "255, 0, ZMTP_3_1",
    })
    void versionTellsTheDialect(int major, int minor, Dialect understood) {
        assertThat(Greeting.parse(Zmtp.greeting(major, minor, "NULL")).dialect())
                .isEqualTo(understood);
    }

    @Test
    void mechanismIsAllThatStandsBeforeItsPadding() {
        assertThat(Greeting.parse(Zmtp.greeting(3, 1, "ABCDEFGHIJKLMNOPQRST")).mechanism())
                .isEqualTo("ABCDEFGHIJKLMNOPQRST");
        assertThat(Greeting.parse(Zmtp.greeting(3, 1, "")).mechanism()).isEmpty();
        assertThat(Greeting.parse(Zmtp.greeting(3, 1, "NULL\0GARBAGE")).mechanism())
                .isEqualTo("NULL\0GARBAGE");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7F, 0x01, 0xFF})
    void onlyTheLastBitOfTheSignatureCounts(int octet) {
        var octets = Zmtp.greeting();
        octets[9] = (byte) octet;

        assertThat(Greeting.mayHaveVersion(octets, 10)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7E, 0x00, 0xFE})
    void withoutTheLastBitThereIsNoVersion(int octet) {
        var octets = Zmtp.greeting();
        octets[9] = (byte) octet;

        assertThat(Greeting.mayHaveVersion(octets, 9)).isTrue();
        assertThat(Greeting.mayHaveVersion(octets, 10)).isFalse();
    }

    @Test
    void whatDoesNotBeginWithFfHasNoVersion() {
        for (var first = 0; first < 255; first++) {
            assertThat(Greeting.mayHaveVersion(new byte[] {(byte) first}, 1)).isFalse();
        }
    }

    @Test
    void impostorsAreToldWhatTheySent() {
        assertThat(Greeting.impostor(Hex.bytes("05 01 02"), 3))
                .hasMessage(
                        "the peer does not speak ZMTP: it sent 05 01 02; a greeting begins with the octet FF, and that"
                                + " of ZMTP 1.0 with a frame of at most 255 octets");
    }
}
