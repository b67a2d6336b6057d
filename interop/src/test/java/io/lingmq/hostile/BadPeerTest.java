package io.lingmq.hostile;

import static io.lingmq.testkit.Zmtp.COMMAND;
import static io.lingmq.testkit.Zmtp.MORE;
import static io.lingmq.testkit.Zmtp.ascii;
import static io.lingmq.testkit.Zmtp.command;
import static io.lingmq.testkit.Zmtp.commandBody;
import static io.lingmq.testkit.Zmtp.error;
import static io.lingmq.testkit.Zmtp.frame;
import static io.lingmq.testkit.Zmtp.greeting;
import static io.lingmq.testkit.Zmtp.longFrame;
import static io.lingmq.testkit.Zmtp.message;
import static io.lingmq.testkit.Zmtp.property;
import static io.lingmq.testkit.Zmtp.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.Options;
import io.lingmq.testkit.Hex;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Peers that break the protocol: each is disconnected, the reason is told, nothing of theirs is delivered, and an
 * honest client of the same socket notices nothing.
 */
class BadPeerTest {
    private static final byte[] NOTHING = new byte[0];
    private static final long MOST_BYTES = 100_000;

    @AutoClose
    private final Victim victim =
            new Victim().with(Options.MAX_MESSAGE_SIZE, MOST_BYTES).open();

    /**
     * What a bad peer sends, and words of the reason for which it is turned away.
     *
     * @param name of the case
     * @param octets that the peer sends
     * @param reason words that the event contains
     */
    record Offence(String name, byte[] octets, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Offence offence(String name, byte[] octets, String reason) {
        return new Offence(name, octets, reason);
    }

    static Stream<Offence> insteadOfAGreeting() {
        return Stream.of(
                offence("HTTP GET", ascii("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"), "HTTP"),
                offence("HTTP POST", ascii("POST /api HTTP/1.1\r\nContent-Length: 0\r\n\r\n"), "HTTP"),
                offence("HTTP/2 preface", ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "HTTP"),
                offence("TLS ClientHello", Hex.bytes("16 03 01 00 C8 01 00 00 C4 03 03 00 01 02 03 04"), "TLS"),
                offence("SSH banner", ascii("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"), "SSH"),
                offence("SMB negotiation", Hex.bytes("00 00 00 85 FF 53 4D 42 72 00 00 00 00 18"), "ZMTP"),
                offence("telnet's empty line", ascii("\r\n"), "begins with the octet FF"),
                offence("zeros", new byte[100], "00"),
                offence(
                        "a 1.0 routing id frame with strange flags",
                        Hex.bytes("04 02 61 62 63"),
                        "begins with the octet FF"),
                offence(
                        "a 1.0 routing id frame of 256",
                        Hex.bytes("FF 00 00 00 00 00 00 01 01 00"),
                        "at most 255 octets"),
                offence(
                        "a 1.0 routing id frame of 2^64",
                        Hex.bytes("FF FF FF FF FF FF FF FF FF 00"),
                        "at most 255 octets"),
                offence("revision 0 of a PUB", Hex.bytes("FF 00 00 00 00 00 00 00 01 7F 00 01"), "PUB"),
                offence("ZMTP 2.0 of a type nobody knows", Hex.bytes("FF 00 00 00 00 00 00 00 01 7F 01 63"), "99"),
                offence(
                        "a 2.0 routing id of 256",
                        Hex.bytes("FF 00 00 00 00 00 00 00 01 7F 01 05 02 00 00 00 00 00 00 01 00"),
                        "255"),
                offence("a 2.0 command first", Hex.bytes("FF 00 00 00 00 00 00 00 01 7F 01 05 04 00"), "routing id"),
                offence("mechanism in lower case", greeting(3, 1, "null"), "null"),
                offence("garbage behind the mechanism", greeting(3, 1, "NULL\0GARBAGE"), "NULL?GARBAGE"),
                offence("another mechanism", greeting(3, 1, "CURVE"), "CURVE"),
                offence("no mechanism", greeting(3, 1, ""), "mechanism"));
    }

    @ParameterizedTest
    @MethodSource
    void insteadOfAGreeting(Offence offence) {
        turnAway(NOTHING, offence);
    }

    static Stream<Offence> insteadOfReady() {
        var router = property("Socket-Type", "DEALER");
        return Stream.of(
                offence("a message", message("A"), "before the handshake"),
                offence("an empty command", frame(COMMAND, NOTHING), "name"),
                offence("a command with an empty name", frame(COMMAND, Hex.bytes("00 01 02")), "name"),
                offence("a name beyond the end", frame(COMMAND, Hex.bytes("09 52 45")), "name"),
                offence("an unknown command", command("FOO", NOTHING), "READY"),
                offence("READY without the COMMAND flag", frame(0, commandBody("READY", router)), "handshake"),
                offence("READY with MORE", frame(COMMAND | MORE, commandBody("READY", router)), "handshake"),
                offence("a property name beyond the end", ready(Hex.join(router, Hex.bytes("20 41"))), "name"),
                offence("a cut value length", ready(Hex.join(router, Hex.bytes("01 41 00 00"))), "length"),
                offence("no value length", ready(Hex.join(router, Hex.bytes("01 41"))), "length"),
                offence("a value of 4 GiB", ready(Hex.join(router, Hex.bytes("01 41 FF FF FF FF 00"))), "4294967295"),
                offence("a value of 2 GiB", ready(Hex.join(router, Hex.bytes("01 41 7F FF FF FF 00"))), "2147483647"),
                offence("a stray octet", ready(Hex.join(router, Hex.bytes("05"))), "name"),
                offence("an empty property name", ready(Hex.join(router, Hex.bytes("00 00 00 00 00"))), "empty name"),
                offence("a type it may not talk to", ready("PUB"), "ROUTER socket cannot talk to a PUB"),
                offence("a type nobody knows", ready("FOO"), "FOO"),
                offence("a type in lower case", ready("dealer"), "dealer"),
                offence("two types", ready(Hex.join(router, property("Socket-Type", "PUB"))), "twice"),
                offence("a routing id of 256", ready("DEALER", "x".repeat(256)), "255"),
                offence("an ERROR", error("go away"), "go away"),
                offence("an ERROR with a long reason", command("ERROR", Hex.bytes("FF 41 42")), "reason"),
                offence("a READY of 100 MB", longFrame(COMMAND, 100_000_000, new byte[100]), "100000000"),
                offence("a READY of 2^63", longFrame(COMMAND, Long.MIN_VALUE, new byte[100]), "9223372036854775808"));
    }

    private static byte[] ready(byte[] metadata) {
        return command("READY", metadata);
    }

    private static byte[] ready(String type) {
        return io.lingmq.testkit.Zmtp.ready(type);
    }

    private static byte[] ready(String type, String routingId) {
        return io.lingmq.testkit.Zmtp.ready(type, routingId);
    }

    @ParameterizedTest
    @MethodSource
    void insteadOfReady(Offence offence) {
        turnAway(greeting(), offence);
    }

    private void turnAway(byte[] before, Offence offence) {
        try (var peer = victim.connect()) {
            peer.send(before).sendUnlessClosed(offence.octets());
            peer.expectClosed();
            victim.assertHandshakeFailed(offence.reason());
        }
        victim.assertHonestClientIsServed();
    }

    static Stream<Offence> insteadOfAMessage() {
        return Stream.of(
                offence("a frame of 2^63", longFrame(0, Long.MIN_VALUE, NOTHING), "9223372036854775808"),
                offence("a frame of 2^64 - 1", longFrame(0, -1, NOTHING), "18446744073709551615"),
                offence("a frame of 2^63 - 1", longFrame(0, Long.MAX_VALUE, NOTHING), "9223372036854775807"),
                offence("a frame of 2^62", longFrame(0, 1L << 62, new byte[1024]), "4611686018427387904"),
                offence("a frame of 2^32", longFrame(0, 1L << 32, NOTHING), "4294967296"),
                offence("a frame of 2^31", longFrame(MORE, 1L << 31, NOTHING), "2147483648"),
                offence("a frame over the limit", longFrame(0, MOST_BYTES + 1, new byte[1000]), "MAX_MESSAGE_SIZE"),
                offence("frames that are over the limit together", twoFrames(MOST_BYTES / 2 + 1), "MAX_MESSAGE_SIZE"),
                offence("a command of 1 GiB", longFrame(COMMAND, 1 << 30, new byte[1000]), "1073741824"),
                offence("a command of 2^63", longFrame(COMMAND, Long.MIN_VALUE, NOTHING), "9223372036854775808"),
                offence("a command with MORE", frame(COMMAND | MORE, commandBody("PING", new byte[2])), "MORE"),
                offence("a PING without time to live", command("PING", NOTHING), "PING"),
                offence("a PING with half a time to live", command("PING", new byte[1]), "PING"),
                offence("frames without end", endlessFrames(), "message"));
    }

    private static byte[] twoFrames(long size) {
        var half = new byte[(int) size];
        return Hex.join(frame(MORE, half), frame(0, half));
    }

    private static byte[] endlessFrames() {
        var octets = new byte[1 << 20];
        for (var i = 0; i < octets.length; i += 2) {
            octets[i] = MORE;
        }
        return octets;
    }

    @ParameterizedTest
    @MethodSource
    void insteadOfAMessage(Offence offence) {
        try (var peer = victim.connectAndOpen()) {
            peer.sendUnlessClosed(offence.octets());
            peer.expectClosed();
            victim.assertDisconnected(offence.reason());
        }
        victim.assertHonestClientIsServed();
    }

    @ParameterizedTest
    @MethodSource("insteadOfAMessage")
    void insteadOfTheSecondFrame(Offence offence) {
        try (var peer = victim.connectAndOpen()) {
            peer.send(frame(MORE, ascii("begun"))).sendUnlessClosed(offence.octets());
            peer.expectClosed();
            victim.assertDisconnected(offence.reason());
        }
        victim.assertHonestClientIsServed();
        assertThat(victim.server().tryReceive()).as("half a message").isNull();
    }
}
