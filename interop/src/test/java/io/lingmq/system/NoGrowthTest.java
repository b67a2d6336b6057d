package io.lingmq.system;

import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.RepSocket;
import io.lingmq.message.Message;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.ResourceWatch;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Coming and going leaves nothing behind. */
class NoGrowthTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 10_000);
    private static final long MEBIBYTE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(2);

    @ParameterizedTest
    @EnumSource(Transport.class)
    @Timeout(180)
    void connectingExchangingAndClosingIsFree(Transport transport) throws InterruptedException {
        try (var fixture = new SocketFixture(transport);
                var server = fixture.context().rep()) {
            fixture.bound(server);
            var answering = Background.run("answering", () -> answer(server));
            rounds(fixture, server, 500);
            var watch = ResourceWatch.begin("lingmq");
            var used = ResourceWatch.usedHeap();
            rounds(fixture, server, ROUNDS);
            SocketFixture.awaitPeers(server, 0);
            watch.assertReturned();
            Await.until(
                    "the heap is as it was before " + ROUNDS + " rounds",
                    SOON,
                    () -> ResourceWatch.usedHeap() - used < 2 * MEBIBYTE);
            assertThat(answering.isDone()).isFalse();
        }
    }

    private static void answer(RepSocket server) throws InterruptedException {
        while (true) {
            server.send(server.receive());
        }
    }

    private static void rounds(SocketFixture fixture, RepSocket server, int count) throws InterruptedException {
        for (var i = 0; i < count; i++) {
            try (var client = fixture.context().req()) {
                client.connect(fixture.bound(server));
                assertThat(client.request(Message.of("round " + i), PATIENCE)).isEqualTo(Message.of("round " + i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void contextsComeAndGoWithAllTheyHad(Transport transport) throws InterruptedException {
        oneContext(transport);
        var watch = ResourceWatch.begin("lingmq");
        for (var i = 0; i < 200; i++) {
            oneContext(transport);
        }
        watch.assertReturned();
    }

    private static void oneContext(Transport transport) throws InterruptedException {
        try (var context = Context.open()) {
            var pull = context.pull();
            var push = context.push();
            push.connect(pull.bind(transport.endpoint()));
            push.send("x");
            assertThat(take(pull).text()).isEqualTo("x");
        }
    }

    @Test
    void anUnusedContextHasNoThread() {
        var watch = ResourceWatch.begin("lingmq");
        try (var context = Context.open();
                var socket = context.pull()) {
            assertThat(socket.tryReceive()).isNull();
            watch.assertReturned();
        }
    }

    @Test
    void idleSocketsUseNoProcessorTime() throws InterruptedException {
        try (var context = Context.open();
                var pull = context.pull();
                var push = context.push();
                var late = context.push()) {
            push.connect(pull.bind("tcp://127.0.0.1:*"));
            late.connect(Transport.TCP.endpoint());
            push.send("x");
            assertThat(take(pull).text()).isEqualTo("x");
            var waiting = Background.call("waiting", pull::receive).awaitInside("receive");
            rest(Duration.ofMillis(500));
            var before = ioThreadsTime();
            rest(Duration.ofSeconds(1));
            assertThat(ioThreadsTime().minus(before))
                    .as("processor time in a second")
                    .isLessThan(Duration.ofMillis(50));
            push.send("y");
            assertThat(waiting.result().text()).isEqualTo("y");
        }
    }

    /** Nothing is waited for here: the idle time itself is what is looked at. */
    private static void rest(Duration time) {
        var endNs = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < endNs) {
            LockSupport.parkNanos(endNs - System.nanoTime());
        }
    }

    private static Duration ioThreadsTime() {
        var threads = ManagementFactory.getThreadMXBean();
        var sumNs = 0L;
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("lingmq") || thread.getName().equals("waiting")) {
                sumNs += Math.max(0, threads.getThreadCpuTime(thread.getId()));
            }
        }
        return Duration.ofNanos(sumNs);
    }
}
