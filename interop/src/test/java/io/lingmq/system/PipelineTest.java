package io.lingmq.system;

import static io.lingmq.system.SocketFixture.assertQuiet;
import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.error.TimedOutException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class PipelineTest {
    private static final int LARGE = 100_000;

    @AutoClose
    private final SocketFixture fixture;

    private final PushSocket push;
    private final PullSocket pull;

    PipelineTest(Transport transport) {
        fixture = new SocketFixture(transport);
        push = fixture.context().push();
        pull = fixture.context().pull();
    }

    @Test
    void keepsTheOrder() throws InterruptedException {
        fixture.join(pull, push);
        var sending = Background.run("sending", () -> {
            for (var n = 0; n < 50_000; n++) {
                push.send(String.valueOf(n));
            }
        });
        for (var n = 0; n < 50_000; n++) {
            assertThat(take(pull).text()).isEqualTo(String.valueOf(n));
        }
        sending.result();
    }

    @Test
    void handsOutInTurn() throws InterruptedException {
        var pulls = new PullSocket[] {
            pull, fixture.context().pull(), fixture.context().pull()
        };
        fixture.join(push, pulls);
        for (var n = 0; n < 30; n++) {
            push.send("work");
        }
        for (var each : pulls) {
            for (var n = 0; n < 10; n++) {
                assertThat(take(each).text()).isEqualTo("work");
            }
            assertQuiet(each);
        }
    }

    /** In turn where all have something: which of them have by now is for their connections to say. */
    @Test
    void takesFromAll() throws InterruptedException {
        var pushes = new PushSocket[] {
            push, fixture.context().push(), fixture.context().push()
        };
        fixture.join(pull, pushes);
        for (var n = 0; n < 100; n++) {
            for (var p = 0; p < pushes.length; p++) {
                pushes[p].send(String.valueOf(p));
            }
        }
        var counts = new int[pushes.length];
        for (var n = 0; n < 300; n++) {
            counts[Integer.parseInt(take(pull).text())]++;
        }
        assertThat(counts).as("taken from each").containsOnly(100);
        assertQuiet(pull);
    }

    @Test
    void bindsWaitForAPeer() throws InterruptedException {
        fixture.bound(push);
        assertThat(push.trySend(Message.of("to nobody"))).isFalse();
        assertThat(push.send(Message.of("to nobody"), Duration.ofMillis(20))).isFalse();
        var sending = Background.run("sending", () -> push.send("to somebody"));
        sending.awaitInside("send");
        fixture.join(push, pull);
        assertThat(take(pull).text()).isEqualTo("to somebody");
        sending.result();
    }

    @Test
    void blocksAtTheHighWaterMarkAndGoesOnLater() throws InterruptedException {
        push.set(Options.SEND_HWM, 5);
        pull.set(Options.RECEIVE_HWM, 5);
        fixture.join(pull, push);
        var accepted = 0;
        while (push.send(Message.of(new byte[LARGE]), Duration.ofMillis(100))) {
            accepted++;
        }
        assertThat(accepted).isGreaterThanOrEqualTo(10);
        push.set(Options.SEND_TIMEOUT, Duration.ofMillis(20));
        assertThatThrownBy(() -> push.send("late"))
                .isInstanceOf(TimedOutException.class)
                .hasMessageContaining("20ms");
        push.set(Options.SEND_TIMEOUT, Options.FOREVER);
        var sending = Background.run("sending", () -> push.send("last"));
        sending.awaitInside("send");
        for (var n = 0; n < accepted; n++) {
            assertThat(take(pull).size(0)).isEqualTo(LARGE);
        }
        assertThat(take(pull).text()).isEqualTo("last");
        sending.result();
        assertThat(push.statistics().dropped()).isEmpty();
    }

    @Test
    void memoryIsBoundedByBothMarks() {
        push.set(Options.SEND_HWM, 3);
        pull.set(Options.RECEIVE_HWM, 4);
        fixture.join(pull, push);
        if (fixture.transport() == Transport.INPROC) {
            var accepted = 0;
            while (push.trySend(Message.of("x"))) {
                accepted++;
            }
            assertThat(accepted).as("the sum of both marks").isEqualTo(7);
        }
    }

    @Test
    void passesAFullPeerOver() throws InterruptedException {
        var stuck = fixture.context().pull();
        stuck.set(Options.RECEIVE_HWM, 1);
        push.set(Options.SEND_HWM, 1);
        fixture.join(push, stuck, pull);
        var read = new AtomicInteger();
        var reading = Background.run("reading", () -> countAll(pull, read));
        for (var n = 0; n < 500; n++) {
            push.send(Message.of(new byte[LARGE]));
        }
        Await.until("the reading one got nearly all", () -> read.get() > 400);
        var held = new AtomicInteger();
        Await.until("nothing is lost", () -> read.get() + held.addAndGet(drain(stuck)) == 500);
        assertThat(held).as("what the other one held").hasValueLessThan(100);
        assertThat(reading.isDone()).isFalse();
    }

    private static void countAll(PullSocket from, AtomicInteger count) throws InterruptedException {
        while (true) {
            from.receive();
            count.incrementAndGet();
        }
    }

    private static int drain(PullSocket from) {
        var taken = 0;
        while (from.tryReceive() != null) {
            taken++;
        }
        return taken;
    }

    @Test
    void conflatesToTheNewest() {
        pull.set(Options.CONFLATE, true);
        push.set(Options.CONFLATE, true);
        fixture.join(pull, push);
        for (var n = 0; n < 1000; n++) {
            assertThat(push.trySend(Message.of(String.valueOf(n)))).isTrue();
        }
        Await.until("the newest has come", () -> {
            var message = pull.tryReceive();
            return message != null && message.text().equals("999");
        });
        assertThat(pull.tryReceive()).isNull();
    }

    @Test
    void receiveTimesOutAsSet() {
        fixture.join(pull, push);
        pull.set(Options.RECEIVE_TIMEOUT, Duration.ofMillis(20));
        assertThatThrownBy(pull::receive).isInstanceOf(TimedOutException.class).hasMessageContaining("20ms");
    }

    @Test
    void aPullThatLeavesGetsNothingMore() throws InterruptedException {
        var other = fixture.context().pull();
        fixture.join(push, pull, other);
        other.close();
        awaitPeers(push, 1);
        for (var n = 0; n < 10; n++) {
            push.send(String.valueOf(n));
            assertThat(take(pull).text()).isEqualTo(String.valueOf(n));
        }
    }
}
