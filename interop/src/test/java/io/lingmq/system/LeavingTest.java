package io.lingmq.system;

import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who leaves lets the peer read to the end, however slow that is and whatever it says meanwhile. */
class LeavingTest {
    private static final int JOBS = 1500;
    private static final Duration LINGER = Duration.ofSeconds(30);
    /** Longer than a closing side might think that a peer needs. */
    private static final Duration PAUSE = Duration.ofMillis(1500);

    private final Context context = Context.open();
    private final Context leaving = Context.open();

    @AfterEach
    void close() {
        leaving.close(Duration.ZERO);
        context.close(Duration.ZERO);
    }

    private static void pause() {
        var untilNs = System.nanoTime() + PAUSE.toNanos();
        while (System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** The peer holds little itself, so most of the jobs are still in the operating system when their sender goes. */
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void everyJobArrivesThoughItsSlowReceiverAnswersWhoHasGone(Transport transport) throws InterruptedException {
        var router = context.router();
        router.set(Options.RECEIVE_HWM, 10);
        var endpoint = router.bind(transport.endpoint());
        var dealer = leaving.dealer();
        dealer.set(Options.LINGER, LINGER);
        dealer.set(Options.SEND_HWM, 0);
        dealer.connect(endpoint);
        for (var n = 0; n < JOBS; n++) {
            dealer.send(Message.of("job " + n, "x".repeat(2000)));
        }
        var closer = Background.call("the closing side", () -> leaving.close(LINGER));
        pause();
        for (var n = 0; n < JOBS; n++) {
            var job = take(router);
            assertThat(job.text(1)).isEqualTo("job " + n);
            router.reply(job, Message.of("answer " + n));
        }
        assertThat(closer.result(LINGER).lost()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void whoOnlyReceivesHasNothingToWaitFor(Transport transport) throws InterruptedException {
        var push = context.push();
        var pull = leaving.socket(SocketType.PULL);
        pull.set(Options.LINGER, LINGER);
        pull.connect(push.bind(transport.endpoint()));
        push.send("for whom?");
        Await.until("the message has come", () -> pull.statistics().peers() == 1);
        var beginNs = System.nanoTime();
        assertThat(leaving.close(LINGER).lost()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - beginNs)).isLessThan(Duration.ofSeconds(5));
    }
}
