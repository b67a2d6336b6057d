package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Await;
import io.lingmq.testkit.ResourceWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallbackThreadsTest {
    private static final int MOST = 256;
    private static final String PREFIX = "callback-threads-test";

    private final CallbackThreads threads = new CallbackThreads(PREFIX, Runnable::run);
    private final ResourceWatch watch = ResourceWatch.begin(PREFIX);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void stop() {
        goOn.countDown();
        threads.stop();
        watch.assertReturned();
    }

    private void block() {
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void taskDoesNotWaitForThoseThatBlock() {
        for (var i = 0; i < MOST - 1; i++) {
            threads.execute(this::block);
        }
        threads.execute(done::incrementAndGet);

        Await.until("it has run", () -> done.get() == 1);
    }

    @Test
    void beyondTheMostATaskWaitsForOneToEnd() {
        for (var i = 0; i < MOST; i++) {
            threads.execute(this::block);
        }
        threads.execute(done::incrementAndGet);
        assertThat(ResourceWatch.threads(PREFIX)).hasSize(MOST);
        assertThat(done).hasValue(0);
        goOn.countDown();

        Await.until("it has run", () -> done.get() == 1);
    }

    @Test
    void taskThatThrowsHurtsNobody() {
        threads.execute(() -> {
            throw new StackOverflowError("on purpose");
        });
        threads.execute(done::incrementAndGet);

        Await.until("the next has run", () -> done.get() == 1);
    }

    @Test
    void whatComesAfterTheEndRunsAllTheSame() {
        threads.stop();
        threads.execute(done::incrementAndGet);

        Await.until("it has run", () -> done.get() == 1);
    }

    // ---- no thread to be had

    private final AtomicBoolean threadsAreScarce = new AtomicBoolean(true);
    private final ConcurrentLinkedQueue<Runnable> soon = new ConcurrentLinkedQueue<>();

    private CallbackThreads scarce(Executor comingBack) {
        return new CallbackThreads(this::scarceThread, comingBack);
    }

    /**
     * A thread that the system refuses to start while threads are scarce: no address space holds its stack. A start()
     * of our own would not do, since newer JDKs' pools do not call it.
     */
    private Thread scarceThread(Runnable task) {
        var stackOctets = threadsAreScarce.get() ? Long.MAX_VALUE : 0;
        var thread = new Thread(null, task, PREFIX, stackOctets, false);
        thread.setDaemon(true);
        return thread;
    }

    private void comeBack() {
        Runnable next;
        for (var left = soon.size(); left > 0 && (next = soon.poll()) != null; left--) {
            next.run();
        }
    }

    @Test
    void askingIsAnsweredOnceThereIsAThread() {
        var few = scarce(soon::add);
        var serving = new SerialTask(few, done::incrementAndGet);
        serving.request();
        comeBack();
        comeBack();
        assertThat(done).hasValue(0);
        threadsAreScarce.set(false);
        comeBack();

        Await.until("it has run, though nobody has asked again", () -> done.get() == 1);
        assertThat(soon).isEmpty();
        few.stop();
    }

    @Test
    void taskWithoutAThreadOfItsOwnRunsOnTheNextThatIsFree() {
        var few = scarce(soon::add);
        threadsAreScarce.set(false);
        few.execute(this::block);
        threadsAreScarce.set(true);
        few.execute(done::incrementAndGet);
        goOn.countDown();

        Await.until("it has run", () -> done.get() == 1);
        comeBack();
        assertThat(soon).isEmpty();
        few.stop();
    }

    @Test
    void whatFindsNoThreadAfterTheEndRunsOnceThereIsOne() {
        var few = scarce(soon::add);
        few.stop();
        few.execute(done::incrementAndGet);
        comeBack();
        threadsAreScarce.set(false);
        comeBack();

        Await.until("it has run", () -> done.get() == 1);
    }

    /** Who was to come back has gone: an I/O thread that has ended forgets its timers. */
    @Test
    void whatWaitsForAThreadAtTheEndRunsAllTheSame() {
        var few = scarce(task -> {});
        few.execute(done::incrementAndGet);
        few.execute(done::incrementAndGet);
        threadsAreScarce.set(false);
        few.stop();

        Await.until("both have run", () -> done.get() == 2);
    }

    @Test
    void whereNobodyCanComeBackTheAskerIsToldAndMayAskAgain() {
        var few = scarce(task -> {
            throw new InternalError("no thread for a timer either, on purpose");
        });
        var serving = new SerialTask(few, done::incrementAndGet);
        serving.request();
        threadsAreScarce.set(false);
        serving.request();

        Await.until("it has run", () -> done.get() == 1);
        few.stop();
    }

    // ---- completions

    private final ConcurrentLinkedQueue<Integer> told = new ConcurrentLinkedQueue<>();

    /** A call that has been served, and does what the test says when that is told. */
    private static final class Served extends AsyncCall<String> {
        private final Runnable whenTold;

        Served(Runnable whenTold) {
            super(() -> {});
            this.whenTold = whenTold;
            assertThat(serve()).isTrue();
        }

        @Override
        boolean attempt() {
            return true;
        }

        @Override
        void expire() {
            throw new AssertionError("it has no time");
        }

        @Override
        void succeed() {
            completeWith("it is");
            whenTold.run();
        }
    }

    private Completions completions(List<Runnable> whenTold) {
        var completions = new Completions(Callbacks.onOwnThreads(threads, new ManualScheduler()));
        whenTold.forEach(each -> completions.add(new Served(each)));
        return completions;
    }

    private List<Runnable> numbers(int from, int to) {
        var all = new ArrayList<Runnable>();
        for (var i = from; i < to; i++) {
            var number = i;
            all.add(() -> told.add(number));
        }
        return all;
    }

    /** By the thread that works the queue off, or by another: where one takes longer, that is on a busy host. */
    private void awaitTold(int count) {
        Await.until("all are told", () -> told.size() == count);
    }

    @Test
    void completionsComeInTheirOrder() {
        completions(numbers(0, 1000)).run();

        awaitTold(1000);
        assertThat(List.copyOf(told)).isSorted();
    }

    @Test
    void whatWaitsBehindOneThatBlocksIsToldByAnotherThread() {
        var all = numbers(0, 3);
        all.add(0, this::block);
        var completions = completions(all);
        threads.execute(completions::run);

        awaitTold(3);
        assertThat(told).containsExactly(0, 1, 2);
    }

    @Test
    void whatComesWhileOneBlocksIsToldToo() {
        var blocking = new CountDownLatch(1);
        var completions = completions(List.of(() -> {
            blocking.countDown();
            block();
        }));
        threads.execute(completions::run);
        Await.until("it blocks", () -> blocking.getCount() == 0);
        completions.add(new Served(() -> told.add(1)));
        threads.execute(completions::run);

        Await.until("it is told", () -> told.size() == 1);
    }

    @Test
    void oneThatThrowsIsFollowedByTheNext() {
        var all = numbers(0, 3);
        all.add(1, () -> {
            throw new StackOverflowError("on purpose");
        });
        completions(all).run();

        awaitTold(3);
        assertThat(told).containsExactly(0, 1, 2);
    }

    /** As one whose thread gets no processor at this moment. */
    private final class SlowToComplete extends AsyncCall<String> {
        private final AtomicReference<Completions> queue = new AtomicReference<>();

        SlowToComplete() {
            super(() -> {});
            assertThat(serve()).isTrue();
        }

        @Override
        boolean attempt() {
            return true;
        }

        @Override
        void expire() {
            throw new AssertionError("it has no time");
        }

        @Override
        void succeed() {
            for (var look = 0; look < 3; look++) {
                assertThat(queue.get().isBusy()).isTrue();
            }
            assertThat(ResourceWatch.threads(PREFIX))
                    .as("only the one that looks")
                    .hasSizeLessThanOrEqualTo(1);
            completeWith("at last");
            told.add(0);
        }
    }

    @Test
    void nobodyGoesPastAFutureThatIsNotCompleteYet() {
        var slow = new SlowToComplete();
        var completions = new Completions(Callbacks.onOwnThreads(threads, new ManualScheduler()));
        slow.queue.set(completions);
        completions.add(slow);
        numbers(1, 3).forEach(each -> completions.add(new Served(each)));
        completions.run();

        awaitTold(3);
        assertThat(told).containsExactly(0, 1, 2);
    }

    @Test
    void interruptThatOneLeavesBehindReachesNoOther() {
        var interrupted = new AtomicBoolean();
        completions(List.of(() -> Thread.currentThread().interrupt(), () -> {
                    interrupted.set(Thread.interrupted());
                    told.add(1);
                }))
                .run();

        awaitTold(1);
        assertThat(interrupted).isFalse();
    }
}
