package io.lingmq.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VisibleTest {
    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(Visible.text("Käthe 猫 😀 \\ \"")).isEqualTo("Käthe 猫 😀 \\ \"");
    }

    @Test
    void whatATerminalWouldObeyIsEscaped() {
        assertThat(Visible.text("\u001b[2J\u0000\u007f\u009b\n\t"))
                .isEqualTo("\\u001b[2J\\u0000\\u007f\\u009b\\u000a\\u0009");
    }

    @Test
    void whatTurnsTheDirectionOfWritingIsEscaped() {
        assertThat(Visible.text("a\u202eb\u2028\ud800")).isEqualTo("a\\u202eb\\u2028\\ud800");
    }

    @Test
    void jsonHasItsQuotes() {
        assertThat(Visible.json("a\"b\\c\n")).isEqualTo("\"a\\\"b\\\\c\\u000a\"");
    }

    @Test
    void namesThatAreNoTextAreHex() {
        assertThat(Visible.name("worker-1".getBytes(StandardCharsets.US_ASCII))).isEqualTo("worker-1");
        assertThat(Visible.name(new byte[] {0, 1, (byte) 0xff})).isEqualTo("0x0001ff");
        assertThat(Visible.name("a b".getBytes(StandardCharsets.US_ASCII))).isEqualTo("0x612062");
        assertThat(Visible.jsonName(new byte[] {0})).isEqualTo("{\"hex\":\"00\"}");
    }
}
