package io.lingmq.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.mechanism.Handshake;
import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.mechanism.NullMechanism;
import io.lingmq.mechanism.Step;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.support.Contexts;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Command;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZmtpOpeningTest {
    private static final byte[] OWN_GREETING = Zmtp.greeting();
    private static final byte[] TRAFFIC = Hex.join(Zmtp.ping(50, ""), Zmtp.message("a", "b"), Zmtp.message("c"));

    private static ZmtpOpening opening(SocketType type) {
        return new ZmtpOpening(new NullMechanism(), Contexts.of(type));
    }

    private static ZmtpOpening greeted(SocketType type) throws ProtocolException {
        var opening = opening(type);
        opening.receive(ByteBuffer.wrap(Zmtp.greeting()));
        opening.takeOutput();
        return opening;
    }

    private static boolean feed(ZmtpOpening opening, byte[] octets) throws ProtocolException {
        return opening.receive(ByteBuffer.wrap(octets));
    }

    // ---- what is sent, and when

    @Test
    void sendsTheSignatureAtOnce() {
        var opening = opening(SocketType.PUSH);

        assertThat(Hex.text(opening.takeOutput())).isEqualTo("FF 00 00 00 00 00 00 00 01 7F");
        assertThat(opening.takeOutput()).as("only once").isEmpty();
    }

    @Test
    void signatureTellsTheLengthOfTheRoutingId() {
        var named = Settings.defaults().with(Options.ROUTING_ID, Zmtp.ascii("x".repeat(255)));
        var opening = new ZmtpOpening(new NullMechanism(), Contexts.of(SocketType.DEALER, named));

        assertThat(Hex.text(opening.takeOutput())).isEqualTo("FF 00 00 00 00 00 00 01 00 7F");
    }

    @Test
    void sendsEachPartAsSoonAsItMayAndNotBefore() throws ProtocolException {
        var opening = opening(SocketType.PUSH);
        opening.takeOutput();
        var peer = Zmtp.greeting();
        for (var i = 0; i < peer.length; i++) {
            feed(opening, new byte[] {peer[i]});
            var expected = switch (i + 1) {
                case 10 -> Hex.bytes("03");
                case 11 -> Arrays.copyOfRange(OWN_GREETING, 11, 64);
                case 64 -> Zmtp.ready("PUSH");
                default -> new byte[0];
            };
            assertThat(Hex.text(opening.takeOutput()))
                    .as("after octet %d", i + 1)
                    .isEqualTo(Hex.text(expected));
        }
    }

    @Test
    void sendsAllOfItInOrderToAHurriedPeer() throws ProtocolException {
        var opening = opening(SocketType.PUSH);
        var hurried = Hex.join(Zmtp.greeting(), Zmtp.ready("PULL"));

        assertThat(feed(opening, hurried)).isTrue();

        assertThat(opening.takeOutput()).isEqualTo(Hex.join(OWN_GREETING, Zmtp.ready("PUSH")));
    }

    // ---- octets in pieces

    @Test
    void everyCutGivesTheSameAndLeavesTheTraffic() throws ProtocolException {
        var handshake = Hex.join(Zmtp.greeting(), Zmtp.ready("PULL", ""));
        var whole = Hex.join(handshake, TRAFFIC);
        for (var cut = 0; cut <= whole.length; cut++) {
            var opening = opening(SocketType.PUSH);
            var first = ByteBuffer.wrap(whole, 0, cut);
            var openAfterFirst = opening.receive(first);

            assertThat(openAfterFirst).as("cut at %d", cut).isEqualTo(cut >= handshake.length);
            var second = ByteBuffer.wrap(whole, first.position(), whole.length - first.position());
            assertThat(opening.receive(second)).isTrue();
            assertThat(second.position()).as("cut at %d", cut).isEqualTo(handshake.length);
            assertThat(opening.takeOutput()).isEqualTo(Hex.join(OWN_GREETING, Zmtp.ready("PUSH")));
        }
    }

    @Test
    void octetByOctetGivesTheSame() throws ProtocolException {
        var handshake = Hex.join(Zmtp.greeting(), Zmtp.ready("PULL"));
        var opening = opening(SocketType.PUSH);
        for (var i = 0; i < handshake.length; i++) {
            assertThat(feed(opening, new byte[] {handshake[i]})).isEqualTo(i == handshake.length - 1);
        }
        assertThat(opening.takeOutput()).isEqualTo(Hex.join(OWN_GREETING, Zmtp.ready("PUSH")));
        assertThat(opening.peer().type()).isEqualTo(SocketType.PULL);
    }

    @Test
    void readyMayBeALongFrame() throws ProtocolException {
        var body = Zmtp.commandBody("READY", Zmtp.property("Socket-Type", "PULL"));

        assertThat(feed(greeted(SocketType.PUSH), Zmtp.longFrame(Zmtp.COMMAND, body.length, body)))
                .isTrue();
    }

    @Test
    void secondReadyIsLeftToTheTraffic() throws ProtocolException {
        var in = ByteBuffer.wrap(Hex.join(Zmtp.ready("PULL"), Zmtp.ready("PULL")));

        assertThat(greeted(SocketType.PUSH).receive(in)).isTrue();
        assertThat(in.remaining()).isEqualTo(Zmtp.ready("PULL").length);
    }

    // ---- what the peer told

    @Test
    void peerIsWhatItTold() throws ProtocolException {
        var opening = greeted(SocketType.ROUTER);
        feed(
                opening,
                Zmtp.command(
                        "READY",
                        Hex.join(
                                Zmtp.property("socket-type", "DEALER"),
                                Zmtp.property("Identity", "me"),
                                Zmtp.property("X-colour", "red"))));

        var peer = opening.peer();

        assertThat(peer.type()).isEqualTo(SocketType.DEALER);
        assertThat(peer.routingId()).isEqualTo(Zmtp.ascii("me"));
        assertThat(peer.dialect()).isEqualTo(Dialect.ZMTP_3_1);
        assertThat(peer.metadata().text("x-colour")).isEqualTo("red");
    }

    /** Takes whatever the peer tells, as a module might that has not thought of this. */
    private record Trusting() implements Mechanism {
        @Override
        public String name() {
            return "NULL";
        }

        @Override
        public boolean asServer() {
            return false;
        }

        @Override
        public Handshake begin(HandshakeContext context) {
            return new Handshake() {
                private Metadata told = Metadata.none();

                @Override
                public Step start(Consumer<byte[]> out) {
                    return Step.MORE;
                }

                @Override
                public Step receive(Command command, Consumer<byte[]> out) throws ProtocolException {
                    told = Metadata.parse(command.data().duplicate());
                    return Step.DONE;
                }

                @Override
                public Metadata peer() {
                    return told;
                }
            };
        }
    }

    @Test
    void noPeerTellsItsOwnUserIdWhateverTheMechanism() throws ProtocolException {
        var opening = new ZmtpOpening(new Trusting(), Contexts.of(SocketType.PUSH));
        var ready =
                Zmtp.command("READY", Hex.join(Zmtp.property("Socket-Type", "PULL"), Zmtp.property("User-Id", "root")));

        assertThat(feed(opening, Hex.join(Zmtp.greeting(), ready))).isTrue();

        assertThat(opening.peer().metadata().text("User-Id")).isNull();
    }

    @Test
    void peerNeedNotTellAnything() throws ProtocolException {
        var opening = greeted(SocketType.ROUTER);
        feed(opening, Zmtp.command("READY", new byte[0]));

        assertThat(opening.peer().type()).isNull();
        assertThat(opening.peer().routingId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3, 0, false", "3, 1, true", "3, 2, true", "2, 0, true", "4, 0, true", "255, 255, true"})
    void subscriptionsTravelAsThePeersVersionWants(int major, int minor, boolean byCommand) throws ProtocolException {
        var opening = opening(SocketType.SUB);

        assertThat(feed(opening, Hex.join(Zmtp.greeting(major, minor, "NULL"), Zmtp.ready("PUB"))))
                .isTrue();
        assertThat(opening.peer().dialect()).isEqualTo(byCommand ? Dialect.ZMTP_3_1 : Dialect.ZMTP_3_0);
    }

    @ParameterizedTest
    @EnumSource(SocketType.class)
    void onlyTypesThatFitMayTalk(SocketType own) throws ProtocolException {
        for (var peer : SocketType.values()) {
            var opening = greeted(own);
            feed(opening, Zmtp.ready(peer.name()));
            if (own.accepts(peer)) {
                assertThat(opening.peer().type()).isEqualTo(peer);
            } else {
                assertThatThrownBy(opening::peer)
                        .isInstanceOf(ProtocolException.class)
                        .hasMessage("a " + own + " socket cannot talk to a " + peer + " socket");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DISH, DISH",
        "pull, pull",
        "'', ''",
        "PULL2, PULL2",
        "'PU L\u001b[2J', PU?L?[2J",
        "ABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABC, ABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJ…",
    })
    void refusesUnknownType(String type, String shown) throws ProtocolException {
        var opening = greeted(SocketType.PUSH);
        feed(opening, Zmtp.ready(type));

        assertThatThrownBy(opening::peer)
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the peer has socket type " + shown + ", which a PUSH socket cannot talk to");
    }

    @Test
    void routingIdHasAtMost255Octets() throws ProtocolException {
        var longest = greeted(SocketType.ROUTER);
        feed(longest, Zmtp.ready("DEALER", "x".repeat(255)));
        assertThat(longest.peer().routingId()).hasSize(255);

        var tooLong = greeted(SocketType.ROUTER);
        feed(tooLong, Zmtp.ready("DEALER", "x".repeat(256)));
        assertThatThrownBy(tooLong::peer)
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the peer's routing id has 256 octets; the most is 255");
    }

    // ---- malformed greetings

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "05 02 03                      | it sent 05 02 03",
                "47 45 54 20 2F 20 48 54 54 50 | looks like HTTP",
                "16 03 01 02 00 01 00 01 FC 03 | looks like TLS",
                "53 53 48 2D 32 2E 30 2D 4F 70 | looks like SSH",
                "48 65 6C 6C 6F 20 74 68 65 72 | it sent 48 65 6c 6c 6f 20 74 68 65 72",
            })
    void guessesWhatAnImpostorSpeaksFromAllThatHasCome(String hex, String guess) {
        assertThatThrownBy(() -> feed(opening(SocketType.PUSH), Hex.bytes(hex)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith(
                        "the peer does not speak ZMTP: " + guess + "; a greeting begins with the octet FF");
    }

    @Test
    void refusesAnImpostorAtItsSecondOctet() {
        for (var first = 1; first < 255; first++) {
            var octets = new byte[] {(byte) first, 2};
            assertThatThrownBy(() -> feed(opening(SocketType.PUSH), octets))
                    .as("first octet %d", first)
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageStartingWith("the peer does not speak ZMTP");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "null, null",
        "PLAIN, PLAIN",
        "NUL, NUL",
        "NULLS, NULLS",
        "'', ''",
        "'NULL\0GARBAGE', NULL?GARBAGE",
        "'NULL                ', NULL????????????????",
    })
    void refusesOtherMechanisms(String mechanism, String shown) {
        assertThatThrownBy(() -> feed(opening(SocketType.PUSH), Zmtp.greeting(3, 1, mechanism)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the peer wants security mechanism " + shown
                        + " where this socket has NULL; both sides must have the same");
    }

    @Test
    void refusesAGreetingWithAnyOtherMechanismOctet() {
        for (var at = 12; at < 32; at++) {
            var greeting = Zmtp.greeting();
            greeting[at] ^= 1;
            assertThatThrownBy(() -> feed(opening(SocketType.PUSH), greeting))
                    .as("octet %d", at)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    // ---- malformed handshakes

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00 01 41                   | the peer sent a message before the handshake was complete",
                "00 06 05 52 45 41 44 59    | the peer sent a message before the handshake was complete",
                "05 06 05 52 45 41 44 59    | the peer sent a message before the handshake was complete",
                "04 00                      | a command's name must have 1 to 255 octets within its body of 0",
                "04 01 00                   | a command's name must have 1 to 255 octets within its body of 1",
                "04 03 05 52 45             | a command's name must have 1 to 255 octets within its body of 3",
                "04 04 03 46 4F 4F          | the peer sent a command other than READY or ERROR in a NULL handshake",
                "04 08 05 52 45 41 44 59 05 41 | metadata name claims 5 octets where 1 are left",
                "04 0C 05 52 45 41 44 59 01 41 FF FF FF FF"
                        + "                     | metadata value of A claims 4294967295 octets where 0 are left",
                "04 07 05 52 45 41 44 59 01 | metadata name claims 1 octets where 0 are left",
                "04 0B 05 52 45 41 44 59 00 00 00 00 00"
                        + "                     | a metadata property has an empty name; names have 1 to 255 octets",
                "04 09 05 45 52 52 4F 52 09 6E 6F | an ERROR command's reason is longer than the command",
                "04 06 05 45 52 52 4F 52    | an ERROR command's reason is longer than the command",
            })
    void refusesMalformedHandshake(String hex, String reason) throws ProtocolException {
        var opening = greeted(SocketType.PUSH);
        // Where a body is shorter than announced the rest is there, to be told apart from an opening that waits.
        var octets = Hex.join(Hex.bytes(hex), new byte[announced(hex) - (Hex.bytes(hex).length - 2)]);

        assertThatThrownBy(() -> feed(opening, octets))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(reason);
    }

    private static int announced(String hex) {
        return Hex.bytes(hex)[1];
    }

    @ParameterizedTest
    @ValueSource(longs = {65_537, 100_000_000, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void refusesHugeReadyAtItsHeader(long size) throws ProtocolException {
        var opening = greeted(SocketType.PUSH);

        assertThatThrownBy(() -> feed(opening, Zmtp.longFrame(Zmtp.COMMAND, size, new byte[0])))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the peer announces a command of " + Long.toUnsignedString(size)
                        + " bytes; the most accepted is 65536");
    }

    @Test
    void readyMayHave64Kibibytes() throws ProtocolException {
        var room = 65_536 - Zmtp.commandBody("READY", Zmtp.property("X-a", "")).length;
        var ready = Zmtp.command("READY", Zmtp.property("X-a", "v".repeat(room)));
        var opening = greeted(SocketType.PUSH);

        assertThat(feed(opening, ready)).isTrue();
        assertThat(opening.peer().metadata().text("X-a")).hasSize(room);
    }

    @Test
    void errorReasonIsQuoted() throws ProtocolException {
        var opening = greeted(SocketType.PUSH);

        assertThatThrownBy(() -> feed(opening, Zmtp.error("400 Invalid\n client")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the peer refused the handshake: 400 Invalid? client");
    }

    @Test
    void bufferMayBeOfAnyKind() throws ProtocolException {
        var octets = Hex.join(Zmtp.greeting(), Zmtp.ready("PULL"), "rest".getBytes(StandardCharsets.US_ASCII));
        var direct = ByteBuffer.allocateDirect(octets.length).put(octets).flip();

        assertThat(opening(SocketType.PUSH).receive(direct)).isTrue();
        assertThat(direct.remaining()).isEqualTo(4);
    }
}
