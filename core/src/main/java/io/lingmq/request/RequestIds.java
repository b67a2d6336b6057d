package io.lingmq.request;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers requests. The first number is random: where one program takes the place of another under the same routing id,
 * replies to the one are not taken for replies to the other. No number comes twice.
 *
 * <p>Threading: any thread.
 */
final class RequestIds {
    private final long first;
    private final AtomicLong given = new AtomicLong();

    RequestIds(long first) {
        this.first = first;
    }

    long next() {
        return first + given.getAndIncrement();
    }

    /** Whether the number was given to a request. */
    boolean wasGiven(long id) {
        return Long.compareUnsigned(id - first, given.get()) < 0;
    }
}
