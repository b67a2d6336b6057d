package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.ReplierSettings;
import io.lingmq.option.RequesterSettings;
import io.lingmq.option.RetryPolicy;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Endpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Four threads with 200 requests each, one socket, and a server that takes its time: each reply is the right one. */
class ManyRequestsTest {
    private static final int THREADS = 4;
    private static final int EACH = 200;
    private static final int RESTARTS = 4;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(100);

    private final Context context = Context.builder()
            .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(2))
            .open();
    private final String endpoint = Endpoints.tcp();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();
    private Replier server = serving();

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
        context.close(Duration.ofSeconds(5));
    }

    /** Answers each request after a while, and not in the order in which they came. */
    private Replier serving() {
        var replier = context.asyncReplier(
                request -> {
                    var delay = served.incrementAndGet() % 4;
                    return CompletableFuture.supplyAsync(
                            () -> request, CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS));
                },
                Runnable::run,
                ReplierSettings.defaults().withSocket(Options.LINGER, Duration.ZERO));
        replier.bind(endpoint);
        return replier;
    }

    /** The server goes with what it has in hand, and comes back, again and again. */
    private void restart() {
        for (var i = 1; i <= RESTARTS; i++) {
            var next = i * THREADS * EACH / (RESTARTS + 1);
            Await.until("some more were answered", LONG, () -> right.get() >= next);
            server.close(Duration.ZERO);
            server = serving();
        }
    }

    @FunctionalInterface
    private interface Asking {
        Message ask(Message question) throws InterruptedException;
    }

    private void ask(Asking asking, boolean restarts) {
        var threads = new ArrayList<Background<Boolean>>();
        for (var t = 0; t < THREADS; t++) {
            var name = "thread " + t;
            threads.add(Background.run(name, () -> {
                for (var i = 0; i < EACH; i++) {
                    var question = Message.of(name, "question " + i);
                    assertThat(asking.ask(question)).isEqualTo(question);
                    right.incrementAndGet();
                }
            }));
        }
        if (restarts) {
            restart();
        }
        threads.forEach(thread -> thread.result(LONG));
        assertThat(right).hasValue(THREADS * EACH);
    }

    private ReqSocket req() {
        var req = context.req();
        req.set(Options.REQ_RELAXED, true);
        req.set(Options.REQ_CORRELATE, true);
        req.connect(endpoint);
        return req;
    }

    private Requester requester(RequesterSettings settings) {
        var requester = context.requester(settings.withTimeout(LONG));
        requester.connect(endpoint);
        return requester;
    }

    @Test
    void eachReplyIsRightByRequest() {
        ask(req()::request, false);
    }

    @Test
    void eachReplyIsRightByRequestOverRestarts() {
        var req = req();
        ask(
                question -> {
                    while (true) {
                        var reply = req.request(question, SOON);
                        if (reply != null) {
                            return reply;
                        }
                    }
                },
                true);
    }

    @Test
    void eachReplyIsRightByRequester() {
        var requester = requester(RequesterSettings.defaults());
        ask(requester::request, false);
        var statistics = requester.statistics();
        assertThat(statistics.sent()).isEqualTo(THREADS * EACH);
        assertThat(statistics.answered()).isEqualTo(THREADS * EACH);
        assertThat(statistics.late() + statistics.unknown()).isZero();
    }

    @Test
    void eachReplyIsRightByRequesterOverRestarts() {
        var retry = RetryPolicy.times(1000).after(SOON).backoff(1, SOON);
        var requester = requester(RequesterSettings.defaults().withRetry(retry));
        ask(requester::request, true);
        assertThat(requester.statistics().answered()).isEqualTo(THREADS * EACH);
        assertThat(requester.statistics().retried()).as("some were lost").isPositive();
    }
}
