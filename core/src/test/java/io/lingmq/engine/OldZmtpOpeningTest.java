package io.lingmq.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.mechanism.Handshake;
import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.mechanism.NullMechanism;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.support.Contexts;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.OldZmtp;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers older than ZMTP 3.0, octet for octet as libzmq 4.3.4 meets them. */
class OldZmtpOpeningTest {
    private static final String SIGNATURE = "FF 00 00 00 00 00 00 00 01 7F";

    private static ZmtpOpening opening(SocketType type, String routingId) {
        return opening(new NullMechanism(), type, routingId);
    }

    private static ZmtpOpening opening(Mechanism mechanism, SocketType type, String routingId) {
        var settings = routingId.isEmpty()
                ? Settings.defaults()
                : Settings.defaults().with(Options.ROUTING_ID, Zmtp.ascii(routingId));
        return new ZmtpOpening(mechanism, Contexts.of(type, settings));
    }

    private static boolean feed(ZmtpOpening opening, byte[] octets) throws ProtocolException {
        return opening.receive(ByteBuffer.wrap(octets));
    }

    // ---- golden octets

    @Test
    void subscriberToAPublisherOfVersionTwo() throws ProtocolException {
        var opening = opening(SocketType.SUB, "");
        assertThat(Hex.text(opening.takeOutput())).isEqualTo(SIGNATURE);

        assertThat(feed(opening, Hex.bytes(SIGNATURE + " 01 01"))).isFalse();
        assertThat(Hex.text(opening.takeOutput())).isEqualTo("03 02 00 00");
        assertThat(feed(opening, Hex.bytes("00 00"))).isTrue();

        assertThat(opening.takeOutput()).isEmpty();
        assertThat(opening.peer().dialect()).isEqualTo(Dialect.ZMTP_2_0);
        assertThat(opening.peer().type()).isEqualTo(SocketType.PUB);
        assertThat(opening.peer().routingId()).isEmpty();
    }

    @Test
    void subscriberToAPeerOfRevisionZero() throws ProtocolException {
        var opening = opening(SocketType.SUB, "");
        opening.takeOutput();

        feed(opening, Hex.bytes(SIGNATURE + " 00 01"));
        assertThat(Hex.text(opening.takeOutput())).isEqualTo("03 02 01 00");
        assertThat(feed(opening, Hex.bytes("03 00 6D 65"))).isTrue();

        assertThat(opening.peer().dialect()).isEqualTo(Dialect.ZMTP_1_0);
        assertThat(opening.peer().routingId()).isEqualTo(Zmtp.ascii("me"));
    }

    @Test
    void dealerWithAnIdToAPeerWithoutVersion() throws ProtocolException {
        var opening = opening(SocketType.DEALER, "me");
        assertThat(Hex.text(opening.takeOutput())).isEqualTo("FF 00 00 00 00 00 00 00 03 7F");

        assertThat(feed(opening, Hex.bytes("04 00 61 62 63"))).isTrue();

        assertThat(Hex.text(opening.takeOutput())).isEqualTo("6D 65");
        assertThat(opening.peer().dialect()).isEqualTo(Dialect.UNVERSIONED);
        assertThat(opening.peer().type()).isNull();
        assertThat(opening.peer().routingId()).isEqualTo(Zmtp.ascii("abc"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 253, 254, 255})
    void routingIdOfEveryLengthIsUnderstoodInEveryPiece(int length) throws ProtocolException {
        var id = "x".repeat(length);
        for (var way : new byte[][] {
            OldZmtp.frame1(0, Zmtp.ascii(id)),
            Hex.join(OldZmtp.greeting(0, 8), OldZmtp.frame1(0, Zmtp.ascii(id))),
            Hex.join(OldZmtp.greeting(1, 8), Zmtp.frame(0, Zmtp.ascii(id)))
        }) {
            var whole = Hex.join(way, Zmtp.ascii("traffic"));
            for (var cut = 0; cut <= whole.length; cut++) {
                var opening = opening(SocketType.PULL, "");
                var first = ByteBuffer.wrap(whole, 0, cut);
                var openAfterFirst = opening.receive(first);
                assertThat(openAfterFirst).as("cut at %d", cut).isEqualTo(cut >= way.length);
                var second = ByteBuffer.wrap(whole, first.position(), whole.length - first.position());
                assertThat(opening.receive(second)).isTrue();
                assertThat(second.position()).isEqualTo(way.length);
                assertThat(opening.peer().routingId()).isEqualTo(Zmtp.ascii(id));
            }
        }
    }

    // ---- types

    @ParameterizedTest
    @CsvSource({"XPUB, 1", "XSUB, 2", "PUB, 1", "ROUTER, 6", "PUSH, 8"})
    void publishersAndSubscribersHaveOneNumberEach(SocketType type, int number) throws ProtocolException {
        var opening = opening(type, "");
        opening.takeOutput();
        feed(opening, Hex.bytes(SIGNATURE + " 01"));

        assertThat(opening.takeOutput()).isEqualTo(new byte[] {3, (byte) number});
    }

    @ParameterizedTest
    @CsvSource({"PULL, 7", "PUSH, 1", "SUB, 2", "PUSH, 11", "PUSH, 255"})
    void refusesATypeThatDoesNotFit(SocketType own, int number) {
        assertThatThrownBy(() -> feed(opening(own, ""), OldZmtp.greeting(1, number)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("cannot talk to");
    }

    @ParameterizedTest
    @CsvSource({"SUB, 9", "XSUB, 1", "PUB, 10", "XPUB, 2"})
    void takesTheNumbersThatLibzmqSends(SocketType own, int number) throws ProtocolException {
        assertThat(feed(opening(own, ""), Hex.join(OldZmtp.greeting(1, number), new byte[2])))
                .isTrue();
    }

    // ---- peers that lie

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04 00",
                "00 05",
                "05 02",
                "FF 00 00 00 00 00 00 01 01 00",
                "FF 80 00 00 00 00 00 00 01 00",
                "FF 00 00 00 00 00 00 00 01 7E"
            })
    void whatIsNoRoutingIdFrameIsNoZmtp(String hex) throws ProtocolException {
        var octets = Hex.bytes(hex);
        if (hex.equals("04 00")) {
            assertThat(feed(opening(SocketType.PULL, ""), octets)).isFalse(); // it may be one
            return;
        }
        assertThatThrownBy(() -> feed(opening(SocketType.PULL, ""), octets))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("the peer does not speak ZMTP: it sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"02 00 00 00 00 00 00 01 00", "02 FF FF FF FF FF FF FF FF", "04 00", "08 00"})
    void refusesAFirstFrameOfVersionTwoThatIsNoRoutingId(String hex) throws ProtocolException {
        var opening = opening(SocketType.PULL, "");
        feed(opening, OldZmtp.greeting(1, 8));

        assertThatThrownBy(() -> feed(opening, Hex.bytes(hex))).isInstanceOf(ProtocolException.class);
    }

    // ---- a downgrade is no way around a mechanism

    private static final class Guarded implements Mechanism {
        @Override
        public String name() {
            return "GUARDED";
        }

        @Override
        public boolean asServer() {
            return true;
        }

        @Override
        public Handshake begin(HandshakeContext context) {
            return new NullMechanism().begin(context);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"04 00 61 62 63", SIGNATURE + " 00 08", SIGNATURE + " 01 08"})
    void refusesOldPeersWhereAMechanismProtects(String hex) {
        var opening = opening(new Guarded(), SocketType.PULL, "me");
        opening.takeOutput();

        assertThatThrownBy(() -> feed(opening, Hex.bytes(hex)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("which has no security, where this socket wants GUARDED");
        assertThat(Hex.text(opening.takeOutput())).as("no routing id was told").isIn("", "03");
    }
}
