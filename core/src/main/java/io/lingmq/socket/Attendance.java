package io.lingmq.socket;

import io.lingmq.error.NotSupportedException;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * Waits until so many of a socket's peers are there, or have subscribed.
 *
 * <p>Whatever happens to a socket's peers leaves a notice and then signals. So who waits observes the socket first,
 * then counts, which works the notices off, and only then parks: what comes after the count is signalled.
 *
 * <p>Threading: any thread. It takes the socket's lock for each count, and holds none while it waits.
 */
public final class Attendance {
    private final SocketType type;
    private final Exchange exchange;
    private final SocketPipes pipes;

    Attendance(SocketType type, Exchange exchange, SocketPipes pipes) {
        this.type = type;
        this.exchange = exchange;
        this.pipes = pipes;
    }

    /** Waits until so many peers are complete; false if the time is over. */
    public boolean awaitPeers(int count, Duration timeout) throws InterruptedException {
        return await(exchange::peers, count, timeout);
    }

    /** Waits until so many peers hold a subscription; false if the time is over. */
    public boolean awaitSubscriptions(int count, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "the timeout is null");
        if (!type.publishes()) {
            throw new NotSupportedException("a " + type + " socket has no subscribers; wait for its peers instead");
        }
        return await(exchange::subscribers, count, timeout);
    }

    private boolean await(IntSupplier present, int count, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "the timeout is null");
        if (count < 0) {
            throw new IllegalArgumentException("cannot wait for " + count + " peers; the least is 0");
        }
        if (present.getAsInt() >= count) {
            return true;
        }
        var waiters = new Waiters(Waiters.Kind.ALIKE);
        Observer arrivals = waiters::wakeOne;
        Attempt<IntSupplier> enough = counted -> counted.getAsInt() >= count;
        pipes.observe(arrivals);
        try {
            return new Waiting(waiters, new AdaptiveSpin(), () -> {})
                    .until(enough, enough, present, Settings.nanos(timeout), 0, false);
        } finally {
            pipes.ignore(arrivals);
        }
    }
}
