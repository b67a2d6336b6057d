package io.lingmq.system;

import static io.lingmq.system.SocketFixture.assertQuiet;
import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.PairSocket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class PairSocketTest {
    @AutoClose
    private final SocketFixture fixture;

    private final PairSocket left;
    private final PairSocket right;

    PairSocketTest(Transport transport) {
        fixture = new SocketFixture(transport);
        left = fixture.context().pair();
        right = fixture.context().pair();
    }

    @Test
    void talksBothWaysWithoutTurns() throws InterruptedException {
        fixture.join(left, right);
        left.send("1");
        left.send("2", "and more");
        right.send("3");
        assertThat(take(right).text()).isEqualTo("1");
        assertThat(take(right)).isEqualTo(Message.of("2", "and more"));
        assertThat(take(left).text()).isEqualTo("3");
    }

    @Test
    void keepsItsOnePeer() throws InterruptedException {
        fixture.join(left, right);
        var third = fixture.context().pair();
        third.set(Options.LINGER, Duration.ZERO);
        third.connect(fixture.bound(left));
        third.send("me too");
        right.send("only me");
        assertThat(take(left).text()).isEqualTo("only me");
        assertQuiet(left);
        left.send("to you");
        assertThat(take(right).text()).isEqualTo("to you");
        assertThat(left.statistics().peers()).isEqualTo(1);
    }

    @Test
    void takesAnotherPeerOnceTheFirstHasLeft() throws InterruptedException {
        fixture.join(left, right);
        right.send("last words");
        right.close();
        awaitPeers(left, 0);
        assertThat(take(left).text()).isEqualTo("last words");
        var next = fixture.context().pair();
        fixture.join(left, next);
        left.send("hello");
        assertThat(take(next).text()).isEqualTo("hello");
    }

    @Test
    void sendWaitsForAPeer() throws InterruptedException {
        fixture.bound(left);
        assertThat(left.send(Message.of("x"), Duration.ofMillis(20))).isFalse();
        fixture.join(left, right);
        left.send("now");
        assertThat(take(right).text()).isEqualTo("now");
    }
}
