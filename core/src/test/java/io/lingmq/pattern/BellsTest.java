package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.SocketType;
import io.lingmq.pipe.Doorbell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is told that there is nothing to receive hears a bell when there is, whatever was received before. */
class BellsTest {
    @ParameterizedTest
    @EnumSource(
            value = SocketType.class,
            names = {"PULL", "SUB", "XSUB", "PAIR", "DEALER", "ROUTER", "REP"})
    void aBellRingsForWhoWasToldThatThereIsNothing(SocketType type) {
        var socket = new SocketUnderTest(type);
        if (type == SocketType.SUB) {
            socket.subscribe("");
        }
        var peer = socket.peer();
        for (var i = 0; i < 3; i++) {
            speak(type, peer);
            assertThat(socket.receive()).as("message " + i).isNotNull();
            answer(type, socket);
            assertThat(socket.canReceive()).isFalse();
            socket.bells().take();

            speak(type, peer);
            assertThat(socket.bells().takeKinds()).containsExactly(Doorbell.Kind.READABLE);
            socket.pattern().readable(peer.pipe());
            assertThat(socket.receive()).isNotNull();
            answer(type, socket);
        }
    }

    private static void speak(SocketType type, PipePeer peer) {
        if (type == SocketType.REP) {
            peer.says("", "request");
        } else {
            peer.says("message");
        }
    }

    private static void answer(SocketType type, SocketUnderTest socket) {
        if (type == SocketType.REP) {
            assertThat(socket.send("reply")).isTrue();
        }
    }

    @Test
    void aBellRingsForWhoAwaitsAReply() {
        var req = new SocketUnderTest(SocketType.REQ);
        var peer = req.peer();
        for (var i = 0; i < 3; i++) {
            req.send("request");
            assertThat(req.canReceive()).isFalse();
            req.bells().take();

            peer.says("", "reply");
            assertThat(req.bells().takeKinds()).containsExactly(Doorbell.Kind.READABLE);
            req.pattern().readable(peer.pipe());
            assertThat(req.receive()).containsExactly("reply");
        }
    }

    @Test
    void aBellRingsAfterMessagesThatNobodyWants() {
        var sub = new SocketUnderTest(SocketType.SUB);
        sub.subscribe("wanted");
        var peer = sub.peer();
        peer.says("wanted 1").says("other");
        assertThat(sub.receive()).containsExactly("wanted 1");
        assertThat(sub.canReceive()).isFalse();
        sub.bells().take();

        peer.says("wanted 2");
        assertThat(sub.bells().takeKinds()).containsExactly(Doorbell.Kind.READABLE);
    }
}
