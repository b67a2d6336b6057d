package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lingmq.testkit.Await;
import io.lingmq.testkit.VirtualThreads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Who waits for another thread is really parked, also one that is interrupted. */
class TimedParkTest {
    private static final long PARK_NS = Duration.ofMillis(20).toNanos();

    @Test
    void lastsAlthoughTheThreadIsInterrupted() {
        for (var times = 0; times < 3; times++) {
            Thread.currentThread().interrupt();
            var beginNs = System.nanoTime();
            TimedPark.of(PARK_NS, this);

            assertThat(System.nanoTime() - beginNs).isGreaterThanOrEqualTo(PARK_NS);
            assertThat(Thread.interrupted()).as("it is interrupted as before").isTrue();
        }
    }

    @Test
    void lastsAlthoughTheThreadWasUnparkedBefore() {
        LockSupport.unpark(Thread.currentThread());
        var beginNs = System.nanoTime();
        TimedPark.of(PARK_NS, this);

        assertThat(System.nanoTime() - beginNs).isGreaterThanOrEqualTo(PARK_NS);
    }

    @Test
    void leavesAThreadUninterruptedThatWas() {
        TimedPark.of(1, this);

        assertThat(Thread.interrupted()).isFalse();
    }

    /** More of them than there are carriers: if they kept those, who holds the lock could never give it up. */
    @Test
    void interruptedThreadsThatWaitForALockLetItsHolderRun() {
        assumeTrue(VirtualThreads.exist(), "needs virtual threads");
        var lock = new SocketLock();

        othersWaitForAParkedOne(
                parked -> {
                    lock.lock();
                    parked.run();
                    lock.unlock();
                },
                () -> {
                    lock.lock();
                    lock.unlock();
                });
    }

    /** As receivers over inproc do it, that wake themselves to look again, and so are never parked. */
    @Test
    void threadsThatGiveWayLetTheHolderRun() {
        assumeTrue(VirtualThreads.exist(), "needs virtual threads");
        var lock = new SocketLock();

        othersWaitForAParkedOne(
                parked -> {
                    lock.lockForSending();
                    parked.run();
                    lock.unlock();
                },
                () -> {
                    while (lock.isHeld()) {
                        lock.giveWay();
                        LockSupport.unpark(Thread.currentThread());
                    }
                });
    }

    @Test
    void interruptedThreadsThatCancelLetTheAttemptEnd() {
        assumeTrue(VirtualThreads.exist(), "needs virtual threads");
        var attempt = new CountDownLatch(1);
        var call = new AsyncCall<String>(() -> {}) {
            private Runnable parked = () -> {};

            @Override
            boolean attempt() {
                parked.run();
                return true;
            }

            @Override
            void succeed() {
                attempt.countDown();
            }

            @Override
            void expire() {
                throw new AssertionError("it has no time");
            }
        };

        othersWaitForAParkedOne(
                parked -> {
                    call.parked = parked;
                    call.serve();
                },
                () -> assertThat(call.cancel(false)).isFalse());
    }

    private interface Holder {
        void hold(Runnable parked);
    }

    private static void othersWaitForAParkedOne(Holder holder, Runnable waiter) {

        var isHeld = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        var done = new AtomicInteger();
        var holding = VirtualThreads.unstarted("holding", () -> {
            holder.hold(() -> {
                isHeld.countDown();
                while (mayGoOn.getCount() > 0) {
                    LockSupport.park();
                }
            });
            done.incrementAndGet();
        });
        holding.start();
        Await.until("it is held", () -> isHeld.getCount() == 0);
        var waiters = 2 * VirtualThreads.carriers();
        var begun = new AtomicInteger();
        for (var i = 0; i < waiters; i++) {
            VirtualThreads.unstarted("waiting-" + i, () -> {
                        Thread.currentThread().interrupt();
                        begun.incrementAndGet();
                        waiter.run();
                        done.incrementAndGet();
                    })
                    .start();
        }
        Await.until("all carriers are used", () -> begun.get() >= VirtualThreads.carriers());
        mayGoOn.countDown();
        LockSupport.unpark(holding);

        Await.until("the end of all", () -> done.get() == 1 + waiters);
    }
}
