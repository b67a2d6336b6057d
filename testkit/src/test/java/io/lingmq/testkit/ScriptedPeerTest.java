package io.lingmq.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptedPeerTest {
    private static final Duration SOON = Duration.ofMillis(50);

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "ipc"})
    void twoPeersOpenAndTrade(String transport) {
        var endpoint = transport.equals("tcp") ? Endpoints.tcp() : Endpoints.ipc();
        try (var listener = ScriptedListener.open(endpoint);
                var client = ScriptedPeer.connect(endpoint);
                var server = listener.accept()) {
            client.send(Zmtp.greeting()).send(Zmtp.ready("REQ")).send(Zmtp.message("", "hi"));
            server.open("REP");
            assertThat(server.readMessage()).containsExactly("", "hi");
            client.expect(Zmtp.greeting()).expect(Zmtp.ready("REP")).expectSilence(SOON);
        }
    }

    @Test
    void readyHasTheOctetsOfTheSpecification() {
        assertThat(Hex.text(Zmtp.ready("PAIR")))
                .isEqualTo("04 1A 05 52 45 41 44 59 0B 53 6F 63 6B 65 74 2D 54 79 70 65 00 00 00 04 50 41 49 52");
        assertThat(Zmtp.ready("REQ"))
                .startsWith(Hex.bytes("04 26"))
                .endsWith(Hex.bytes("08 4964656E74697479 00000000"));
    }

    @Test
    void framesTakeTheShortFormUpTo255() {
        assertThat(Zmtp.frame(0, new byte[255])).startsWith(Hex.bytes("00 FF")).hasSize(257);
        assertThat(Zmtp.frame(Zmtp.MORE, new byte[256]))
                .startsWith(Hex.bytes("03 00 00 00 00 00 00 01 00"))
                .hasSize(265);
    }

    @Test
    void tellsWhatItHeardInstead() {
        try (var listener = ScriptedListener.open();
                var client = ScriptedPeer.connect(listener.endpoint());
                var server = listener.accept()) {
            client.sendHex("01 02 03");
            assertThatThrownBy(() -> server.expectHex("01 02 04"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("01 02 04")
                    .hasMessageContaining("01 02 03");
        }
    }

    @Test
    void waitsForTheOtherSideToClose() {
        try (var listener = ScriptedListener.open();
                var client = ScriptedPeer.connect(listener.endpoint());
                var server = listener.accept()) {
            assertThatThrownBy(() -> client.patience(SOON).expectClosed())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("still open");
            server.sendHex("AA").close();
            assertThat(client.expectClosed()).containsExactly(0xAA);
        }
    }

    @Test
    void slowSenderStopsWhenTheOtherSideCloses() {
        try (var listener = ScriptedListener.open();
                var client = ScriptedPeer.connect(listener.endpoint());
                var server = listener.accept()) {
            assertThat(client.sendSlowly(Hex.bytes("01 02 03"), Duration.ofMillis(1)))
                    .isEqualTo(3);
            server.reset();
            assertThat(client.sendSlowly(new byte[1000], Duration.ofMillis(20))).isLessThan(1000);
        }
    }
}
