package io.lingmq.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.support.OnReactor;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReactorTest {
    private static final String NAME = "reactor-under-test";

    private final Reactor reactor = new SelectorReactor(NAME);
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        reactor.stop();
    }

    /** Waits until all tasks given before have run. */
    private void awaitTasks() {
        onReactor(() -> null);
    }

    private <T> T onReactor(Callable<T> work) {
        return OnReactor.call(reactor, work);
    }

    // ---- tasks

    @Test
    void tasksRunInOrderOnItsOwnThread() {
        for (var i = 0; i < 100; i++) {
            var name = "" + i;
            reactor.post(() -> log.add(name + " " + Thread.currentThread().getName()));
        }
        awaitTasks();

        assertThat(log).hasSize(100);
        for (var i = 0; i < 100; i++) {
            assertThat(log.get(i)).isEqualTo(i + " " + NAME);
        }
    }

    @Test
    void knowsItsOwnThread() {
        assertThat(reactor.isHere()).isFalse();
        assertThat(onReactor(reactor::isHere)).isTrue();
    }

    @Test
    void taskOfATaskRunsLaterNotAtOnce() {
        reactor.post(() -> {
            reactor.post(() -> log.add("inner"));
            log.add("outer");
        });
        reactor.post(() -> log.add("other"));
        awaitTasks();

        assertThat(log.get(0)).isEqualTo("outer");
        Await.until("all have run", () -> log.size() == 3);
    }

    @Test
    void taskThatThrowsHurtsNobodyElse() {
        reactor.post(() -> {
            throw new IllegalStateException("on purpose");
        });
        reactor.post(() -> {
            throw new StackOverflowError("on purpose");
        });
        reactor.post(() -> log.add("next"));
        awaitTasks();

        assertThat(log).containsExactly("next");
    }

    @Test
    void keptTaskRunsOnceForAllWhoAskWhileItWaits() {
        var task = new Task(() -> log.add("kept"));
        onReactor(() -> {
            reactor.post(task);
            reactor.post(() -> log.add("other"));
            reactor.post(task);
            return null;
        });
        awaitTasks();
        assertThat(log).containsExactly("kept", "other");

        reactor.post(task);
        awaitTasks();
        assertThat(log).containsExactly("kept", "other", "kept");
    }

    @Test
    void keptTaskMayAskForItself() {
        var runs = new AtomicInteger();
        var task = new Task[1];
        task[0] = new Task(() -> {
            if (runs.incrementAndGet() < 5) {
                reactor.post(task[0]);
            }
        });
        reactor.post(task[0]);
        Await.until("it has run five times", () -> runs.get() == 5);
    }

    @Test
    void tasksThatNeverEndDoNotKeepChannelsWaiting() throws IOException {
        var busy = new AtomicBoolean(true);
        var again = new AtomicInteger();
        reactor.post(new Runnable() {
            @Override
            public void run() {
                again.incrementAndGet();
                if (busy.get()) {
                    reactor.post(this);
                }
            }
        });
        try (var channel = new Channel()) {
            channel.send("x");
            Await.until("the channel has its turn", () -> channel.heard.equals(List.of("x")));
        } finally {
            busy.set(false);
        }
        assertThat(again).hasPositiveValue();
    }

    // ---- sleep and wake

    @Test
    void everyTaskWakesASleepingReactor() {
        var rounds = 20_000;
        var ran = new AtomicInteger();
        for (var i = 1; i <= rounds; i++) {
            var number = i;
            reactor.post(() -> ran.set(number));
            awaitNumber(ran, number);
        }
    }

    @Test
    void tasksOfManyThreadsAllRun() {
        var ran = new AtomicInteger();
        var threads = new ArrayList<Background<Boolean>>();
        for (var i = 0; i < 4; i++) {
            threads.add(Background.run("giver " + i, () -> {
                for (var n = 0; n < 50_000; n++) {
                    reactor.post(ran::incrementAndGet);
                    if (n % 100 == 0) {
                        LockSupport.parkNanos(1);
                    }
                }
            }));
        }
        threads.forEach(thread -> thread.result(Duration.ofSeconds(30)));
        awaitNumber(ran, 200_000);
    }

    /** Parks and gives up after so many, not after a time, since a busy machine may take that. */
    private static void awaitNumber(AtomicInteger current, int wanted) {
        for (var turns = 0; current.get() != wanted; turns++) {
            if (turns < 1000) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(100_000);
            }
            assertThat(turns)
                    .as("a task was never run: %d of %d", current.get(), wanted)
                    .isLessThan(50_000);
        }
    }

    @Test
    void interruptFromOutsideMeansNothing() {
        var thread = onReactor(Thread::currentThread);
        thread.interrupt();
        reactor.post(() -> log.add("after"));
        awaitTasks();

        assertThat(log).containsExactly("after");
        assertThat(onReactor(() -> Thread.currentThread().isInterrupted())).isFalse();
    }

    // ---- timers

    @Test
    void timersFireInTheOrderOfTheirTimes() {
        onReactor(() -> {
            reactor.schedule(TimeUnit.MILLISECONDS.toNanos(30), () -> log.add("third"));
            reactor.schedule(TimeUnit.MILLISECONDS.toNanos(10), () -> log.add("first"));
            reactor.schedule(TimeUnit.MILLISECONDS.toNanos(20), () -> log.add("second"));
            return null;
        });
        Await.until("all have fired", () -> log.size() == 3);

        assertThat(log).containsExactly("first", "second", "third");
    }

    @Test
    void timerNeverFiresEarly() {
        var delayNs = TimeUnit.MILLISECONDS.toNanos(20);
        var beganNs = System.nanoTime();
        var firedNs = new CompletableFuture<Long>();
        onReactor(() -> reactor.schedule(delayNs, () -> firedNs.complete(System.nanoTime())));

        assertThat(Background.call("waiting for the timer", firedNs::get).result() - beganNs)
                .isGreaterThanOrEqualTo(delayNs);
    }

    @Test
    void cancelledTimerDoesNotFire() {
        onReactor(() -> {
            var cancelled = reactor.schedule(TimeUnit.MILLISECONDS.toNanos(5), () -> log.add("cancelled"));
            reactor.schedule(TimeUnit.MILLISECONDS.toNanos(10), () -> log.add("kept"));
            cancelled.cancel();
            return null;
        });
        Await.until("the other has fired", () -> !log.isEmpty());

        assertThat(log).containsExactly("kept");
    }

    @Test
    void timerMayCancelAnotherThatIsDueToo() {
        onReactor(() -> {
            var later = new Timer[1];
            reactor.schedule(0, () -> {
                log.add("first");
                later[0].cancel();
            });
            later[0] = reactor.schedule(0, () -> log.add("second"));
            return null;
        });
        awaitTasks();
        awaitTasks();

        assertThat(log).containsExactly("first");
    }

    @Test
    void timerThatHasFiredMayBeSetAgain() {
        var runs = new AtomicInteger();
        var timer = new Timer[1];
        timer[0] = new Timer(reactor, () -> {
            if (runs.incrementAndGet() < 3) {
                timer[0].set(1000);
            }
        });
        onReactor(() -> {
            timer[0].set(1000);
            return null;
        });
        Await.until("it has fired three times", () -> runs.get() == 3);
        assertThat(onReactor(() -> timer[0].isDueBefore(Long.MAX_VALUE / 2))).isFalse();
    }

    @Test
    void timerThatThrowsHurtsNobodyElse() {
        onReactor(() -> {
            reactor.schedule(0, () -> {
                throw new IllegalStateException("on purpose");
            });
            return reactor.schedule(1, () -> log.add("next"));
        });
        Await.until("the next has fired", () -> log.contains("next"));
    }

    @Test
    void timerThatFiresAtOnceAgainAndAgainDoesNotKeepTasksWaiting() {
        var busy = new AtomicBoolean(true);
        var fired = new CountDownLatch(100);
        try {
            onReactor(() -> {
                fireAgain(busy, fired);
                return null;
            });
            Await.until("the timer goes on", () -> fired.getCount() == 0);
            reactor.post(() -> log.add("task"));
            Await.until("the task has its turn", Duration.ofSeconds(5), () -> log.contains("task"));
        } finally {
            busy.set(false);
        }
    }

    private void fireAgain(AtomicBoolean busy, CountDownLatch fired) {
        fired.countDown();
        if (busy.get()) {
            reactor.schedule(0, () -> fireAgain(busy, fired));
        }
    }

    @Test
    void tasksTimersAndChannelsHaveTheirTurnWhileSomebodyComesBackForEver() throws IOException {
        var busy = new AtomicBoolean(true);
        var task = new Task[1];
        task[0] = new Task(() -> {
            if (busy.get()) {
                reactor.comeBack(task[0], 1000);
            }
        });
        try (var channel = new Channel()) {
            onReactor(() -> {
                reactor.comeBack(task[0], 1000);
                return reactor.schedule(TimeUnit.MILLISECONDS.toNanos(1), () -> log.add("timer"));
            });
            channel.send("x");
            Await.until("the channel has its turn", () -> channel.heard.equals(List.of("x")));
            Await.until("the timer has its turn", () -> log.contains("timer"));
            awaitTasks();
        } finally {
            busy.set(false);
        }
    }

    // ---- channels

    /** A channel that the reactor watches, and what it has heard on it. */
    private final class Channel implements ReadyHandler, AutoCloseable {
        private final Pipe pipe;
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final List<Throwable> failures = new CopyOnWriteArrayList<>();
        private volatile Error toThrow;
        private volatile int failuresToFail;

        Channel() throws IOException {
            pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            onReactor(() -> reactor.register(pipe.source(), SelectionKey.OP_READ, this));
        }

        void send(String text) throws IOException {
            pipe.sink().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void ready(int operations) {
            assertThat(operations).isEqualTo(SelectionKey.OP_READ);
            var buffer = ByteBuffer.allocate(1000);
            try {
                pipe.source().read(buffer);
            } catch (IOException e) {
                failures.add(e);
            }
            heard.add(StandardCharsets.US_ASCII.decode(buffer.flip()).toString());
            if (toThrow != null) {
                throw toThrow;
            }
        }

        @Override
        public void failed(Throwable cause) {
            failures.add(cause);
            if (failures.size() <= failuresToFail) {
                throw new OutOfMemoryError("on purpose, again");
            }
            toThrow = null;
        }

        @Override
        public void close() throws IOException {
            pipe.sink().close();
            pipe.source().close();
        }
    }

    @Test
    void handlerIsCalledWhenItsChannelIsReady() throws IOException {
        try (var channel = new Channel()) {
            channel.send("x");
            Await.until("x is heard", () -> channel.heard.equals(List.of("x")));
            channel.send("y");
            Await.until("y is heard", () -> channel.heard.equals(List.of("x", "y")));
            assertThat(channel.failures).isEmpty();
        }
    }

    @Test
    void handlerThatThrowsIsToldAndHurtsNobodyElse() throws IOException {
        try (var bad = new Channel();
                var good = new Channel()) {
            var thrown = new OutOfMemoryError("on purpose");
            bad.toThrow = thrown;
            bad.send("x");
            Await.until("it is told", () -> !bad.failures.isEmpty());
            good.send("x");
            Await.until("the other is heard", () -> good.heard.equals(List.of("x")));

            assertThat(bad.failures).containsExactly(thrown);
            assertThat(good.failures).isEmpty();
        }
        awaitTasks();
    }

    /** It fails for want of memory, and giving up fails for the same reason. */
    @Test
    void handlerThatCannotGiveUpIsToldAgain() throws IOException {
        try (var bad = new Channel();
                var good = new Channel()) {
            bad.failuresToFail = 3;
            var thrown = new OutOfMemoryError("on purpose");
            bad.toThrow = thrown;
            bad.send("x");
            Await.until("it is told until it returns", () -> bad.failures.size() == 4);
            good.send("x");
            Await.until("the other is heard", () -> good.heard.equals(List.of("x")));

            assertThat(bad.failures).containsOnly(thrown);
            assertThat(bad.heard).as("it is left alone meanwhile").containsExactly("x");
        }
    }

    @Test
    void descriptorsOfClosedChannelsAreFreeAtOnce() throws IOException {
        var channel = new Channel();
        channel.close();
        onReactor(() -> {
            reactor.forgetClosed();
            return null;
        });
        assertThat(channel.pipe.source().isRegistered()).isFalse();
    }

    @Test
    void bufferIsClearedForEachUserAlsoWhereTheLastOneFailed() {
        assertThatThrownBy(() -> reactor.withBuffer(buffer -> {
                    buffer.put(new byte[10]);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        for (var i = 0; i < 100; i++) {
            int room = reactor.withBuffer(buffer -> {
                assertThat(buffer.position()).isZero();
                return buffer.put(new byte[10]).remaining() + 10;
            });
            assertThat(room).isEqualTo(256 * 1024);
        }
    }

    @Test
    void isADaemon() {
        assertThat(onReactor(() -> Thread.currentThread().isDaemon())).isTrue();
    }
}
