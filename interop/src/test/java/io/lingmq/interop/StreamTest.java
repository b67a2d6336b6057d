package io.lingmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our STREAM and libzmq's, each side binding; and our STREAM before libzmq's ZMTP sockets. */
@Tag("one-jdk")
class StreamTest {
    private static final int PATIENCE_MS = 10_000;

    @AutoClose
    private final Context context = Context.open();

    /** Frames as the peer prints them: in hexadecimal, parted by commas; an empty one is nothing. */
    private static String[] take(PeerProcess peer, PeerSocket socket) {
        return peer.tell("take " + socket.id() + " " + PATIENCE_MS).split(",", -1);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "PYTHON"})
    void speaksToLibzmqsStreamThatBinds(PeerLanguage language) throws InterruptedException {
        var peer = PeerProcess.shared(language);
        try (var theirs = peer.open(SocketType.STREAM);
                var ours = context.stream()) {
            ours.connect(theirs.bind("tcp://127.0.0.1:*"));
            var theirId = ours.receive().bytes(0);
            var ourId = take(peer, theirs)[0];

            ours.sendTo(theirId, Message.of("hello"));
            assertThat(take(peer, theirs)).containsExactly(ourId, hex("hello"));
            theirs.send("hex:" + ourId + "," + PeerSocket.text("world"));
            assertThat(ours.receive()).isEqualTo(Message.of(theirId, "world".getBytes(StandardCharsets.UTF_8)));

            ours.hangUp(theirId);
            assertThat(take(peer, theirs)).containsExactly(ourId, "");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "PYTHON"})
    void speaksToLibzmqsStreamThatConnects(PeerLanguage language) throws InterruptedException {
        var peer = PeerProcess.shared(language);
        try (var theirs = peer.open(SocketType.STREAM);
                var ours = context.stream()) {
            theirs.connect(ours.bind("tcp://127.0.0.1:*"));
            var theirId = ours.receive().bytes(0);
            var ourId = take(peer, theirs)[0];

            theirs.send("hex:" + ourId + "," + PeerSocket.text("hello"));
            assertThat(ours.receive()).isEqualTo(Message.of(theirId, "hello".getBytes(StandardCharsets.UTF_8)));
            ours.sendTo(theirId, Message.of("world"));
            assertThat(take(peer, theirs)).containsExactly(ourId, hex("world"));
        }
    }

    @Test
    void seesTheGreetingOfAZmtpSocket() throws InterruptedException {
        var peer = PeerProcess.shared(PeerLanguage.C);
        try (var theirs = peer.open(SocketType.PUSH);
                var ours = context.stream()) {
            theirs.connect(ours.bind("tcp://127.0.0.1:*"));
            var id = ours.receive().bytes(0);
            var greeting = ours.receive();

            assertThat(greeting.bytes(0)).isEqualTo(id);
            assertThat(HexFormat.of().formatHex(greeting.bytes(1))).startsWith("ff00000000000000017f");
        }
    }
}
