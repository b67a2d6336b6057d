package io.lingmq.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandCollectorTest {
    private final CommandCollector collector = new CommandCollector(100_000);

    private byte[] collected() {
        return Arrays.copyOf(collector.body(), collector.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 511, 513, 100_000})
    void collectsAFrameThatComesAtOnce(int size) throws ProtocolException {
        var body = Bodies.of(1, size);
        var in = ByteBuffer.wrap(Hex.join(Zmtp.frame(Zmtp.COMMAND, body), Hex.bytes("AA")));

        assertThat(collector.collect(in)).isTrue();

        assertThat(collected()).isEqualTo(body);
        assertThat(collector.flags() & Zmtp.COMMAND).isNotZero();
        assertThat(in.remaining()).as("what follows is not touched").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 1000})
    void collectsAFrameThatComesOctetByOctet(int size) throws ProtocolException {
        var body = Bodies.of(1, size);
        var frame = Zmtp.frame(Zmtp.COMMAND, body);
        for (var i = 0; i < frame.length; i++) {
            assertThat(collector.collect(ByteBuffer.wrap(frame, i, 1)))
                    .as("octet %d", i)
                    .isEqualTo(i == frame.length - 1);
        }
        assertThat(collected()).isEqualTo(body);
    }

    @Test
    void collectsOneFrameAfterAnother() throws ProtocolException {
        for (var size : new int[] {300, 0, 5, 70_000, 256}) {
            var body = Bodies.of(size, size);
            assertThat(collector.collect(ByteBuffer.wrap(Zmtp.frame(0, body)))).isTrue();
            assertThat(collected()).isEqualTo(body);
            collector.reset();
        }
    }

    @Test
    void longFormMayBeShort() throws ProtocolException {
        assertThat(collector.collect(ByteBuffer.wrap(Zmtp.longFrame(Zmtp.COMMAND, 1, Hex.bytes("41")))))
                .isTrue();
        assertThat(collected()).isEqualTo(Hex.bytes("41"));
        assertThat(collector.flags()).isEqualTo(Zmtp.COMMAND | Zmtp.LONG);
    }

    @Test
    void canBeginBehindAHeaderReadElsewhere() throws ProtocolException {
        collector.begin(Zmtp.COMMAND, 3);

        assertThat(collector.collect(ByteBuffer.wrap(Hex.bytes("01 02")))).isFalse();
        assertThat(collector.collect(ByteBuffer.wrap(Hex.bytes("03 04")))).isTrue();
        assertThat(collected()).isEqualTo(Hex.bytes("01 02 03"));
    }

    @ParameterizedTest
    @CsvSource({"100001, 100001", "9223372036854775807, 9223372036854775807", "-1, 18446744073709551615"})
    void refusesMoreThanItsLimit(long size, String shown) {
        var text = "the peer announces a command of " + shown + " bytes; the most accepted is 100000";

        assertThatThrownBy(() -> collector.collect(ByteBuffer.wrap(Zmtp.longFrame(4, size, new byte[0]))))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(text);
        assertThatThrownBy(() -> new CommandCollector(100_000).begin(4, size))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(text);
    }

    @Test
    void arrayGrowsWithWhatHasComeAndNotWithWhatWasAnnounced() throws ProtocolException {
        var patient = new CommandCollector(Integer.MAX_VALUE);
        patient.begin(Zmtp.COMMAND, 1 << 30);

        patient.collect(ByteBuffer.allocate(1000));

        assertThat(patient.body().length).isBetween(1000, 4000);
    }

    @Test
    void largeArrayIsNotKept() throws ProtocolException {
        collector.collect(ByteBuffer.wrap(Zmtp.frame(Zmtp.COMMAND, new byte[50_000])));

        collector.reset();

        assertThat(collector.body().length).isLessThan(1000);
        assertThat(collector.size()).isZero();
    }
}
