package io.lingmq.testkit;

import io.lingmq.testkit.FaultProxy.Direction;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a {@link FaultProxy} shall do to its connections, and how much has gone through. Threading: any thread. */
final class Faults {
    private static final long NEVER = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLongArray octets = new AtomicLongArray(Direction.values().length);
    private final long[] cutAt = {NEVER, NEVER};
    private boolean partitioned;
    private volatile long delayNs;
    private volatile int pieceSize = Integer.MAX_VALUE;

    void delayNs(long time) {
        delayNs = time;
    }

    void pieceSize(int size) {
        pieceSize = size;
    }

    int pieceSize() {
        return pieceSize;
    }

    void partitioned(boolean yes) {
        lock.lock();
        try {
            partitioned = yes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns once the data at hand may go on. */
    void holdBack() throws InterruptedException {
        lock.lock();
        try {
            var leftNs = delayNs;
            while (leftNs > 0) {
                leftNs = changed.awaitNanos(leftNs);
            }
            while (partitioned) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void cutAfter(Direction direction, long more) {
        lock.lock();
        try {
            cutAt[direction.ordinal()] = octets(direction) + more;
        } finally {
            lock.unlock();
        }
    }

    /** How many of so many octets may still pass before the cut. */
    int allowed(Direction direction, int wanted) {
        lock.lock();
        try {
            return (int) Math.min(wanted, cutAt[direction.ordinal()] - octets(direction));
        } finally {
            lock.unlock();
        }
    }

    void passed(Direction direction, int count) {
        octets.addAndGet(direction.ordinal(), count);
    }

    /** Whether the connection is to be cut now; asked for once, done once. */
    boolean cutsNow(Direction direction) {
        lock.lock();
        try {
            if (octets(direction) < cutAt[direction.ordinal()]) {
                return false;
            }
            cutAt[direction.ordinal()] = NEVER;
            return true;
        } finally {
            lock.unlock();
        }
    }

    long octets(Direction direction) {
        return octets.get(direction.ordinal());
    }
}
