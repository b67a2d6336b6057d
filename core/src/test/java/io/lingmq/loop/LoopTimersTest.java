package io.lingmq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.LingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Timers and tasks, in virtual time. */
class LoopTimersTest extends Looping {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void timerIsCalledOnceWhenItsTimeIsOver() throws InterruptedException {
        var timer = loop.after(SECOND, () -> calls.add("now"));
        turn();
        clock.advance(SECOND.minusNanos(1));
        turn();
        assertThat(takeCalls()).isEmpty();
        clock.advance(Duration.ofNanos(1));
        assertThat(timer.isActive()).isTrue();
        turns(3);
        assertThat(takeCalls()).containsExactly("now");
        assertThat(timer.isActive()).isFalse();
    }

    @Test
    void timerWithoutDelayIsCalledInTheNextTurn() throws InterruptedException {
        loop.after(Duration.ZERO, () -> calls.add("zero"));
        loop.after(Duration.ofSeconds(-5), () -> calls.add("negative"));
        assertThat(takeCalls()).isEmpty();
        turn();
        assertThat(takeCalls()).containsExactly("zero", "negative");
    }

    @Test
    void timerForAllTimeNeverComes() throws InterruptedException {
        loop.after(Duration.ofSeconds(Long.MAX_VALUE), () -> calls.add("after"));
        loop.every(Duration.ofSeconds(Long.MAX_VALUE), () -> calls.add("every"));
        turn();
        clock.advance(Duration.ofDays(10_000));
        turn();
        assertThat(takeCalls()).isEmpty();
    }

    @Test
    void periodBeginsWithAPeriodAndKeepsItsBeat() throws InterruptedException {
        loop.every(SECOND, () -> calls.add("beat"));
        turn();
        assertThat(takeCalls()).isEmpty();
        clock.advance(Duration.ofMillis(1300));
        turns(2);
        assertThat(takeCalls()).containsExactly("beat");
        clock.advance(Duration.ofMillis(700));
        turns(2);
        assertThat(takeCalls()).as("at 2 s, though the last came at 1.3 s").containsExactly("beat");
    }

    @Test
    void missedBeatsAreNotMadeUpFor() throws InterruptedException {
        loop.every(SECOND, () -> calls.add("beat"));
        clock.advance(Duration.ofMillis(10_500));
        turns(5);
        assertThat(takeCalls()).containsExactly("beat");
        clock.advance(Duration.ofMillis(500));
        turns(5);
        assertThat(takeCalls()).containsExactly("beat");
    }

    @Test
    void actionThatTakesLongerThanThePeriodLeavesBeatsOut() throws InterruptedException {
        loop.every(SECOND, () -> {
            calls.add("beat");
            clock.advance(Duration.ofMillis(1500));
        });
        clock.advance(SECOND);
        turns(5);
        assertThat(takeCalls()).as("it is 2.5 s now, and the next is at 3 s").containsExactly("beat");
        clock.advance(Duration.ofMillis(500));
        turns(5);
        assertThat(takeCalls()).containsExactly("beat");
    }

    @Test
    void refusesAPeriodThatIsNone() {
        assertThatThrownBy(() -> loop.every(Duration.ZERO, () -> {}))
                .isInstanceOf(LingException.class)
                .hasMessageStartingWith(
                        "the period is PT0S, and must be longer than zero; use execute for what is to run soon");
        assertThatThrownBy(() -> loop.every(Duration.ofMillis(-1), () -> {})).isInstanceOf(LingException.class);
    }

    @Test
    void shortestPeriodLeavesTimeForOthers() throws InterruptedException {
        loop.every(Duration.ofNanos(1), () -> {
            calls.add("beat");
            clock.advance(Duration.ofNanos(10));
        });
        loop.execute(() -> calls.add("task"));
        clock.advance(Duration.ofNanos(1));
        turn();
        assertThat(calls).contains("task");
        assertThat(calls.size()).isLessThanOrEqualTo(Share.MOST_CALLS + 1);
    }

    @Test
    void timerThatSetsItselfAnewLeavesTimeForOthers() throws InterruptedException {
        setAnew();
        loop.after(Duration.ofNanos(1), () -> calls.add("other"));
        loop.execute(() -> calls.add("task"));
        clock.advance(Duration.ofNanos(1));
        turn();
        assertThat(calls).contains("task", "other").hasSize(Share.MOST_CALLS + 1);
    }

    private void setAnew() {
        loop.after(Duration.ZERO, () -> {
            calls.add("again");
            setAnew();
        });
    }

    @Test
    void cancelledTimersAreNotCalledAndLeaveNothingBehind() throws InterruptedException {
        for (var i = 0; i < 10_000; i++) {
            loop.after(Duration.ofDays(1), () -> calls.add("after")).cancel();
            loop.every(Duration.ofDays(1), () -> calls.add("every")).cancel();
        }
        assertThat(loop.toString()).contains("timers: 0");
        clock.advance(Duration.ofDays(2));
        turn();
        assertThat(takeCalls()).isEmpty();
    }

    @Test
    void timerMayCancelItselfAndOthersThatAreDueInTheSameTurn() throws InterruptedException {
        var registrations = new Entry[2];
        registrations[0] = loop.every(SECOND, () -> {
            calls.add("first");
            registrations[0].cancel();
            registrations[1].cancel();
        });
        registrations[1] = loop.after(SECOND, () -> calls.add("second"));
        clock.advance(SECOND);
        turn();
        clock.advance(SECOND);
        turn();
        assertThat(takeCalls()).containsExactly("first");
        assertThat(registrations[0].isActive()).isFalse();
        assertThat(loop.toString()).contains("timers: 0");
    }

    @Test
    void timerThatFailsKeepsItsBeat() throws InterruptedException {
        loop.onError((where, failure) -> calls.add(where + ": " + failure.getMessage()));
        loop.every(SECOND, () -> {
            throw new IllegalStateException("on purpose");
        });
        for (var i = 0; i < 2; i++) {
            clock.advance(SECOND);
            turn();
        }
        assertThat(takeCalls()).containsExactly("periodic timer: on purpose", "periodic timer: on purpose");
    }

    // ---- tasks

    @Test
    void tasksRunInTheirOrder() throws InterruptedException {
        loop.execute(() -> {
            calls.add("1");
            loop.execute(() -> calls.add("3"));
        });
        loop.execute(() -> calls.add("2"));
        assertThat(takeCalls()).isEmpty();
        turns(2);
        assertThat(takeCalls()).containsExactly("1", "2", "3");
    }

    @Test
    void taskThatQueuesItselfAnewLeavesTimeForOthers() throws InterruptedException {
        var again = new Runnable() {
            @Override
            public void run() {
                calls.add("again");
                loop.execute(this);
            }
        };
        loop.execute(again);
        loop.after(SECOND, () -> calls.add("timer"));
        turn();
        assertThat(takeCalls()).hasSize(Share.MOST_CALLS);
        clock.advance(SECOND);
        turn();
        assertThat(takeCalls()).contains("timer").hasSize(Share.MOST_CALLS + 1);
    }

    @Test
    void slowTasksAreInterleavedWithTimers() throws InterruptedException {
        for (var i = 0; i < 10; i++) {
            loop.execute(() -> {
                calls.add("task");
                clock.advance(Duration.ofMillis(1));
            });
        }
        loop.every(Duration.ofMillis(2), () -> calls.add("timer"));
        turns(6);
        assertThat(takeCalls().subList(0, 6)).containsExactly("task", "task", "timer", "task", "task", "timer");
    }
}
