package io.lingmq.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        assertThat(Greeting.parse(Greeting.encode(5, "CURVE", true))).isEqualTo(new Greeting(1, "CURVE"));
    }

    @Test
    void paddingRoleAndFillerMeanNothing() throws ProtocolException {
        var octets = Zmtp.greeting();
        Arrays.fill(octets, 1, 9, (byte) 0xA5);
        Arrays.fill(octets, 32, 64, (byte) 0xA5);

        Greeting.checkSignature(octets, Greeting.SIGNATURE_SIZE);

        assertThat(Greeting.parse(octets)).isEqualTo(new Greeting(1, "NULL"));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, 0, false",
        "3, 1, 1, true",
        "3, 2, 2, true",
        "3, 255, 255, true",
        "2, 0, 1, true",
        "4, 0, 1, true",
        "255, 0, 1, true",
    })
    void versionTellsHowSubscriptionsTravel(int major, int minor, int understood, boolean byCommand) {
        var greeting = Greeting.parse(Zmtp.greeting(major, minor, "NULL"));

        assertThat(greeting.minor()).isEqualTo(understood);
        assertThat(greeting.hasSubscribeCommand()).isEqualTo(byCommand);
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

        assertThatCode(() -> Greeting.checkSignature(octets, 10)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7E, 0x00, 0xFE})
    void refusesUnversionedPeer(int octet) {
        var octets = Zmtp.greeting();
        octets[9] = (byte) octet;

        assertThatCode(() -> Greeting.checkSignature(octets, 9)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Greeting.checkSignature(octets, 10))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the peer speaks ZMTP 1.0, which is not supported; versions from 3.0 are");
    }

    @Test
    void refusesWhatDoesNotBeginWithFf() {
        assertThatThrownBy(() -> Greeting.checkSignature(Hex.bytes("00 01 02"), 3))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the peer does not speak ZMTP 3: it sent 00 01 02; a greeting begins with the octet FF");
    }

    @ParameterizedTest
    @CsvSource({"0, 1.0", "1, 2.0"})
    void refusesOldVersion(int major, String version) {
        assertThatThrownBy(() -> Greeting.checkMajor(major))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the peer speaks ZMTP " + version + ", which is not supported; versions from 3.0 are");
    }

    @Test
    void takesEveryNewerVersion() {
        for (var major = 2; major <= 255; major++) {
            var announced = major;
            assertThatCode(() -> Greeting.checkMajor(announced))
                    .as("major %d", major)
                    .doesNotThrowAnyException();
        }
    }
}
