package io.lingmq.cli.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lingmq.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines that stand for messages. */
class FormatTest {
    private static final String[] PIECES = {
        "\\", "x", "4", "1", "\t", "\n", "\r", "\0", "é", "零", "😀", "\"", "{}", "\u0085"
    };

    @ParameterizedTest
    @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = "RAW")
    void readsWhatItPrints(Format format) {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++) {
            var message = someMessage(random);
            var line = format.print(message);
            assertThat(line).doesNotContain("\n", "\r", "\0");
            assertThat(format.message(line)).as(line).isEqualTo(message);
        }
    }

    private static Message someMessage(Random random) {
        var frames = new ArrayList<byte[]>();
        for (var i = random.nextInt(3); i >= 0; i--) {
            frames.add(
                    random.nextBoolean() ? someBytes(random) : someText(random).getBytes(UTF_8));
        }
        return Message.wrapFrames(frames);
    }

    private static byte[] someBytes(Random random) {
        var bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String someText(Random random) {
        var text = new StringBuilder();
        for (var i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void textIsPrintedAsItIs() {
        var json = "{\"path\":\"C:\\\\temp\\n\", \"零\": \"\\u0041\"}";
        assertThat(Format.TEXT.print(Message.of("A", json))).isEqualTo("A\t" + json);
    }

    @Test
    void textEscapesOnlyWhatALineCannotHold() {
        assertThat(Format.TEXT.print(Message.of("a\tb\nc\\x41\\xyz\u0001")))
                .isEqualTo("a\\x09b\\x0ac\\x5cx41\\xyz\\x01");
        assertThat(Format.TEXT.print(Message.of(new byte[] {'a', (byte) 0xff, (byte) 0xc3})))
                .isEqualTo("a\\xff\\xc3");
    }

    @Test
    void textFrameMayHoldATab() {
        assertThat(Format.TEXT.frame("a\tb")).isEqualTo("a\tb".getBytes(UTF_8));
    }

    @Test
    void emptyLineIsOneEmptyFrame() {
        assertThat(Format.TEXT.message("")).isEqualTo(Message.empty());
        assertThat(Format.HEX.message("")).isEqualTo(Message.empty());
        assertThat(Format.TEXT.message("\t")).isEqualTo(Message.of("", ""));
    }

    @Test
    void jsonPrintsStringsAndHexForOtherBytes() {
        var message = Message.ofFrames(List.of("a\"\n零".getBytes(UTF_8), new byte[] {0, -1}));
        assertThat(Format.JSON.print(message)).isEqualTo("[\"a\\\"\\n零\",{\"hex\":\"00ff\"}]");
    }

    @Test
    void jsonReadsSpacesEscapesAndASingleFrame() {
        assertThat(Format.JSON.message(" [ \"\\u0041\\/\" , { \"hex\" : \"4142\" } ] "))
                .isEqualTo(Message.of("A/", "AB"));
        assertThat(Format.JSON.message("\"alone\"")).isEqualTo(Message.of("alone"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]",
                "[\"a\"",
                "[\"a\",]",
                "[1]",
                "{\"text\":\"a\"}",
                "[\"a\"]x",
                "[\"\\u00\"]",
                "[\"\\q\"]",
                "{\"hex\":\"0\"}",
                "nonsense"
            })
    void jsonOfAnotherKindIsRefused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> Format.JSON.message(line));
    }

    @Test
    void hexReadsBothCasesAndNamesWhatIsWrong() {
        assertThat(Format.HEX.message("4a4B\t")).isEqualTo(Message.of("JK", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Format.HEX.message("4"))
                .withMessageContaining("'4'");
    }
}
