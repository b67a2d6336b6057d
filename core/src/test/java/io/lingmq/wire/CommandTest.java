package io.lingmq.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @Test
    void framesCarryNameAndData() {
        assertThat(Hex.text(Command.frame(Command.PING, Hex.bytes("00 32")))).isEqualTo("04 07 04 50 49 4E 47 00 32");
        assertThat(Hex.text(Command.frame(Command.PONG, Zmtp.ascii("abc")))).isEqualTo("04 08 04 50 4F 4E 47 61 62 63");
        assertThat(Hex.text(Command.frame(Command.SUBSCRIBE, Zmtp.ascii("A"))))
                .isEqualTo("04 0B 09 53 55 42 53 43 52 49 42 45 41");
        assertThat(Hex.text(Command.frame(Command.CANCEL, Zmtp.ascii("A")))).isEqualTo("04 08 06 43 41 4E 43 45 4C 41");
    }

    /** libzmq up to 4.3.4 forgets the LONG flag here. */
    @ParameterizedTest
    @CsvSource({
        "SUBSCRIBE, 244, 04 FE",
        "SUBSCRIBE, 245, 04 FF",
        "SUBSCRIBE, 246, 06 00 00 00 00 00 00 01 00",
        "SUBSCRIBE, 249, 06 00 00 00 00 00 00 01 03",
        "SUBSCRIBE, 254, 06 00 00 00 00 00 00 01 08",
        "SUBSCRIBE, 255, 06 00 00 00 00 00 00 01 09",
        "SUBSCRIBE, 256, 06 00 00 00 00 00 00 01 0A",
        "CANCEL,    248, 04 FF",
        "CANCEL,    249, 06 00 00 00 00 00 00 01 00",
        "CANCEL,    255, 06 00 00 00 00 00 00 01 06",
        "CANCEL,    256, 06 00 00 00 00 00 00 01 07",
    })
    void longTopicsAreFramedCorrectly(String name, int topicLength, String header) {
        assertThat(Hex.text(Command.frame(name, new byte[topicLength]))).startsWith(header + " 0" + name.length());
    }

    @Test
    void readsNameAndData() throws ProtocolException {
        var command = parse("04 50 49 4E 47 00 32 61");

        assertThat(command.name()).isEqualTo("PING");
        assertThat(command.dataBytes()).isEqualTo(Hex.bytes("00 32 61"));
        assertThat(command.data().remaining())
                .as("reading leaves the data as it was")
                .isEqualTo(3);
    }

    /** As libzmq's PLAIN servers refuse; a name of 94 octets that begins so is a name. */
    @Test
    void errorWithoutTheLengthOfItsNameIsOneInAHandshakeOnly() throws ProtocolException {
        var octets = Hex.bytes("5E 52 52 4F 52 03 34 30 30");

        assertThat(Command.errorReason(Command.parseInHandshake(octets, octets.length)))
                .isEqualTo("400");
        assertThatThrownBy(() -> Command.parse(octets, octets.length)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> Command.errorReason(Command.parseInHandshake(octets, 5)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("an ERROR command's reason is longer than the command");
        var name = Zmtp.ascii("^RROR" + "x".repeat(90));
        assertThat(Command.parseInHandshake(name, name.length).name()).isEqualTo("RROR" + "x".repeat(90));
    }

    @Test
    void errorTellsAtMost255OctetsOfItsReason() throws ProtocolException {
        assertThat(Command.errorFrame("400")).isEqualTo(Zmtp.error("400"));
        assertThat(Command.errorFrame("x".repeat(256))).isEqualTo(Zmtp.error("x".repeat(255)));
    }

    @Test
    void readsNoMoreThanItsLength() throws ProtocolException {
        var command = Command.parse(Hex.bytes("01 41 42 43 44"), 3);

        assertThat(command.dataBytes()).isEqualTo(Hex.bytes("42"));
        assertThat(command.data().capacity()).isEqualTo(1);
    }

    @Test
    void readsNameThatFillsTheBody() throws ProtocolException {
        assertThat(parse("05 52 45 41 44 59").dataBytes()).isEmpty();
        assertThat(parse("FF" + " 41".repeat(255)).name()).isEqualTo("A".repeat(255));
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "00, 1", "00 41, 2", "01, 1", "05 52 45 41 44, 5", "FF 41, 2"})
    void refusesNameThatIsEmptyOrLongerThanTheBody(String hex, int size) {
        assertThatThrownBy(() -> parse(hex))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("a command's name must have 1 to 255 octets within its body of " + size);
    }

    @Test
    void errorReasonIsCleanedForPrinting() throws ProtocolException {
        assertThat(reason("02 6E 6F")).isEqualTo("no");
        assertThat(reason("00")).isEmpty();
        assertThat(reason("03 6E 6F 21 7A 7A"))
                .as("octets behind the reason are ignored")
                .isEqualTo("no!");
        assertThat(reason("06 0A 1B 41 7F C3 A4")).isEqualTo("??A???");
        assertThat(reason("FF" + " 42".repeat(255))).isEqualTo("B".repeat(255));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "05 6E 6F", "FF 41"})
    void refusesErrorReasonPastTheEnd(String data) {
        assertThatThrownBy(() -> reason(data))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("an ERROR command's reason is longer than the command");
    }

    @Test
    void refusalCarriesNoStackTrace() {
        var refusal = new ProtocolException("because");

        assertThat(refusal.reason()).isEqualTo("because");
        assertThat(refusal.getStackTrace()).isEmpty();
    }

    private static Command parse(String hex) throws ProtocolException {
        var body = Hex.bytes(hex);
        return Command.parse(body, body.length);
    }

    private static String reason(String data) throws ProtocolException {
        return Command.errorReason(new Command(Command.ERROR, ByteBuffer.wrap(Hex.bytes(data))));
    }
}
