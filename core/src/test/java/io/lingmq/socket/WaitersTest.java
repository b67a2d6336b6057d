package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.support.Seed;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final Waiters waiters = new Waiters(Waiters.Kind.ALIKE);

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    private Background<Boolean> parked(String name, long deadlineNs) {
        return Background.call(name, () -> {
                    var waiter = waiters.enlist();
                    try {
                        var woken = waiters.park(waiter, deadlineNs);
                        waiters.found(waiter);
                        return woken;
                    } finally {
                        waiters.leave(waiter);
                    }
                })
                .awaitInside("park");
    }

    // ---- one thread

    @Test
    void wakingReachesAParkedThread() {
        var thread = parked("waiting", FOR_EVER);
        waiters.wakeOne();

        assertThat(thread.result()).isTrue();
        assertThat(waiters.isEmpty()).isTrue();
    }

    @Test
    void wakingBeforeParkingIsNotLost() throws InterruptedException {
        var waiter = waiters.enlist();
        waiters.wakeOne();

        assertThat(waiters.park(waiter, FOR_EVER)).isTrue();
    }

    @Test
    void wakingIsUsedUpByParking() throws InterruptedException {
        var waiter = waiters.enlist();
        waiters.wakeOne();
        waiters.park(waiter, FOR_EVER);

        assertThat(waiters.park(waiter, in(Duration.ofMillis(5)))).isFalse();
    }

    @Test
    void wakingNobodyIsAllowed() {
        waiters.wakeOne();
        waiters.end();

        assertThat(waiters.isEmpty()).isTrue();
    }

    @Test
    void deadlineEndsParkingAndNotBefore() throws InterruptedException {
        var waiter = waiters.enlist();
        var deadlineNs = in(Duration.ofMillis(20));

        assertThat(waiters.park(waiter, deadlineNs)).isFalse();
        assertThat(System.nanoTime() - deadlineNs).isNotNegative();
        assertThat(waiters.park(waiter, deadlineNs)).as("it has passed already").isFalse();
    }

    @Test
    void wakingCountsEvenWhenTheDeadlineHasPassed() throws InterruptedException {
        var waiter = waiters.enlist();
        waiters.wakeOne();

        assertThat(waiters.park(waiter, System.nanoTime() - 1)).isTrue();
    }

    @Test
    void interruptEndsParking() {
        var thread = parked("waiting", FOR_EVER);
        thread.interrupt();

        assertThat(thread.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
        assertThat(waiters.isEmpty()).isTrue();
    }

    @Test
    void interruptBeforeParkingEndsItToo() {
        var waiter = waiters.enlist();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> waiters.park(waiter, FOR_EVER)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).as("it is used up by the exception").isFalse();
    }

    @Test
    void aStrayUnparkWakesNobody() {
        var owner = new AtomicInteger();
        var thread = new Thread(() -> {
            var waiter = waiters.enlist();
            try {
                waiters.park(waiter, FOR_EVER);
                owner.incrementAndGet();
            } catch (InterruptedException e) {
                owner.decrementAndGet();
            }
        });
        thread.start();
        for (var i = 0; i < 100; i++) {
            LockSupport.unpark(thread);
            LockSupport.parkNanos(1);
        }
        assertThat(owner).hasValue(0);
        waiters.wakeOne();
        Await.until("it is awake", () -> owner.get() == 1);
    }

    // ---- several threads

    @Test
    void wakingReachesOneAfterTheOther() {
        var first = parked("first", FOR_EVER);
        var second = parked("second", FOR_EVER);
        waiters.wakeOne();
        assertThat(first.result()).isTrue();
        assertThat(second.isDone()).isFalse();

        waiters.wakeOne();
        assertThat(second.result()).isTrue();
    }

    @Test
    void wakingPassesOverThoseWhoAreAwake() throws InterruptedException {
        var first = waiters.enlist();
        var second = waiters.enlist();
        waiters.wakeOne();
        waiters.wakeOne();

        assertThat(waiters.park(first, in(Duration.ZERO))).isTrue();
        assertThat(waiters.park(second, in(Duration.ZERO))).isTrue();
    }

    @Test
    void endReachesAll() {
        var first = parked("first", FOR_EVER);
        var second = parked("second", FOR_EVER);
        waiters.end();

        assertThat(first.result()).isTrue();
        assertThat(second.result()).isTrue();
    }

    /** What it is woken for may have come after it found what it wanted: then the next one has to hear of it. */
    @Test
    void whoeverLeavesWithoutAnsweringAWakePassesItOn() throws InterruptedException {
        var first = waiters.enlist();
        var second = waiters.enlist();
        waiters.wakeOne();
        waiters.leave(first);

        assertThat(waiters.park(second, in(Duration.ZERO))).isTrue();
    }

    @Test
    void answeredWakeIsNotPassedOn() throws InterruptedException {
        var first = waiters.enlist();
        var second = waiters.enlist();
        waiters.wakeOne();
        waiters.park(first, FOR_EVER);
        waiters.found(first);
        waiters.leave(first);

        assertThat(waiters.park(second, in(Duration.ZERO))).isFalse();
    }

    @Test
    void whoeverHasLeftIsPassedOver() throws InterruptedException {
        var first = waiters.enlist();
        var second = waiters.enlist();
        waiters.leave(first);
        waiters.wakeOne();

        assertThat(waiters.park(second, in(Duration.ZERO))).isTrue();
    }

    @Test
    void whoeverIsInterruptedPassesItOn() {
        var first = parked("first", FOR_EVER);
        var second = parked("second", FOR_EVER);
        // Now and then the interrupt is faster than the waking, now and then the other way round.
        first.interrupt();
        waiters.wakeOne();

        Await.until("one of them is woken", () -> first.isDone() && (second.isDone() || isWoken(first)));
        waiters.end();
    }

    private static boolean isWoken(Background<Boolean> thread) {
        try {
            return thread.result();
        } catch (AssertionError interrupted) {
            return false;
        }
    }

    /** What it was woken for is still there if its look has ended with an exception. */
    @Test
    void wakeWhoseLookHasFailedIsPassedOn() throws InterruptedException {
        var first = waiters.enlist();
        var second = waiters.enlist();
        waiters.wakeOne();
        waiters.park(first, FOR_EVER);
        waiters.leave(first);

        assertThat(isWoken(second)).isTrue();
    }

    private boolean isWoken(Waiters.Waiter waiter) throws InterruptedException {
        return waiters.park(waiter, in(Duration.ZERO));
    }

    @Test
    void lookInVainEndsTheNewsWhereAllAreAlike() throws InterruptedException {
        var first = waiters.enlist();
        var second = waiters.enlist();
        waiters.wakeOne();
        waiters.park(first, FOR_EVER);
        assertThat(waiters.park(first, in(Duration.ZERO))).isFalse();

        assertThat(isWoken(second)).isFalse();
    }

    @Test
    void whoeverHasLookedSinceTheNewsIsNotWokenForThem() throws InterruptedException {
        var first = waiters.enlist();
        waiters.wakeOne();
        var later = waiters.enlist();
        waiters.leave(first);

        assertThat(isWoken(later)).isFalse();
    }

    @Test
    void enlistingAfterTheEndWaitsForNothing() throws InterruptedException {
        waiters.end();

        assertThat(waiters.park(waiters.enlist(), FOR_EVER)).isTrue();
    }

    // ---- who brings news waits for nobody

    @Test
    void newsThatComeWhileTheLockIsTakenAreDeliveredByItsHolder() throws InterruptedException {
        var lock = new SocketLock();
        var locked = new Waiters(Waiters.Kind.ALIKE, lock);
        var waiter = locked.enlist();
        lock.lock();
        locked.wakeOne();
        lock.unlock();
        assertThat(locked.park(waiter, in(Duration.ZERO)))
                .as("the lock was taken, and this holder knew nothing of them")
                .isFalse();
        locked.leave(locked.enlist());

        assertThat(locked.park(waiter, in(Duration.ZERO))).isTrue();
    }

    // ---- threads that wait for different things

    private final Waiters different = new Waiters(Waiters.Kind.DIFFERENT);

    private boolean isWokenAmongDifferent(Waiters.Waiter waiter) throws InterruptedException {
        return different.park(waiter, in(Duration.ZERO));
    }

    @Test
    void newsGoFromOneToTheNextAndEndWithTheLast() throws InterruptedException {
        var all = List.of(different.enlist(), different.enlist(), different.enlist());
        different.wakeOne();
        for (var waiter : all) {
            assertThat(isWokenAmongDifferent(waiter)).isTrue();
            assertThat(isWokenAmongDifferent(waiter)).as("once").isFalse();
        }
        for (var waiter : all) {
            assertThat(isWokenAmongDifferent(waiter)).isFalse();
        }
    }

    @Test
    void whoeverFindsWhatHeWaitedForPassesTheNewsOn() throws InterruptedException {
        var first = different.enlist();
        var second = different.enlist();
        different.wakeOne();
        isWokenAmongDifferent(first);
        different.found(first);
        different.leave(first);

        assertThat(isWokenAmongDifferent(second)).isTrue();
    }

    @Test
    void whoeverGivesUpPassesTheNewsOn() throws InterruptedException {
        var first = different.enlist();
        var second = different.enlist();
        different.wakeOne();
        different.leave(first);

        assertThat(isWokenAmongDifferent(second)).isTrue();
    }

    @Test
    void secondPieceOfNewsGoesToAllAgain() throws InterruptedException {
        var first = different.enlist();
        var second = different.enlist();
        different.wakeOne();
        isWokenAmongDifferent(first);
        different.wakeOne();

        assertThat(isWokenAmongDifferent(first)).isTrue();
        assertThat(isWokenAmongDifferent(second)).isTrue();
        assertThat(isWokenAmongDifferent(first)).isFalse();
        assertThat(isWokenAmongDifferent(second)).isFalse();
    }

    // ---- no waking is lost

    @Test
    void nothingIsLeftLyingWhileSomebodyWaits() {
        var market = new Market(waiters);
        var taken = new AtomicInteger();
        var takers = new ArrayList<Background<Boolean>>();
        for (var i = 0; i < 4; i++) {
            takers.add(Background.run("taker " + i, () -> {
                while (market.take(FOR_EVER)) {
                    taken.incrementAndGet();
                }
            }));
        }
        for (var given = 1; given <= 100_000; given++) {
            market.give();
            if (given % 3 == 0) {
                market.await("taken", taken, given);
            }
        }
        market.await("taken", taken, 100_000);
        market.close();
        takers.forEach(Background::result);
    }

    /** An impatient thread stands first in the row, and goes away for good just when it may be woken. */
    @Test
    void whoeverGivesUpTakesNoWakingWithHim() {
        var random = Seed.random("WaitersTest.whoeverGivesUpTakesNoWakingWithHim");
        var market = new Market(waiters);
        var enlisted = new AtomicInteger();
        var round = new AtomicInteger();
        var left = new AtomicInteger();
        var taken = new AtomicInteger();
        var patient = Background.run("patient", () -> {
            for (var n = 1; !market.isClosed(); n++) {
                market.await("enlisted", enlisted, n);
                if (market.take(FOR_EVER)) {
                    taken.incrementAndGet();
                }
            }
        });
        var impatient = Background.run("impatient", () -> {
            for (var n = 1; !market.isClosed(); n++) {
                market.await("round", round, n);
                var waiter = waiters.enlist();
                enlisted.set(n);
                if (market.take(waiter, System.nanoTime() + n % 10_000)) {
                    market.give(); // the patient one needs one too
                }
                left.set(n);
            }
        });
        for (var n = 1; n <= 5_000; n++) {
            round.set(n);
            market.await("enlisted", enlisted, n);
            for (var spins = random.nextInt(300); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            market.give();
            market.await("taken by the patient one", taken, n);
            market.await("gone", left, n);
        }
        market.close();
        patient.result();
        impatient.result();
    }
}
