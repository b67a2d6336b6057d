package io.lingmq.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.OldZmtp;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Zmtp1FrameTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 01 00",
        "1, 0, 01 01",
        "0, 1, 02 00",
        "0, 253, FE 00",
        "0, 254, FF 00 00 00 00 00 00 00 FF 00",
        "1, 255, FF 00 00 00 00 00 00 01 00 01",
        "1, 65535, FF 00 00 00 00 00 01 00 00 01",
    })
    void headerCountsTheFlagsOctet(int flags, int bodySize, String header) {
        var octets = Zmtp1Frame.of(flags, Bodies.of(1, bodySize));

        assertThat(Hex.text(Arrays.copyOf(octets, Zmtp1Frame.headerSize(octets[0] & 0xFF))))
                .isEqualTo(header);
        assertThat(octets).isEqualTo(OldZmtp.frame1(flags, Bodies.of(1, bodySize)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 252, 253, 254, 255, 256, 8191, 8192, 8193, 70_000})
    void headerIsReadAsItWasWritten(int bodySize) {
        for (var flags : new int[] {0, Frame.MORE}) {
            var octets = Zmtp1Frame.of(flags, new byte[bodySize]);

            assertThat(Zmtp1Frame.bodySize(octets)).isEqualTo(bodySize);
            assertThat(Zmtp1Frame.flags(octets)).isEqualTo(flags);
        }
    }

    @Test
    void reservedFlagsMeanNothing() {
        assertThat(Zmtp1Frame.flags(Hex.bytes("03 7E 41 42"))).isZero();
        assertThat(Zmtp1Frame.flags(Hex.bytes("03 7F 41 42"))).isEqualTo(Frame.MORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00",
                "FF 00 00 00 00 00 00 00 00 00",
                "FF 80 00 00 00 00 00 00 00 00",
                "FF FF FF FF FF FF FF FF FF 00"
            })
    void lengthWithoutRoomForTheFlagsIsNone(String header) {
        assertThat(Zmtp1Frame.bodySize(Hex.bytes(header))).isNegative();
    }
}
