package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.pipe.Notice;
import io.lingmq.testkit.Await;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class NoticesTest {
    /** A notice with a name. */
    private static final class Named extends Notice {
        private final String name;

        Named(String name) {
            this.name = name;
        }
    }

    private final SocketLock lock = new SocketLock();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Notices notices = new Notices(lock, notice -> taken.add(((Named) notice).name), () -> {});

    @Test
    void whatIsLeftWaitsForTheNextCall() {
        notices.leave(new Named("a"));
        assertThat(taken).isEmpty();
        call();
        assertThat(taken).containsExactly("a");
    }

    private void call() {
        lock.lock();
        try {
            notices.workOff();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void whatIsPostedIsWorkedOffAtOnceWhereTheLockIsFree() {
        notices.leave(new Named("before"));
        notices.post(new Named("a"));
        assertThat(taken).containsExactly("before", "a");
    }

    /** Who calls learns of all that was there before; who takes the lock for this alone gives it back soon. */
    @Test
    void whoPostsWorksOffSomeOfManyAndTheOthersFollowSoon() {
        var retries = new ArrayDeque<Runnable>();
        var watched = new Notices(lock, notice -> taken.add(((Named) notice).name), () -> {}, retries::add);
        for (var i = 0; i < 5000; i++) {
            watched.leave(new Named("left"));
        }
        watched.post(new Named("posted"));
        assertThat(taken).hasSizeBetween(500, 1100);
        watched.post(new Named("posted later"));
        while (!retries.isEmpty()) {
            var before = taken.size();
            retries.remove().run();
            assertThat(taken.size() - before).isLessThan(1100);
        }
        assertThat(taken).hasSize(5002).endsWith("left", "posted", "posted later");
    }

    @Test
    void whoCallsLearnsOfAllThatWasThereBefore() {
        for (var i = 0; i < 5000; i++) {
            notices.leave(new Named("left"));
        }
        notices.post(new Named("posted"));
        call();
        assertThat(taken).hasSize(5001).endsWith("posted");
    }

    /** Each notice costs a quarter of a budget. */
    private final class Laborious implements Notices.Taker {
        private int spent;

        @Override
        public void take(Notice notice) {
            taken.add(((Named) notice).name);
            spent++;
        }

        @Override
        public void beginHold() {
            spent = 0;
        }

        @Override
        public boolean isBudgetSpent() {
            return spent >= 4;
        }
    }

    @Test
    void whatTheTurnHasNoTimeForComesSoonAndBeforeAllThatCameLater() {
        var retries = new ArrayDeque<Runnable>();
        var slow = new Notices(lock, new Laborious(), () -> {}, retries::add);
        for (var name : List.of("1", "2", "3", "4", "5", "6")) {
            slow.leave(new Named(name));
        }
        lock.lock();
        slow.workOff();
        assertThat(taken).containsExactly("1", "2", "3", "4");
        slow.leave(new Named("7"));
        slow.leave(new Named("8"));
        slow.leave(new Named("9"));
        lock.unlock();
        assertThat(retries).hasSize(1);
        retries.remove().run();
        assertThat(taken).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
        assertThat(retries).hasSize(1);
        retries.remove().run();
        assertThat(taken).endsWith("8", "9").hasSize(9);
        assertThat(retries).isEmpty();
    }

    @Test
    void allAreWorkedOffWhereThatIsAskedFor() {
        var retries = new ArrayDeque<Runnable>();
        var slow = new Notices(lock, new Laborious(), () -> {}, retries::add);
        for (var i = 0; i < 6; i++) {
            slow.leave(new Named("a"));
        }
        lock.lock();
        slow.workOff();
        slow.leave(new Named("b"));
        slow.workOffAll();
        lock.unlock();
        assertThat(taken).hasSize(7).endsWith("a", "b");
    }

    @Test
    void whoPostsDoesNotWaitForTheLock() {
        lock.lock();
        notices.post(new Named("a"));
        notices.post(new Named("b"));
        assertThat(taken).isEmpty();
        notices.workOff();
        assertThat(taken).containsExactly("a", "b");
        lock.unlock();
    }

    @Test
    void whatWasPostedUnderTheLockIsWorkedOffSoonAlsoIfNobodyCalls() {
        for (var hold = 0; hold < 20; hold++) {
            lock.lock();
            notices.post(new Named("under the lock"));
            lock.unlock();
            Await.until("the notice was worked off", () -> !taken.isEmpty());
            taken.clear();
        }
    }

    @Test
    void theApplicationsTimersDoNotHoldItUp() {
        var timersGoOn = new CountDownLatch(1);
        CompletableFuture.delayedExecutor(0, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> awaitUninterruptibly(timersGoOn)); // as what depends on an orTimeout may do
        try {
            lock.lock();
            notices.post(new Named("under the lock"));
            lock.unlock();
            Await.until("the notice was worked off", () -> !taken.isEmpty());
        } finally {
            timersGoOn.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void whatOneNoticeThrowsLosesNoOther() {
        var failing = new Notices(
                lock,
                notice -> {
                    taken.add(((Named) notice).name);
                    throw new LinkageError("as the test wants it");
                },
                () -> {});
        var a = new Named("a");
        failing.leave(a);
        failing.post(new Named("b"));
        assertThat(taken).containsExactly("a", "b");
        failing.post(a);
        assertThat(taken).as("it can be listed again").containsExactly("a", "b", "a");
    }

    /** Want of memory, say: then nothing in the list may stand for what is left. */
    @Test
    void whatIsLeftWhereWorkingOffFailsIsWorkedOffByTheNextCall() {
        var fails = new AtomicBoolean(true);
        var failing = new Notices(
                lock,
                new Notices.Taker() {
                    @Override
                    public void take(Notice notice) {
                        taken.add(((Named) notice).name);
                    }

                    @Override
                    public boolean isBudgetSpent() {
                        if (!taken.isEmpty() && fails.getAndSet(false)) {
                            throw new LinkageError("as the test wants it");
                        }
                        return false;
                    }
                },
                () -> {});
        failing.leave(new Named("a"));
        failing.leave(new Named("b"));
        lock.lock();
        assertThatThrownBy(failing::workOff).isInstanceOf(LinkageError.class);
        assertThat(taken).containsExactly("a");
        failing.workOff();
        lock.unlock();
        assertThat(taken).containsExactly("a", "b");
    }

    @Test
    void whereARetryCannotBeArrangedTheNextOneCan() {
        var retries = new ArrayDeque<Runnable>();
        var full = new AtomicBoolean(true);
        var poor = new Notices(lock, notice -> taken.add(((Named) notice).name), () -> {}, retry -> {
            if (full.get()) {
                throw new RejectedExecutionException("as the test wants it");
            }
            retries.add(retry);
        });
        lock.lock();
        poor.post(new Named("a"));
        full.set(false);
        poor.post(new Named("b"));
        lock.unlock();
        assertThat(retries).hasSize(1);
        retries.remove().run();
        assertThat(taken).containsExactly("a", "b");
    }

    @Test
    void aRetryThatFindsTheLockTakenComesBack() {
        var retries = new ArrayDeque<Runnable>();
        var watched = new Notices(lock, notice -> taken.add(((Named) notice).name), () -> {}, retries::add);
        lock.lock();
        watched.post(new Named("a"));
        watched.post(new Named("b"));
        assertThat(retries).as("one for all").hasSize(1);
        retries.remove().run();
        assertThat(retries).hasSize(1);
        lock.unlock();
        retries.remove().run();
        assertThat(taken).containsExactly("a", "b");
        assertThat(retries).isEmpty();
    }

    @Test
    void thoseWhoWaitAreToldAfterARetryAlsoWhereACallHasComeBy() {
        var retries = new ArrayDeque<Runnable>();
        var told = new AtomicInteger();
        var watched = new Notices(
                lock,
                notice -> taken.add(((Named) notice).name),
                () -> {
                    assertThat(lock.isHeld()).isFalse();
                    told.incrementAndGet();
                },
                retries::add);
        lock.lock();
        watched.post(new Named("a"));
        retries.remove().run();
        assertThat(told).as("nothing was worked off").hasValue(0);
        watched.workOff();
        lock.unlock();
        retries.remove().run();
        assertThat(taken).containsExactly("a");
        assertThat(told).hasValue(1);
        lock.lock();
        watched.post(new Named("b"));
        lock.unlock();
        retries.remove().run();
        assertThat(taken).containsExactly("a", "b");
        assertThat(told).hasValue(2);
    }
}
