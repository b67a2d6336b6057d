package io.lingmq.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.testkit.FaultProxy.Direction;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final Duration SOON = Duration.ofMillis(100);

    private final ScriptedListener listener = ScriptedListener.open();
    private final FaultProxy proxy = FaultProxy.to(listener.endpoint());

    @AfterEach
    void close() {
        proxy.close();
        listener.close();
    }

    @Test
    void copiesBothWays() {
        try (var client = ScriptedPeer.connect(proxy.endpoint());
                var server = listener.accept()) {
            client.send(Bodies.of(1, 300_000));
            server.expect(Bodies.of(1, 300_000)).send(Bodies.of(2, 300_000));
            client.expect(Bodies.of(2, 300_000));
            Await.until("all octets are counted", () -> proxy.octets(Direction.FROM_CLIENT) == 300_000);
        }
    }

    @Test
    void cutEndsBothSidesAndLetsNewConnectionsThrough() {
        try (var client = ScriptedPeer.connect(proxy.endpoint());
                var server = listener.accept()) {
            Await.until("linked", () -> proxy.open() == 1);
            proxy.cut();
            client.expectClosed();
            server.expectClosed();
        }
        try (var client = ScriptedPeer.connect(proxy.endpoint());
                var server = listener.accept()) {
            client.sendHex("01");
            server.expectHex("01");
        }
        assertThat(proxy.accepted()).isEqualTo(2);
    }

    @Test
    void resetIsToldAsSuchToTheOneWhoReads() throws IOException {
        var address = (InetSocketAddress) Endpoints.address(proxy.endpoint());
        try (var client = new Socket(address.getAddress(), address.getPort());
                var server = listener.accept()) {
            Await.until("linked", () -> proxy.open() == 1);
            proxy.reset();
            assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
            server.expectClosed();
        }
    }

    @Test
    void aNarrowWayHoldsLittle() throws IOException {
        proxy.narrow(16 * 1024);
        proxy.partition();
        try (var client = SocketChannel.open()) {
            client.setOption(StandardSocketOptions.SO_SNDBUF, 16 * 1024);
            client.connect(Endpoints.address(proxy.endpoint()));
            Await.until("linked", () -> proxy.open() == 1);
            client.configureBlocking(false);
            var held = 0L;
            for (var vain = 0; vain < 50; vain++) {
                int written;
                while ((written = client.write(ByteBuffer.allocate(64 * 1024))) > 0) {
                    held += written;
                    vain = 0;
                }
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(held).isPositive().isLessThan(512 * 1024);
        }
    }

    @Test
    void cutsAtTheVeryOctet() {
        proxy.cutAfter(Direction.FROM_CLIENT, 10);
        try (var client = ScriptedPeer.connect(proxy.endpoint());
                var server = listener.accept()) {
            client.send(Bodies.of(1, 100));
            assertThat(server.expectClosed()).hasSize(10);
        }
    }

    @Test
    void partitionHoldsDataBackUntilItHeals() {
        try (var client = ScriptedPeer.connect(proxy.endpoint());
                var server = listener.accept()) {
            proxy.partition();
            client.sendHex("01 02");
            server.expectSilence(SOON);
            proxy.heal();
            server.expectHex("01 02");
        }
    }

    @Test
    void delayTakesItsTime() {
        proxy.delay(SOON);
        try (var client = ScriptedPeer.connect(proxy.endpoint());
                var server = listener.accept()) {
            var beginNs = System.nanoTime();
            client.sendHex("01");
            server.expectHex("01");
            assertThat(Duration.ofNanos(System.nanoTime() - beginNs)).isGreaterThanOrEqualTo(SOON);
        }
    }

    @Test
    void dribblesOctetByOctet() {
        proxy.dribble(1);
        try (var client = ScriptedPeer.connect(proxy.endpoint());
                var server = listener.accept()) {
            client.send(Bodies.of(3, 1000));
            server.expect(Bodies.of(3, 1000));
        }
    }

    @Test
    void refusesAndWelcomesAgain() {
        proxy.refuse();
        assertThatThrownBy(() -> ScriptedPeer.connect(proxy.endpoint())).hasMessageContaining("no connection");
        proxy.welcome();
        ScriptedPeer.connect(proxy.endpoint()).close();
        assertThat(listener.accept().expectClosed()).isEmpty();
    }

    @Test
    void leavesNothingBehind() {
        proxy.close();
        var watch = ResourceWatch.begin("fault-proxy");
        try (var another = FaultProxy.to(listener.endpoint());
                var client = ScriptedPeer.connect(another.endpoint());
                var server = listener.accept()) {
            client.sendHex("01");
            server.expectHex("01");
        }
        watch.assertReturned();
    }
}
