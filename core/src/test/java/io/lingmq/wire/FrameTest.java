package io.lingmq.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0,                   00 00",
        "1, 0,                   01 00",
        "0, 1,                   00 01",
        "4, 26,                  04 1A",
        "0, 255,                 00 FF",
        "0, 256,                 02 00 00 00 00 00 00 01 00",
        "1, 256,                 03 00 00 00 00 00 00 01 00",
        "4, 65536,               06 00 00 00 00 00 01 00 00",
        "0, 2147483648,          02 00 00 00 00 80 00 00 00",
        "0, 9223372036854775807, 02 7F FF FF FF FF FF FF FF",
    })
    void headerHasTheShortFormUpTo255(int flags, long size, String expected) {
        var header = new byte[Frame.headerSize(size)];

        assertThat(Frame.putHeader(header, 0, flags, size)).isEqualTo(header.length);

        assertThat(Hex.text(header)).isEqualTo(expected);
    }

    @Test
    void headerGoesWhereItIsToldAndNowhereElse() {
        var octets = Hex.bytes("AA AA AA AA AA AA AA AA AA AA AA AA");

        assertThat(Frame.putHeader(octets, 1, Frame.MORE, 7)).isEqualTo(3);
        assertThat(Hex.text(octets)).isEqualTo("AA 01 07 AA AA AA AA AA AA AA AA AA");

        assertThat(Frame.putHeader(octets, 2, 0, 300)).isEqualTo(11);
        assertThat(Hex.text(octets)).isEqualTo("AA 01 02 00 00 00 00 00 00 01 2C AA");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 70_000})
    void wholeFrameIsHeaderAndBody(int size) {
        var body = new byte[size];
        Arrays.fill(body, (byte) 'x');

        var frame = Frame.of(Frame.MORE, body);

        assertThat(frame).hasSize(Frame.headerSize(size) + size).endsWith(body);
        assertThat(frame[0]).isEqualTo((byte) (size > Frame.SHORT_MAX ? Frame.MORE | Frame.LONG : Frame.MORE));
    }
}
