package io.lingmq.system;

import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.option.Options;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of messages whose socket is closed. */
@ParameterizedClass
@EnumSource(Transport.class)
class LingerTest {
    @AutoClose
    private final SocketFixture fixture;

    private final PushSocket push;
    private final PullSocket pull;

    LingerTest(Transport transport) {
        fixture = new SocketFixture(transport);
        push = fixture.context().push();
        pull = fixture.context().pull();
    }

    @Test
    void whatWasSentLeavesBeforeTheSocketIsGone() throws InterruptedException {
        fixture.bound(pull);
        push.connect(fixture.bound(pull));
        for (var n = 0; n < 500; n++) {
            push.send(n + "x".repeat(1000));
        }
        push.close();
        for (var n = 0; n < 500; n++) {
            assertThat(take(pull).text()).startsWith(n + "x");
        }
        awaitPeers(pull, 0);
    }

    @Test
    void closingTheContextWaitsForWhatIsUnsent() throws InterruptedException {
        try (var other = Context.open();
                var sender = other.push()) {
            if (fixture.transport().hasWire()) {
                sender.connect(fixture.bound(pull));
                for (var n = 0; n < 500; n++) {
                    sender.send("x".repeat(10_000));
                }
                assertThat(other.close(Duration.ofSeconds(10)).lost()).isZero();
                for (var n = 0; n < 500; n++) {
                    assertThat(take(pull).size(0)).isEqualTo(10_000);
                }
            }
        }
    }

    @Test
    void closingTheContextWaitsForADisconnectedEndpointToo() throws InterruptedException {
        try (var other = Context.open();
                var sender = other.push()) {
            if (fixture.transport().hasWire()) {
                sender.connect(fixture.bound(pull));
                for (var n = 0; n < 500; n++) {
                    sender.send("x".repeat(10_000));
                }
                sender.disconnect(sender.lastEndpoint());
                assertThat(other.close(Duration.ofSeconds(10)).lost()).isZero();
                for (var n = 0; n < 500; n++) {
                    assertThat(take(pull).size(0)).isEqualTo(10_000);
                }
            }
        }
    }

    @Test
    void lingerIsALimitAndTheLossIsTold() throws InterruptedException {
        push.set(Options.LINGER, Duration.ofMillis(200));
        push.connect(fixture.transport().endpoint());
        push.send("1");
        push.send("2");
        push.close();
        var beginNs = System.nanoTime();
        var lost = fixture.context().close(Duration.ofSeconds(10)).lost();
        assertThat(Duration.ofNanos(System.nanoTime() - beginNs)).isLessThan(Duration.ofSeconds(2));
        assertThat(lost).isEqualTo(2);
    }

    @Test
    void withoutLingerNothingIsWaitedFor() throws InterruptedException {
        push.set(Options.LINGER, Duration.ZERO);
        push.connect(fixture.transport().endpoint());
        push.send("1");
        var beginNs = System.nanoTime();
        push.close();
        assertThat(fixture.context().close(Duration.ofSeconds(10)).lost()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - beginNs)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void whatHasArrivedCanBeReadAfterItsSenderLeft() throws InterruptedException {
        fixture.join(pull, push);
        push.send("1");
        push.send("2");
        push.close();
        awaitPeers(pull, 0);
        assertThat(take(pull).text()).isEqualTo("1");
        assertThat(take(pull).text()).isEqualTo("2");
    }
}
