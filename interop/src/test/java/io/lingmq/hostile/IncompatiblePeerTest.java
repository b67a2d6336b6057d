package io.lingmq.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.event.SocketEvent.HandshakeSucceeded;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of socket types: those that may talk do, the others part with a reason that names both. */
class IncompatiblePeerTest {
    @AutoClose
    private final Context context = Context.open();

    static Stream<Arguments> pairs() {
        var types = Arrays.asList(SocketType.values());
        return types.stream()
                .filter(own -> !own.isRaw()) // which takes whatever comes
                .flatMap(own -> types.stream().map(peer -> Arguments.of(own, peer)));
    }

    @ParameterizedTest(name = "{0} meets {1}")
    @MethodSource("pairs")
    void acceptsWhomItMayTalkTo(SocketType own, SocketType other) {
        var events = new Recorder<SocketEvent>();
        try (var socket = context.socket(own);
                var monitor = socket.monitor(events);
                var peer = ScriptedPeer.connect(socket.bind("tcp://127.0.0.1:*"))) {
            peer.greet().ready(Zmtp.ready(other.name()));
            if (own.accepts(other)) {
                assertThat(events.await(HandshakeSucceeded.class).peerType()).isEqualTo(other);
            } else {
                peer.expectClosed();
                assertThat(events.await(HandshakeFailed.class).reason())
                        .contains("a " + own + " socket")
                        .contains("a " + other + " socket");
            }
            assertThat(monitor).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM")
    void saysReadyAsTheSpecificationHasIt(SocketType own) {
        try (var socket = context.socket(own);
                var peer = ScriptedPeer.connect(socket.bind("tcp://127.0.0.1:*"))) {
            peer.greet().expect(Zmtp.ready(own.name()));
        }
    }

    @Test
    void staysAloneWithAPeerThatWillNeverFit() {
        var events = new Recorder<SocketEvent>();
        try (var pull = context.pull();
                var monitor = pull.monitor(events);
                var other = Context.open();
                var pub = other.pub();
                var monitorOfPub = pub.monitor(events)) {
            pub.connect(pull.bind("tcp://127.0.0.1:*"));
            // Whoever sees it first says so and closes; the other may only see that.
            events.await(HandshakeFailed.class, event -> event.reason().contains(" socket cannot talk to a "));
            assertThat(pull.statistics().peers()).isZero();
            assertThat(pub.statistics().peers()).isZero();
            assertThat(monitor).isNotNull();
            assertThat(monitorOfPub).isNotNull();
        }
    }
}
