package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a call when its turn and its holder meet. */
class AsyncCallTest {
    private final AtomicInteger withdrawn = new AtomicInteger();

    /** A call whose attempt does what the test says. */
    private final class Call extends AsyncCall<String> {
        private final BooleanSupplier attempt;

        Call(BooleanSupplier attempt) {
            super(withdrawn::incrementAndGet);
            this.attempt = attempt;
        }

        @Override
        boolean attempt() {
            return attempt.getAsBoolean();
        }

        @Override
        void succeed() {
            completeWith("served");
        }

        @Override
        void expire() {
            completeWith("late");
        }
    }

    /** The ways in which a holder ends a future; each is true if it was ended by that. */
    enum Ending {
        CANCEL,
        COMPLETE,
        FAIL;

        boolean test(CompletableFuture<String> future) {
            return switch (this) {
                case CANCEL -> future.cancel(false);
                case COMPLETE -> future.complete("ended");
                case FAIL -> future.completeExceptionally(new IllegalStateException("ended"));
            };
        }
    }

    private static Error thrown() {
        throw new AssertionError("on purpose");
    }

    @ParameterizedTest
    @EnumSource
    void endingBeforeATurnWithdrawsIt(Ending how) {
        var attempts = new AtomicInteger();
        var call = new Call(() -> attempts.incrementAndGet() > 0);

        assertThat(how.test(call)).isTrue();
        assertThat(call.isDone()).isTrue();
        assertThat(call.serve()).as("no further turn is needed").isTrue();
        assertThat(call.isServed()).isFalse();
        assertThat(attempts).hasValue(0);
        assertThat(withdrawn).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void endingAfterATurnIsTooLateAlsoBeforeItIsTold(Ending how) {
        var call = new Call(() -> true);
        call.serve();

        assertThat(how.test(call)).isFalse();
        call.finish();
        assertThat(call).isCompletedWithValue("served");
    }

    @ParameterizedTest
    @EnumSource
    void endingDuringAnAttemptWaitsForItsEnd(Ending how) throws InterruptedException {
        for (var succeeds : new boolean[] {true, false}) {
            var inside = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            var call = new Call(() -> {
                inside.countDown();
                awaitQuietly(goOn);
                return succeeds;
            });
            var turn = Background.call("serving", call::serve);
            inside.await();
            var ending = Background.call("ending", () -> how.test(call)).awaitInside("withdraw");
            goOn.countDown();

            assertThat(turn.result()).isEqualTo(succeeds);
            assertThat(ending.result()).isEqualTo(!succeeds);
            assertThat(call.isServed()).isEqualTo(succeeds);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endingFromWithinTheAttemptIsTooLate(Ending how) {
        var call = new Call[1];
        call[0] = new Call(() -> !how.test(call[0]));

        assertThat(call[0].serve()).isTrue();
        assertThat(call[0].isServed()).isTrue();
    }

    @Test
    void attemptInVainLeavesItWaiting() {
        var call = new Call(() -> false);

        assertThat(call.serve()).isFalse();
        assertThat(call.isServed()).isFalse();
        assertThat(call.cancel(false)).isTrue();
        assertThat(call.cancel(false)).as("it is cancelled").isTrue();
        assertThat(withdrawn).hasValue(1);
    }

    @Test
    void anythingThatAnAttemptThrowsIsItsOutcome() {
        var call = new Call(() -> thrown() == null);
        assertThat(call.serve()).isTrue();
        call.finish();

        assertThat(call).isCompletedExceptionally();
        assertThat(Background.call("waiting", call::get).failure(Await.PATIENCE))
                .hasRootCauseMessage("on purpose");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
