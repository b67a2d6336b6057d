package io.lingmq.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.support.Contexts;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Command;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NullMechanismTest {
    private final NullMechanism mechanism = new NullMechanism();
    private final Handshake handshake = mechanism.begin(Contexts.of(SocketType.PUSH));
    private final List<byte[]> sent = new ArrayList<>();

    @Test
    void hasItsNameAndNoRoles() {
        assertThat(mechanism.name()).isEqualTo("NULL");
        assertThat(mechanism.asServer()).isFalse();
    }

    @Test
    void admitsOldPeersUnlessSomebodyIsToBeAsked() {
        assertThat(mechanism.admitsOldPeers()).isTrue();
        assertThat(new NullMechanism("home").admitsOldPeers()).isFalse();
    }

    @Test
    void sendsReadyWithoutWaiting() throws ProtocolException {
        assertThat(handshake.start(sent::add)).isEqualTo(Step.MORE);

        assertThat(sent).containsExactly(Zmtp.ready("PUSH"));
    }

    /** What libzmq sends; REQ, DEALER and ROUTER tell an identity even if it is empty, the others never do. */
    @ParameterizedTest
    @EnumSource(SocketType.class)
    void readyFrameIsThatOfLibzmq(SocketType type) throws ProtocolException {
        mechanism.begin(Contexts.of(type)).start(sent::add);

        assertThat(sent).containsExactly(Zmtp.ready(type.name()));
    }

    @Test
    void readyFrameTellsTheRoutingId() throws ProtocolException {
        var settings = Settings.defaults().with(Options.ROUTING_ID, Zmtp.ascii("me"));
        mechanism.begin(Contexts.of(SocketType.DEALER, settings)).start(sent::add);

        assertThat(sent).containsExactly(Zmtp.ready("DEALER", "me"));
    }

    @Test
    void isCompleteWithThePeersReady() throws ProtocolException {
        var complete = receive("READY", Hex.join(Zmtp.property("Socket-Type", "PULL"), Zmtp.property("X-a", "b")));

        assertThat(complete).isEqualTo(Step.DONE);
        assertThat(handshake.peer().text("Socket-Type")).isEqualTo("PULL");
        assertThat(handshake.peer().text("X-a")).isEqualTo("b");
        assertThat(sent).as("there is no answer to a READY").isEmpty();
    }

    @Test
    void knowsNothingOfThePeerBefore() {
        assertThat(handshake.peer().asMap()).isEmpty();
    }

    @Test
    void quotesTheReasonOfARefusal() {
        assertThatThrownBy(() -> receive("ERROR", Hex.bytes("03 34 30 30")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the peer refused the handshake: 400");
    }

    @Test
    void refusesEveryOtherCommand() {
        for (var name : new String[] {"HELLO", "PING", "SUBSCRIBE", "ready", "READYX"}) {
            assertThatThrownBy(() -> receive(name, new byte[0]))
                    .as(name)
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage("the peer sent a command other than READY or ERROR in a NULL handshake");
        }
    }

    @Test
    void refusesMalformedMetadata() {
        assertThatThrownBy(() -> receive("READY", Hex.bytes("05 41")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("metadata name claims 5 octets where 1 are left");
    }

    @Test
    void conversationsAreApart() throws ProtocolException {
        receive("READY", Zmtp.property("Socket-Type", "PULL"));

        assertThat(mechanism.begin(Contexts.of(SocketType.PUSH)).peer().asMap()).isEmpty();
    }

    private Step receive(String name, byte[] data) throws ProtocolException {
        return handshake.receive(new Command(name, ByteBuffer.wrap(data)), sent::add);
    }
}
