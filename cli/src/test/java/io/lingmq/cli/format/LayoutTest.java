package io.lingmq.cli.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lingmq.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates for what is printed of a message. */
class LayoutTest {
    private static final Receipt SEVENTH = new Receipt(7, Instant.parse("2026-12-01T17:02:49.120Z"), true);

    private static String print(String template, Message message) {
        return new String(Layout.of(template).print(message, SEVENTH), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {
                "%t %s|worker 温度 21",
                "%1/%2/%3/%4|worker//温度 21/",
                "%n %S %A|3 9 15",
                "%i %T %e|7 2026-12-01T17:02:49.120Z 1796144569120",
                "%j|[\"worker\",\"\",\"温度 21\"]",
                "%r%%|worker%",
            })
    void fieldsAreFilled(String template, String printed) {
        assertThat(print(template, Message.of("worker", "", "温度 21"))).isEqualTo(printed);
    }

    @Test
    void escapesStandForControlCharacters() {
        assertThat(print("%s\\n\\r\\t\\0\\\\", Message.of("x"))).isEqualTo("x\n\r\t\0\\");
    }

    @Test
    void strangersOctetsAreEscapedInFields() {
        assertThat(print("%s", Message.of("\u001b[2J"))).isEqualTo("\\x1b[2J");
    }

    @Test
    void onlyOneFrameIsTopicAndBody() {
        assertThat(print("%t|%s|%2", Message.of("x"))).isEqualTo("x|x|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%q", "100%", "\\d", "a\\"})
    void unknownFieldIsRefused(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layout.of(template))
                .withMessageStartingWith("write fields as ");
    }

    @Test
    void rawIsOctetsWithNothingBetween() {
        var message = Message.wrapFrames(List.of(new byte[] {1, (byte) 0xff}, new byte[] {0}));
        assertThat(Layout.of("RAW").print(message, SEVENTH)).containsExactly(1, 0xff, 0);
    }
}
