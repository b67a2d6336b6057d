package io.lingmq.socket;

import io.lingmq.guard.Guard;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a piece of work on the common pool whenever it is asked for, one run at a time; what is asked for during a run
 * makes it run once more, so nothing that happened before the asking is missed.
 *
 * <p>Threading: any thread.
 */
final class Turns {
    private final AtomicInteger asked = new AtomicInteger();
    private final Runnable work;

    Turns(Runnable work) {
        this.work = work;
    }

    void ask() {
        if (asked.getAndIncrement() == 0) {
            ForkJoinPool.commonPool().execute(this::run);
        }
    }

    private void run() {
        var seen = 1;
        do {
            seen = asked.get();
            Guard.run("a listener", work);
        } while (asked.addAndGet(-seen) != 0);
    }
}
