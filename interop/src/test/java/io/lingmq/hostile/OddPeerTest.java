package io.lingmq.hostile;

import static io.lingmq.testkit.Zmtp.MORE;
import static io.lingmq.testkit.Zmtp.ascii;
import static io.lingmq.testkit.Zmtp.command;
import static io.lingmq.testkit.Zmtp.frame;
import static io.lingmq.testkit.Zmtp.longFrame;
import static io.lingmq.testkit.Zmtp.message;
import static io.lingmq.testkit.Zmtp.ping;
import static io.lingmq.testkit.Zmtp.pong;
import static io.lingmq.testkit.Zmtp.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.FaultProxy;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that do what is unusual and legal, or illegal and harmless: their messages still arrive. */
class OddPeerTest {
    private static final byte[] NOTHING = new byte[0];

    @AutoClose
    private final Victim victim = new Victim().open();

    static Stream<Arguments> ignoresWhatItNeedNotUnderstand() {
        return Stream.of(
                Arguments.of("an empty command", frame(Zmtp.COMMAND, NOTHING)),
                Arguments.of("a command name beyond the end", frame(Zmtp.COMMAND, Hex.bytes("09 50 49"))),
                Arguments.of("a command without a name", frame(Zmtp.COMMAND, Hex.bytes("00 41"))),
                Arguments.of("an unknown command", command("HELLO", ascii("you"))),
                Arguments.of("READY once more", ready("DEALER")),
                Arguments.of("ERROR after the handshake", Zmtp.error("too late")),
                Arguments.of("a PONG nobody asked for", pong("")),
                Arguments.of("SUBSCRIBE to no publisher", Zmtp.subscribe("A")),
                Arguments.of("CANCEL to no publisher", Zmtp.cancel("A")),
                Arguments.of("a command in the long form", longFrame(Zmtp.COMMAND, 5, Hex.bytes("04 41 42 43 44"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void ignoresWhatItNeedNotUnderstand(String what, byte[] octets) {
        try (var peer = victim.connectAndOpen()) {
            peer.send(octets).send(message("still", "here"));
            assertThat(victim.received().withoutFirst(1).texts()).containsExactly("still", "here");
            peer.send(frame(MORE, ascii("around"))).send(octets).send(frame(0, ascii("it")));
            assertThat(victim.received().withoutFirst(1).texts()).containsExactly("around", "it");
        }
        victim.assertHonestClientIsServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 01 41", "F8 01 41", "02 00 00 00 00 00 00 00 01 41", "FA 00 00 00 00 00 00 00 01 41"})
    void takesEachFormOfAFrame(String hex) {
        try (var peer = victim.connectAndOpen()) {
            peer.sendHex(hex);
            assertThat(victim.received().text(1)).isEqualTo("A");
        }
    }

    @Test
    void answersAPingBetweenTwoFramesOfAMessage() {
        try (var peer = victim.connectAndOpen()) {
            peer.send(frame(MORE, ascii("begin"))).send(ping(50, "abc"));
            peer.expect(pong("abc"));
            peer.send(frame(0, ascii("end")));
            assertThat(victim.received().withoutFirst(1).texts()).containsExactly("begin", "end");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16})
    void echoesThePingsContext(int length) {
        var context = "c".repeat(length);
        try (var peer = victim.connectAndOpen()) {
            peer.send(ping(0, context)).expect(pong(context));
        }
    }

    @Test
    void survivesAPingWithTooLongAContext() {
        try (var peer = victim.connectAndOpen()) {
            peer.send(ping(0, "0123456789abcdefTOO LONG"));
            peer.expect(pong("0123456789abcdef"));
        }
        victim.assertHonestClientIsServed();
    }

    @Test
    void dropsAPeerThatFallsSilentForLongerThanItSaid() {
        try (var peer = victim.connectAndOpen()) {
            peer.send(ping(2, "")).expect(pong(""));
            peer.expectClosed();
            victim.assertDisconnected("sign of life");
        }
        victim.assertHonestClientIsServed();
    }

    @Test
    void takesLongFrameShortFrameAndCommandInOneSegment() {
        try (var peer = victim.connectAndOpen()) {
            peer.send(Hex.join(frame(MORE, new byte[300]), ping(0, "x"), frame(0, ascii("end")), message("next")));
            assertThat(victim.received().texts()).hasSize(3).endsWith("end");
            assertThat(victim.received().text(1)).isEqualTo("next");
            peer.expect(pong("x"));
        }
    }

    @Test
    void takesASessionOctetByOctet() {
        try (var proxy = FaultProxy.to(victim.endpoint())) {
            proxy.dribble(1);
            try (var peer = ScriptedPeer.connect(proxy.endpoint())) {
                peer.open("DEALER").send(message("a", "", "c".repeat(300)));
                assertThat(victim.received().withoutFirst(1).texts()).containsExactly("a", "", "c".repeat(300));
            }
        }
    }

    @Test
    void takesAMessageRightBehindReady() {
        try (var peer = victim.connect()) {
            peer.send(Hex.join(Zmtp.greeting(), ready("DEALER"), message("early")));
            assertThat(victim.received().text(1)).isEqualTo("early");
        }
    }

    @Test
    void survivesASecondReadyRightBehindTheFirst() {
        try (var peer = victim.connect()) {
            peer.send(Hex.join(Zmtp.greeting(), ready("DEALER"), ready("DEALER")));
            victim.assertHonestClientIsServed();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 200})
    void takesEachMinorVersion(int minor) {
        try (var peer = victim.connect()) {
            peer.send(Zmtp.greeting(3, minor, "NULL")).read(Zmtp.GREETING_SIZE);
            peer.ready(ready("DEALER")).send(message("hello"));
            assertThat(victim.received().text(1)).isEqualTo("hello");
        }
    }

    @Test
    void caresForNoPaddingAndNoFiller() {
        var greeting = Zmtp.greeting();
        for (var i = 1; i <= 8; i++) {
            greeting[i] = (byte) 0xAA;
        }
        for (var i = 32; i < Zmtp.GREETING_SIZE; i++) {
            greeting[i] = (byte) 0xBB;
        }
        try (var peer = victim.connect()) {
            peer.send(greeting).read(Zmtp.GREETING_SIZE);
            peer.ready(ready("DEALER")).send(message("hello"));
            assertThat(victim.received().text(1)).isEqualTo("hello");
        }
    }

    @Test
    void takesPropertiesItDoesNotKnowAndNamesInAnyCase() {
        var metadata = Hex.join(
                Zmtp.property("X-Colour", "blue"),
                Zmtp.property("socket-type", "DEALER"),
                Zmtp.property("IDENTITY", "me"));
        try (var peer = victim.connect()) {
            peer.greet().ready(command("READY", metadata)).send(message("hello"));
            assertThat(victim.received().texts()).containsExactly("me", "hello");
        }
    }

    @Test
    void saysItsGreetingInTheOrderOfTheSpecification() {
        try (var peer = victim.connect()) {
            peer.expectHex("FF 00 00 00 00 00 00 00 01 7F").expectSilence(Duration.ofMillis(100));
            peer.sendHex("FF 00 00 00 00 00 00 00 01 7F").expectHex("03").expectSilence(Duration.ofMillis(50));
            peer.sendHex("03").expectHex("01 4E 55 4C 4C").read(Zmtp.GREETING_SIZE - 16);
            peer.expectSilence(Duration.ofMillis(50));
            peer.sendHex("01 4E 55 4C 4C").send(new byte[Zmtp.GREETING_SIZE - 16]);
            peer.expect(ready("ROUTER")).send(ready("REQ"));
        }
    }
}
