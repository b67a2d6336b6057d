package io.lingmq.contract.morse;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.event.Peer;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MorseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Socket callTo(String endpoint) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(endpoint.substring(8)));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String next(DataInputStream in, int count) throws IOException {
        return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    @Test
    void programThatKnowsNoZmtpSpeaksTheProtocol() throws Exception {
        try (var context = Context.open();
                var socket = context.pair();
                var peer = callTo(socket.bind("morse://*"))) {
            var in = new DataInputStream(peer.getInputStream());
            peer.getOutputStream().write(octets("MORSE PAIR\n-\0\0\0\3sos.\0\0\0\0"));

            assertThat(socket.receive(PATIENCE)).isEqualTo(Message.of("sos", ""));
            socket.send("we", "come");
            assertThat(next(in, 11)).isEqualTo("MORSE PAIR\n");
            assertThat(next(in, 16)).isEqualTo("-\0\0\0\2we.\0\0\0\4come");
        }
    }

    @Test
    void peerTellsItsSocketType() throws InterruptedException {
        try (var context = Context.open();
                var server = context.rep();
                var client = context.req()) {
            client.connect(server.bind("morse://*"));
            client.send("who?");

            assertThat(server.receive(PATIENCE)).isEqualTo(Message.of("who?"));
            assertThat(server.peers()).extracting(Peer::type).containsExactly(SocketType.REQ);
        }
    }

    @Test
    void peerThatBreaksARuleIsDisconnectedAndOthersAreNot() throws Exception {
        try (var context = Context.open();
                var server = context.pull();
                var client = context.push()) {
            var endpoint = server.bind("morse://*");
            client.connect(endpoint);
            try (var stranger = callTo(endpoint)) {
                stranger.getOutputStream().write(octets("MORSE PUSH\n.\0\0\0\2ok?"));
                assertThat(server.receive(PATIENCE)).isEqualTo(Message.of("ok"));
                stranger.getOutputStream().write(octets("\0\0\0\0"));
                assertThat(next(new DataInputStream(stranger.getInputStream()), 100))
                        .isEqualTo("MORSE PULL\n");
            }
            Await.until("the stranger has gone", () -> server.statistics().peers() == 1);
            client.send("still here");
            assertThat(server.receive(PATIENCE)).isEqualTo(Message.of("still here"));
        }
    }
}
