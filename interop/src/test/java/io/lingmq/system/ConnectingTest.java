package io.lingmq.system;

import static io.lingmq.system.SocketFixture.assertQuiet;
import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class ConnectingTest {
    @AutoClose
    private final SocketFixture fixture;

    private final PushSocket push;
    private final PullSocket pull;

    ConnectingTest(Transport transport) {
        fixture = new SocketFixture(transport);
        push = fixture.context().push();
        pull = fixture.context().pull();
    }

    @Test
    void connectMayComeFirst() throws InterruptedException {
        var endpoint = fixture.transport().endpoint();
        push.connect(endpoint);
        push.send("1");
        push.send("2");
        pull.bind(endpoint);
        assertThat(take(pull).text()).isEqualTo("1");
        assertThat(take(pull).text()).isEqualTo("2");
    }

    /** Over inproc a connect counts as complete at once, as it does in libzmq. */
    @Test
    void immediateQueuesForNobody() throws InterruptedException {
        var endpoint = fixture.transport().endpoint();
        push.set(Options.IMMEDIATE, true);
        push.connect(endpoint);
        if (fixture.transport().hasWire()) {
            assertThat(push.trySend(Message.of("to nobody"))).isFalse();
        }
        pull.bind(endpoint);
        awaitPeers(push, 1);
        push.send("to somebody");
        assertThat(take(pull).text()).isEqualTo("to somebody");
        assertQuiet(pull);
    }

    @Test
    void oneSocketBindsSeveralEndpoints() throws InterruptedException {
        var first = pull.bind(fixture.transport().endpoint());
        var second = pull.bind(fixture.transport().endpoint());
        var inproc = pull.bind(Transport.INPROC.endpoint());
        for (var endpoint : new String[] {first, second, inproc}) {
            var sender = fixture.context().push();
            sender.connect(endpoint);
            sender.send(endpoint);
            assertThat(take(pull).text()).isEqualTo(endpoint);
        }
        assertThat(pull.lastEndpoint()).isEqualTo(inproc);
    }

    @Test
    void oneSocketConnectsToSeveralEndpoints() throws InterruptedException {
        var other = fixture.context().pull();
        fixture.join(pull, push);
        fixture.join(other, push);
        push.set(Options.LINGER, Duration.ZERO);
        push.connect(fixture.transport().endpoint());
        for (var i = 0; i < 6; i++) {
            push.send(String.valueOf(i));
        }
        // A third of it waits for whoever will bind the last endpoint.
        assertThat(take(pull).text()).isNotNull();
        assertThat(take(pull).text()).isNotNull();
        assertThat(take(other).text()).isNotNull();
        assertThat(take(other).text()).isNotNull();
        assertQuiet(pull);
    }

    @Test
    void oneSocketBindsAndConnectsAtOnce() throws InterruptedException {
        var other = fixture.context().pull();
        fixture.join(push, pull);
        fixture.join(other, push);
        push.send("1");
        push.send("2");
        assertThat(take(pull).text()).isIn("1", "2");
        assertThat(take(other).text()).isIn("1", "2");
    }

    @Test
    void anEndpointHasOneOwner() {
        var endpoint = pull.bind(fixture.transport().endpoint());
        assertThatThrownBy(() -> fixture.context().pull().bind(endpoint))
                .isInstanceOfSatisfying(
                        EndpointException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADDRESS_IN_USE))
                .hasMessageContaining(endpoint);
        assertThatThrownBy(() -> pull.bind(endpoint)).isInstanceOf(EndpointException.class);
    }

    @Test
    void anEndpointIsFreeWhenItsOwnerHasClosed() throws InterruptedException {
        var endpoint = pull.bind(fixture.transport().endpoint());
        for (var i = 0; i < 20; i++) {
            var next = fixture.context().pull();
            (i == 0 ? pull : next).close();
            try (var owner = fixture.context().pull()) {
                assertThat(owner.bind(endpoint)).isEqualTo(endpoint);
                try (var sender = fixture.context().push()) {
                    sender.connect(endpoint);
                    sender.send("hello");
                    assertThat(take(owner).text()).isEqualTo("hello");
                }
            }
        }
    }

    @Test
    void unbindLetsNobodyInAndPresentPeersGo() throws InterruptedException {
        var endpoint = fixture.bound(pull);
        push.set(Options.RECONNECT_INTERVAL, Duration.ofMillis(1));
        fixture.join(pull, push);
        pull.unbind(endpoint);
        awaitPeers(pull, 0);
        assertThatThrownBy(() -> pull.unbind(endpoint)).isInstanceOf(EndpointException.class);
        var other = fixture.context().pull();
        other.bind(endpoint);
        if (fixture.transport().hasWire()) {
            awaitPeers(other, 1);
            push.send("to the next one");
            assertThat(take(other).text()).isEqualTo("to the next one");
        }
        assertQuiet(pull);
    }

    @Test
    void disconnectEndsOneConnectionAndSendsWhatIsQueued() throws InterruptedException {
        var other = fixture.context().pull();
        fixture.join(pull, push);
        fixture.join(other, push);
        push.send("1");
        push.send("2");
        push.disconnect(fixture.bound(pull));
        awaitPeers(pull, 0);
        push.send("3");
        push.send("4");
        assertThat(take(pull).text()).isIn("1", "2");
        assertQuiet(pull);
        for (var i = 0; i < 3; i++) {
            assertThat(take(other).text()).isNotNull();
        }
        assertThatThrownBy(() -> push.disconnect(fixture.bound(pull))).isInstanceOf(EndpointException.class);
    }

    @Test
    void nothingIsSentToAnEndpointOnceItIsDisconnected() throws InterruptedException {
        var other = fixture.context().pull();
        fixture.bound(pull);
        fixture.join(other, push);
        for (var i = 0; i < 50; i++) {
            push.connect(fixture.bound(pull));
            awaitPeers(push, 2);
            push.disconnect(fixture.bound(pull));
            push.send("1 of " + i);
            push.send("2 of " + i);
            assertThat(take(other).text()).isEqualTo("1 of " + i);
            assertThat(take(other).text()).isEqualTo("2 of " + i);
            awaitPeers(push, 1);
        }
        assertThat(pull.tryReceive()).isNull();
    }

    @Test
    void manyConnectionsComeAndGo() throws InterruptedException {
        fixture.bound(pull);
        for (var i = 0; i < 200; i++) {
            try (var sender = fixture.context().push()) {
                sender.connect(fixture.bound(pull));
                sender.send(String.valueOf(i));
            }
            assertThat(take(pull).text()).isEqualTo(String.valueOf(i));
        }
        awaitPeers(pull, 0);
    }

    @Test
    void optionsOfAConnectAreThoseAtItsTime() throws InterruptedException {
        var other = fixture.context().pull();
        fixture.bound(pull);
        fixture.bound(other);
        push.set(Options.IMMEDIATE, false);
        push.connect(fixture.bound(pull));
        push.set(Options.IMMEDIATE, true);
        push.connect(fixture.bound(other));
        awaitPeers(push, 2);
        push.send("1");
        push.send("2");
        assertThat(take(pull).text()).isIn("1", "2");
        assertThat(take(other).text()).isIn("1", "2");
    }
}
