package io.lingmq.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.frame.Inbound;
import io.lingmq.message.Message;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.BellRecorder;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.OldZmtp;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Zmtp1InboundTest {
    private final WirePipe pipe = new WirePipe(new BellRecorder(), 0, 0, false);

    private Inbound inbound(Dialect dialect, boolean publishes, long mostBytes) {
        return new ZmtpTraffic(dialect, publishes, null).inbound(pipe.input(), mostBytes, (command, inMessage) -> {
            throw new AssertionError("there are no commands in ZMTP 1.0");
        });
    }

    private List<Message> fed(Inbound inbound, byte[] octets, int pieceSize) throws ProtocolException {
        for (var at = 0; at < octets.length; at += pieceSize) {
            inbound.decode(ByteBuffer.wrap(octets, at, Math.min(pieceSize, octets.length - at)));
            pipe.arrived(inbound.takeCount());
        }
        var all = new ArrayList<Message>();
        Message message;
        while ((message = pipe.receive()) != null) {
            all.add(message);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9, 10, 11, 255, 4096, 1_000_000})
    void piecesOfEverySizeGiveTheSameMessages(int pieceSize) throws ProtocolException {
        var sent = new ArrayList<Message>();
        var octets = new byte[0];
        for (var size : List.of(0, 1, 252, 253, 254, 255, 256, 8191, 8192, 8193, 70_000)) {
            var body = Bodies.of(size, size);
            sent.add(Message.of(body, new byte[0], body));
            octets = Hex.join(
                    octets,
                    OldZmtp.frame1(Zmtp.MORE, body),
                    OldZmtp.frame1(Zmtp.MORE, new byte[0]),
                    OldZmtp.frame1(0, body));
        }

        assertThat(fed(inbound(Dialect.ZMTP_1_0, false, -1), octets, pieceSize)).isEqualTo(sent);
    }

    @Test
    void shortBodyMayHaveTheLongForm() throws ProtocolException {
        var octets = OldZmtp.longFrame1(0, 3, Zmtp.ascii("hi"));

        assertThat(fed(inbound(Dialect.UNVERSIONED, false, -1), octets, 100)).containsExactly(Message.of("hi"));
    }

    @Test
    void unversionedSubscriberGetsAll() throws ProtocolException {
        var octets = OldZmtp.message1("hi");

        assertThat(fed(inbound(Dialect.UNVERSIONED, true, -1), octets, 100))
                .containsExactly(Message.of(new byte[] {1}), Message.of("hi"));
        assertThat(fed(inbound(Dialect.ZMTP_1_0, true, -1), octets, 100)).containsExactly(Message.of("hi"));
    }

    @Test
    void unversionedSubscriberGetsAllThoughItSaysNothing() throws ProtocolException {
        var inbound = inbound(Dialect.UNVERSIONED, true, -1);

        inbound.decode(ByteBuffer.allocate(0));
        inbound.decode(ByteBuffer.allocate(0));

        assertThat(inbound.takeCount()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsTooLargeAtItsHeader() {
        var inbound = inbound(Dialect.ZMTP_1_0, false, 100);

        assertThatThrownBy(() -> inbound.decode(ByteBuffer.wrap(OldZmtp.longFrame1(0, 102, new byte[0]))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("more than 100 bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void refusesALengthThatIsNone(long length) {
        var inbound = inbound(Dialect.ZMTP_1_0, false, -1);

        assertThatThrownBy(() -> inbound.decode(ByteBuffer.wrap(OldZmtp.longFrame1(0, length, new byte[0]))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("it must be from 1 to 2^63 - 1");
    }

    @Test
    void hugeLengthTakesNoMemory() {
        var inbound = inbound(Dialect.ZMTP_1_0, false, -1);

        assertThatThrownBy(() -> inbound.decode(ByteBuffer.wrap(OldZmtp.longFrame1(0, Long.MAX_VALUE, new byte[0]))))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void nothingIsKeptOfWhatNobodyWants() throws ProtocolException {
        var inbound = inbound(Dialect.ZMTP_1_0, false, -1);
        inbound.discard();

        assertThat(fed(inbound, OldZmtp.message1("a", "b"), 100)).isEmpty();
    }
}
