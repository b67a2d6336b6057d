package io.lingmq.socket;

import static io.lingmq.socket.AsyncSite.failure;
import static io.lingmq.socket.AsyncSite.m;
import static io.lingmq.socket.AsyncSite.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.NotSupportedException;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Asynchronous calls within a time. */
class AsyncTimesTest {
    @AutoClose
    private final AsyncSite site = new AsyncSite();

    private final SocketCore push = site.push;
    private final SocketCore pull = site.pull;

    private void join() {
        site.join();
    }

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void receiveWithinATimeCompletesWithTheMessage() {
        join();
        var future = pull.async().receive(LONG);
        push.trySend(m("x"));

        assertThat(result(future)).isEqualTo(m("x"));
    }

    @Test
    void receiveWhoseTimeIsOverCompletesWithNullAndTakesNothing() {
        join();
        assertThat(result(pull.async().receive(Duration.ofMillis(1)))).isNull();
        push.trySend(m("x"));

        assertThat(pull.tryReceive()).isEqualTo(m("x"));
    }

    @Test
    void noTimeAsksOnce() {
        join();
        for (var none : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            assertThat(result(pull.async().receive(none))).isNull();
            push.trySend(m("x"));
            assertThat(result(pull.async().receive(none))).isEqualTo(m("x"));
            assertThat(result(push.async().send(m("y"), none))).isTrue();
            assertThat(pull.tryReceive()).isEqualTo(m("y"));
        }
    }

    @Test
    void sendWhoseTimeIsOverCompletesWithFalseAndSendsNothing() {
        assertThat(result(push.async().send(m("late"), Duration.ofMillis(1)))).isFalse();
        var inTime = push.async().send(m("in time"), LONG);
        join();

        assertThat(result(inTime)).isTrue();
        assertThat(pull.tryReceive()).isEqualTo(m("in time"));
        assertThat(pull.tryReceive()).isNull();
    }

    @Test
    void timeThatIsOverInTheMiddleOfALaneHoldsUpNobody() {
        join();
        var first = pull.receiveAsync();
        var middle = pull.async().receive(Duration.ofMillis(1));
        var last = pull.receiveAsync();
        assertThat(result(middle)).isNull();
        push.trySend(m("1"));
        push.trySend(m("2"));

        assertThat(result(first)).isEqualTo(m("1"));
        assertThat(result(last)).isEqualTo(m("2"));
    }

    @Test
    void closingFailsWhatHasTime() {
        join();
        var future = pull.async().receive(LONG);
        pull.close();

        assertThat(failure(future)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> push.async().receive(LONG)).isInstanceOf(NotSupportedException.class);
    }

    @Test
    void callThatIsOverLeavesNoTimerBehind() {
        var timers = new ManualScheduler();
        var calls = site.calls(SocketType.PULL, pull, timers);
        join();
        var served = calls.receive(LONG.toNanos());
        var cancelled = calls.receive(LONG.toNanos());
        assertThat(timers.delays()).containsExactly(LONG, LONG);
        push.trySend(m("x"));
        assertThat(result(served)).isEqualTo(m("x"));
        cancelled.cancel(false);

        assertThat(timers.delays()).isEmpty();
        assertThat(calls.receive(Long.MAX_VALUE)).isNotDone();
        assertThat(timers.delays()).as("for ever needs no timer").isEmpty();
    }

    @Test
    void withoutAThreadForTheTimeThereIsNoCall() {
        var calls = site.calls(SocketType.PULL, pull, new Scheduler() {
            @Override
            public Future<?> schedule(long delayNs, Runnable task) {
                throw new OutOfMemoryError("no thread, on purpose");
            }

            @Override
            public void stop(long timeoutNs) {}
        });
        join();
        assertThatThrownBy(() -> calls.receive(LONG.toNanos())).isInstanceOf(OutOfMemoryError.class);
        push.trySend(m("x"));

        assertThat(Background.call("receiving", () -> pull.receive()).result()).isEqualTo(m("x"));
    }

    /** At whatever moment the time is over: the message comes, or null does and the message stays. */
    @Test
    void timeAndMessageAtOnceLoseNothingAndKeepTheOrder() {
        push.set(Options.SEND_HWM, 0);
        join();
        var random = Seed.random("AsyncTimesTest.timeAndMessageAtOnceLoseNothingAndKeepTheOrder");
        var received = 0;
        for (var i = 0; i < 2000; i++) {
            var future = pull.async().receive(Duration.ofNanos(random.nextInt(200_000)));
            for (var spins = random.nextInt(3000); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            push.trySend(m("" + i));
            var message = result(future);
            if (message != null) {
                assertThat(message).isEqualTo(m("" + received++));
            }
        }
        while (received < 2000) {
            assertThat(pull.tryReceive()).isEqualTo(m("" + received++));
        }
        assertThat(pull.tryReceive()).isNull();
    }
}
