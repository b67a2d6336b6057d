package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

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
        for (var turn = 0; turn < 20; turn++) {
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
