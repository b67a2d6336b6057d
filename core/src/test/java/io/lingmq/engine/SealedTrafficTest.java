package io.lingmq.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.frame.Inbound;
import io.lingmq.mechanism.Seal;
import io.lingmq.message.Message;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Command;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.Frame;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTrafficTest {
    /** Four octets of a counter and one of flags, then the body with each octet turned over. */
    private static final class Counting implements Seal {
        private static final int OVERHEAD = 5;

        private int sealed;
        private int opened;

        @Override
        public byte[] seal(int flags, byte[] body) {
            var wrapped =
                    ByteBuffer.allocate(OVERHEAD + body.length).putInt(++sealed).put((byte) flags);
            for (var octet : body) {
                wrapped.put((byte) ~octet);
            }
            return Frame.of(0, wrapped.array());
        }

        @Override
        public byte[] open(byte[] body, int length) throws ProtocolException {
            var in = ByteBuffer.wrap(body, 0, length);
            if (length < OVERHEAD || in.getInt() != ++opened) {
                throw new ProtocolException("a frame is not sealed as number " + opened);
            }
            var flags = in.get();
            var clear = new byte[in.remaining()];
            for (var i = 0; i < clear.length; i++) {
                clear[i] = (byte) ~in.get();
            }
            return Frame.of(flags, clear);
        }

        @Override
        public int overhead() {
            return OVERHEAD;
        }
    }

    private static final List<Message> MESSAGES = List.of(
            Message.of("one"),
            Message.of("", "two", ""),
            Message.of(Bodies.of(1, 250)),
            Message.of(Bodies.of(2, 251)),
            Message.of(Bodies.of(3, 70_000), Bodies.of(4, 1)),
            Message.empty());

    private static FakeChannel sealing() {
        return new FakeChannel(new ZmtpTraffic(Dialect.ZMTP_3_1, false, new Counting()).outbound());
    }

    private static byte[] sealed(List<Message> messages) {
        var channel = sealing();
        messages.forEach(channel.pipe::send);
        return channel.writeAll(100_000, 100_000).written();
    }

    private final WirePipe pipe = new WirePipe(new BellRecorder(), 0, 0, false);
    private final List<String> commands = new ArrayList<>();

    private Inbound opening(long mostBytes) {
        return new ZmtpTraffic(Dialect.ZMTP_3_1, false, new Counting())
                .inbound(pipe.input(), mostBytes, (command, inMessage) -> commands.add(command.name()));
    }

    private List<Message> opened(byte[] octets, int pieceSize) throws ProtocolException {
        var inbound = opening(-1);
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
    @ValueSource(ints = {1, 2, 7, 255, 4096, 1_000_000})
    void whatIsSealedIsOpenedInPiecesOfAnySize(int pieceSize) throws ProtocolException {
        assertThat(opened(sealed(MESSAGES), pieceSize)).isEqualTo(MESSAGES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100, 5000, 20_000})
    void nothingIsSealedTwiceHoweverLittleTheChannelTakes(int most) throws ProtocolException {
        var channel = sealing();
        MESSAGES.forEach(channel.pipe::send);

        assertThat(channel.writeAll(30_000, most).written()).isEqualTo(sealed(MESSAGES));
        assertThat(channel.messagesGone()).isEqualTo(MESSAGES.size());
    }

    @Test
    void commandsAreSealedToo() throws ProtocolException {
        var channel = sealing();
        channel.subscribe("news");
        channel.outflow.addUrgent(Command.of(Command.PING, new byte[2]).frame());
        channel.pipe.send(Message.of("after them"));

        var octets = channel.writeAll(1000, 10).written();

        assertThat(new String(octets, StandardCharsets.ISO_8859_1)).doesNotContain("SUBSCRIBE");
        assertThat(opened(octets, 50)).containsExactly(Message.of("after them"));
        assertThat(commands).containsExactly(Command.PING, Command.SUBSCRIBE);
    }

    @Test
    void lostConnectionLosesTheBegunMessageAndNothingElse() {
        var all = sealed(MESSAGES);
        var random = Seed.random("SealedTrafficTest.lostConnectionLosesTheBegunMessageAndNothingElse");
        for (var round = 0; round < 300; round++) {
            var gone = random.nextInt(all.length + 1);
            var lost = sealing();
            MESSAGES.forEach(lost.pipe::send);
            lost.writeExactly(gone);
            var whole = lost.messagesGone();
            var begun = gone > sealed(MESSAGES.subList(0, whole)).length ? 1 : 0;

            assertThat(lost.outflow.lost(lost.pipe)).as("after %d octets", gone).isEqualTo(begun);

            var left = ByteBuffer.allocate(100_000);
            new Outflow(Dialect.ZMTP_3_1).fill(left, lost.pipe);
            assertThat(Arrays.copyOf(left.array(), left.position()))
                    .as("after %d octets", gone)
                    .isEqualTo(FakeChannel.octets(MESSAGES.subList(whole + begun, MESSAGES.size())));
        }
    }

    // ---- peers that lie

    @Test
    void frameThatIsNotSealedEndsTheConnection() {
        var inbound = opening(-1);

        assertThatThrownBy(() -> inbound.decode(ByteBuffer.wrap(Zmtp.message("in the clear"))))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("a frame is not sealed as number 1");
    }

    @Test
    void frameThatComesTwiceEndsTheConnection() throws ProtocolException {
        var once = sealed(List.of(Message.of("pay 100")));
        var inbound = opening(-1);
        inbound.decode(ByteBuffer.wrap(once));

        assertThatThrownBy(() -> inbound.decode(ByteBuffer.wrap(once))).isInstanceOf(ProtocolException.class);
        assertThat(inbound.takeCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {106, Long.MAX_VALUE, -1})
    void refusesWhatIsTooLargeAtItsHeader(long announced) {
        var inbound = opening(100);

        assertThatThrownBy(() -> inbound.decode(ByteBuffer.wrap(Zmtp.longFrame(0, announced, new byte[0]))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("the most accepted is 105");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Integer.MAX_VALUE, Long.MAX_VALUE})
    void limitThatNothingReachesLetsAllPass(long mostBytes) throws ProtocolException {
        var inbound = opening(mostBytes);

        inbound.decode(ByteBuffer.wrap(sealed(List.of(Message.of("small")))));

        assertThat(inbound.takeCount()).isEqualTo(1);
    }

    @Test
    void limitCountsWhatIsInside() throws ProtocolException {
        var fits = sealed(List.of(Message.of(new byte[100])));
        var tooLarge = sealed(List.of(Message.of(new byte[60], new byte[41])));
        opening(100).decode(ByteBuffer.wrap(fits));

        assertThatThrownBy(() -> opening(100).decode(ByteBuffer.wrap(tooLarge)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("more than 100 bytes");
    }
}
