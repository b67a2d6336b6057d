package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.guard.LogTrap;
import io.lingmq.security.Authenticator;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many questions there may be, in how many threads, and how many lines in the log. */
class AdmissionsTest {
    private static final ZapRequest WHO = new ZapRequest("", "192.0.2.1", new byte[0], "NULL", List.of());
    private static final ZapReply YES = ZapReply.accepted("anybody");

    private final ContextCore context = new ContextCore(1, "test");
    private final FakeClock clock = new FakeClock();
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final LogTrap log = new LogTrap(line -> {
        if (line.startsWith("an authenticator")) {
            lines.add(line);
        }
    });
    private final Admissions admissions =
            new Admissions(new ZapHandler(context, Runnable::run), clock::nowNs, new SystemRuntime().questions("test"));

    /** Waits in the thread that asks it, until it may go on. */
    private static final class Waiting implements Authenticator {
        private final CountDownLatch allAreInside = new CountDownLatch(SystemRuntime.MOST_ASKING);
        private final CountDownLatch goesOn = new CountDownLatch(1);
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger mostInside = new AtomicInteger();
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public CompletableFuture<ZapReply> decide(ZapRequest request) {
            asked.incrementAndGet();
            var now = inside.incrementAndGet();
            mostInside.accumulateAndGet(now, Math::max);
            allAreInside.countDown();
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                return CompletableFuture.failedFuture(e);
            } finally {
                inside.decrementAndGet();
            }
            return CompletableFuture.completedFuture(YES);
        }
    }

    @AfterEach
    void close() {
        admissions.close();
        context.close(Duration.ZERO);
        log.close();
    }

    private List<CompletableFuture<ZapReply>> ask(int times) {
        return Stream.generate(() -> admissions.ask(WHO)).limit(times).toList();
    }

    private static void assertRefusedAtOnce(CompletableFuture<ZapReply> answer) {
        assertThat(answer)
                .isCompletedWithValueMatching(reply -> reply.status() == ZapReply.Status.TEMPORARY_FAILURE
                        && reply.text().contains(Admissions.MOST_PENDING + " peers await a verdict"));
    }

    // ---- bounds

    @Test
    void authenticatorIsAskedInSoManyThreadsAtOnceAndNoMore() throws InterruptedException {
        var waiting = new Waiting();
        admissions.authenticator(waiting);

        var answers = ask(5 * SystemRuntime.MOST_ASKING);
        waiting.allAreInside.await();
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        waiting.goesOn.countDown();

        assertThat(answers).allMatch(answer -> answer.join().equals(YES));
        assertThat(waiting.mostInside).hasValue(SystemRuntime.MOST_ASKING);
    }

    @Test
    void soManyMayAwaitAVerdictAndTheNextIsToComeAgain() {
        admissions.authenticator(request -> new CompletableFuture<>());

        var answers = ask(Admissions.MOST_PENDING);
        assertThat(admissions.pending()).isEqualTo(Admissions.MOST_PENDING);
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        assertRefusedAtOnce(admissions.ask(WHO));

        answers.get(17).cancel(false); // its peer has gone
        assertThat(admissions.pending()).isEqualTo(Admissions.MOST_PENDING - 1);
        assertThat(admissions.ask(WHO)).isNotDone();
        assertRefusedAtOnce(admissions.ask(WHO));
    }

    /** Peers that connect, ask and go would fill the queue, where all threads are stuck. */
    @Test
    void whatNobodyWaitsForAnyMoreCountsUntilItIsOutOfTheQueue() throws InterruptedException {
        var waiting = new Waiting();
        admissions.authenticator(waiting);
        ask(SystemRuntime.MOST_ASKING);
        waiting.allAreInside.await();
        for (var i = 0; i < Admissions.MOST_PENDING; i++) {
            admissions.ask(WHO).cancel(false);
        }

        assertThat(admissions.pending()).isEqualTo(SystemRuntime.MOST_ASKING);
        assertRefusedAtOnce(admissions.ask(WHO));

        waiting.goesOn.countDown();
        Await.until("the queue is empty", () -> admissions.ask(WHO).join().equals(YES));
        assertThat(waiting.asked).hasValue(SystemRuntime.MOST_ASKING + 1);
    }

    @Test
    void closeAnswersAllThatIsPending() {
        admissions.authenticator(request -> new CompletableFuture<>());
        var answers = ask(Admissions.MOST_PENDING);

        admissions.close();

        assertThat(answers).allMatch(answer -> answer.join().text().equals("the context is closed"));
        assertThat(admissions.pending()).isZero();
        assertThat(admissions.ask(WHO).join().status()).isEqualTo(ZapReply.Status.FAILED);
    }

    // ---- the log

    @Test
    void peerThatConnectsAgainAndAgainDoesNotFillTheLog() {
        admissions.authenticator(request -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(ask(1000)).allMatch(answer -> answer.join().status() == ZapReply.Status.FAILED);
        assertThat(lines).singleElement().asString().startsWith("an authenticator failed: java.lang.Illegal");

        clock.advance(Duration.ofMinutes(1));
        ask(1).get(0).join();
        assertThat(lines)
                .hasSize(2)
                .last()
                .asString()
                .startsWith("an authenticator failed; failures before it that were not logged: 999");
    }
}
