package io.lingmq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.LingException;
import io.lingmq.guard.LogTrap;
import io.lingmq.message.Message;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Which thread runs a loop, and what ends a run. */
class LoopRunTest extends Looping {
    /** With the machine's clock, so that it can sleep. */
    private final LoopCore real = new LoopCore(context);

    private Background<Boolean> sleeping() {
        return Background.run("running", real::run).awaitInside("sleep");
    }

    @Test
    void stopEndsARunThatSleeps() {
        var running = sleeping();
        real.stop();
        real.stop();
        assertThat(running.result()).isTrue();
        assertThat(real.isRunning()).isFalse();
    }

    @Test
    void stopBeforeTheRunEndsIt() throws InterruptedException {
        real.execute(() -> calls.add("task"));
        real.stop();
        real.run();
        assertThat(takeCalls()).isEmpty();
        real.execute(real::stop);
        real.run();
        assertThat(takeCalls()).as("what waited is for the next run").containsExactly("task");
    }

    @Test
    void stopInAHandlerEndsTheRunAfterIt() throws InterruptedException {
        real.execute(() -> {
            real.stop();
            calls.add("stopping");
        });
        real.execute(() -> calls.add("next"));
        real.after(Duration.ZERO, () -> calls.add("timer"));
        real.run();
        assertThat(takeCalls()).containsExactly("timer", "stopping");
        real.execute(real::stop);
        real.run();
        assertThat(takeCalls()).containsExactly("next");
    }

    @Test
    void stopAmongMessagesLeavesTheOthersForTheNextRun() throws InterruptedException {
        for (var i = 1; i <= 3; i++) {
            push.trySend(Message.of("" + i));
        }
        real.onReceive("pull", pull, message -> {
            calls.add(message.text());
            real.stop();
        });
        real.run();
        assertThat(takeCalls()).containsExactly("1");
        real.run();
        assertThat(takeCalls()).containsExactly("2");
    }

    @Test
    void oneThreadAtATimeRunsALoop() {
        var running = sleeping();
        assertThatThrownBy(real::run)
                .isInstanceOf(LingException.class)
                .hasMessageStartingWith("the loop runs already; one thread at a time runs it, until it is stopped");
        assertThatThrownBy(real::start).isInstanceOf(LingException.class);
        var inside = new ArrayList<Throwable>();
        real.onError((where, failure) -> inside.add(failure));
        real.execute(() -> {
            try {
                real.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        real.execute(real::stop);
        assertThat(running.result()).isTrue();
        assertThat(inside).hasSize(1).first().isInstanceOf(LingException.class);
    }

    @Test
    void interruptEndsARunAndTheNextGoesOn() throws InterruptedException {
        var running = sleeping();
        running.interrupt();
        assertThat(running.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
        assertThat(real.isRunning()).isFalse();
        real.execute(real::stop);
        real.run();
    }

    @Test
    void interruptEndsARunThatIsAlwaysBusy() {
        real.onWritable("push", push, () -> calls.add("writable"));
        var running = Background.run("running", real::run).awaitInside("takeTurn");
        running.interrupt();
        assertThat(running.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void interruptedHandlerEndsTheRun() {
        real.after(Duration.ZERO, () -> {
            calls.add("first");
            throw new InterruptedException();
        });
        real.execute(() -> calls.add("not in this run"));
        assertThatThrownBy(real::run).isInstanceOf(InterruptedException.class);
        assertThat(takeCalls()).containsExactly("first");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void startRunsInADaemonThread() {
        var threads = new ConcurrentLinkedQueue<Thread>();
        real.execute(() -> threads.add(Thread.currentThread()));
        real.start();
        var thread = Await.value("the task runs", threads::peek);
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("loop-test-loop");
        assertThat(real.isRunning()).isTrue();
        real.stop();
        Await.until("it has stopped", () -> !real.isRunning());
        real.start();
        assertThat(real.isRunning()).isTrue();
    }

    @Test
    void startedLoopThatIsInterruptedSaysSo() {
        var lines = new ConcurrentLinkedQueue<String>();
        try (var trap = new LogTrap(lines::add)) {
            assertThat(trap).isNotNull();
            real.execute(() -> Thread.currentThread().interrupt());
            real.start();
            Await.until("it is logged", () -> !lines.isEmpty());
        }
        assertThat(lines).containsExactly("a loop has ended, for its thread was interrupted");
    }

    @Test
    void virtualThreadMayRunIt() {
        Assumptions.assumeTrue(VirtualThreads.exist());
        var virtual = VirtualThreads.unstarted("virtual", () -> {
            try {
                real.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        var heard = new ConcurrentLinkedQueue<String>();
        real.onReceive("pull", pull, message -> heard.add(message.text()));
        virtual.start();
        Await.until("it runs", real::isRunning);
        push.trySend(Message.of("x"));
        Await.until("it is heard", () -> heard.contains("x"));
        real.stop();
        Await.until("it has stopped", () -> !virtual.isAlive());
    }

    @Test
    void timerOfAnotherThreadWakesALoopThatSleeps() {
        var running = sleeping();
        real.after(Duration.ofMillis(1), real::stop);
        assertThat(running.result()).isTrue();
    }

    @Test
    void messageWakesALoopThatSleeps() {
        real.onReceive("pull", pull, message -> real.stop());
        var running = sleeping();
        push.trySend(Message.of("x"));
        assertThat(running.result()).isTrue();
    }

    // ---- the end

    @Test
    void closeEndsTheRunAndWaitsForTheHandlerThatRuns() {
        var inHandler = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        real.execute(() -> {
            inHandler.countDown();
            awaitUninterruptibly(mayGoOn);
            calls.add("done");
        });
        var running = Background.run("running", real::run);
        awaitUninterruptibly(inHandler);
        var closing = Background.run("closing", real::close).awaitInside("awaitEnd");
        mayGoOn.countDown();
        closing.result();
        assertThat(takeCalls()).containsExactly("done");
        assertThat(running.result()).isTrue();
        assertThat(real.isClosed()).isTrue();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closeInAHandlerIsItsLast() throws InterruptedException {
        real.execute(() -> {
            real.close();
            calls.add("last");
        });
        real.execute(() -> calls.add("never"));
        var lines = new ArrayList<String>();
        try (var trap = new LogTrap(lines::add)) {
            assertThat(trap).isNotNull();
            real.run();
        }
        assertThat(takeCalls()).containsExactly("last");
        assertThat(lines).containsExactly("tasks that a loop had not run when it was closed: 1");
    }

    @Test
    void closedLoopTakesNothingIn() throws InterruptedException {
        var timer = real.every(Duration.ofSeconds(1), () -> {});
        var receiving = real.onReceive("pull", pull, message -> {});
        real.close();
        real.close();
        assertThat(timer.isActive()).isFalse();
        assertThat(receiving.isActive()).isFalse();
        receiving.cancel();
        assertThatThrownBy(() -> real.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> real.after(Duration.ZERO, () -> {}))
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("the loop is closed");
        assertThatThrownBy(() -> real.onReceive("pull", pull, message -> {})).isInstanceOf(ClosedException.class);
        assertThat(real.toString()).startsWith("loop, closed");
        real.run(); // which ends at once
        assertThat(pull.isClosed()).isFalse();
    }

    @Test
    void contextEndsARunWithoutAWord() {
        var lines = new ConcurrentLinkedQueue<String>();
        try (var trap = new LogTrap(lines::add)) {
            assertThat(trap).isNotNull();
            real.onReceive("pull", pull, message -> {});
            real.onClosed("push", push, () -> calls.add("closed"));
            var running = sleeping();
            context.close(Duration.ofSeconds(5));
            assertThat(running.result()).isTrue();
        }
        assertThat(lines).isEmpty();
        assertThat(calls).isEmpty();
        assertThat(real.isClosed()).isTrue();
    }

    @Test
    void contextMayBeClosedByAHandlerWhichThenFindsItsSocketsClosed() throws InterruptedException {
        var lines = new ArrayList<String>();
        real.execute(() -> {
            context.close(Duration.ofSeconds(5));
            pull.tryReceive();
        });
        try (var trap = new LogTrap(lines::add)) {
            assertThat(trap).isNotNull();
            real.run();
        }
        assertThat(real.isClosed()).isTrue();
        assertThat(lines).as("that is the end, and no failure").isEmpty();
    }

    // ---- many threads

    @Test
    void noTaskOfManyThreadsIsLost() {
        var threads = 4;
        var rounds = 20_000;
        var done = new AtomicInteger();
        var inside = new AtomicInteger();
        real.start();
        var giving = new ArrayList<Background<Boolean>>();
        for (var i = 0; i < threads; i++) {
            giving.add(Background.run("giving " + i, () -> {
                for (var round = 0; round < rounds; round++) {
                    real.execute(() -> {
                        assertThat(inside.incrementAndGet()).isOne();
                        done.incrementAndGet();
                        inside.decrementAndGet();
                    });
                    if (round % 100 == 0) { // so that the loop sleeps now and then
                        Await.until("the tasks are done", () -> real.toString().endsWith("tasks: 0"));
                    }
                }
            }));
        }
        giving.forEach(each -> each.result(Duration.ofSeconds(50)));
        Await.until("all tasks are done", () -> done.get() == threads * rounds);
    }

    @Test
    void noStopIsLostWhereverItMeetsTheLoop() {
        for (var round = 0; round < 2000; round++) {
            var running = Background.run("running", real::run);
            for (var i = 0; i < round % 200; i++) {
                Thread.onSpinWait();
            }
            real.stop();
            assertThat(running.result()).isTrue();
        }
    }

    @Test
    void noTimerOfManyThreadsIsLost() {
        var threads = 4;
        var rounds = 2000;
        var fired = new AtomicInteger();
        real.start();
        var setting = new ArrayList<Background<Boolean>>();
        for (var i = 0; i < threads; i++) {
            setting.add(Background.run("setting " + i, () -> {
                for (var round = 0; round < rounds; round++) {
                    real.after(Duration.ofNanos(round * 1000L), fired::incrementAndGet);
                    real.after(Duration.ofSeconds(100), fired::incrementAndGet).cancel();
                }
            }));
        }
        setting.forEach(each -> each.result(Duration.ofSeconds(50)));
        Await.until("all have fired", () -> fired.get() == threads * rounds);
        assertThat(real.toString()).contains("timers: 0");
    }

    @Test
    void registrationsThatComeAndGoInManyThreadsLeaveNothingBehind() throws InterruptedException {
        real.start();
        var threads = new ArrayList<Background<Boolean>>();
        for (var i = 0; i < 3; i++) {
            var item = "pull " + i;
            threads.add(Background.run("registering " + i, () -> {
                for (var round = 0; round < 5000; round++) {
                    var receiving = real.onReceive(item, pull, message -> {});
                    var closing = real.onClosed(item, pull, () -> {});
                    push.trySend(Message.of("x"));
                    receiving.cancel();
                    closing.cancel();
                }
            }));
        }
        threads.forEach(each -> each.result(Duration.ofSeconds(50)));
        assertThat(real.toString()).contains("channels: 0");
        real.onReceive("pull", pull, message -> {
            if (message.text().equals("last")) {
                real.stop();
            }
        });
        push.send(Message.of("last"));
        Await.until("the last is heard", () -> !real.isRunning());
    }
}
