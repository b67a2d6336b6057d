package io.lingmq;

import io.lingmq.socket.SocketCore;
import java.time.Duration;

/**
 * A socket that sends each message to all subscribers whose topics match its first frame. It never waits: a subscriber
 * that cannot keep up misses messages.
 *
 * <p>Source: RFC 29/PUBSUB.
 */
public final class PubSocket extends SendingSocket {
    PubSocket(SocketCore core) {
        super(core);
    }

    /**
     * Waits until at least so many peers have subscribed: each peer that holds a subscription now counts once, however
     * many topics it asks for. What is published from then on reaches them.
     *
     * @param count how many; for 0 the call returns at once
     * @param timeout how long to wait at most; zero or less only looks
     * @return false if the time is over and fewer have
     * @throws InterruptedException if the thread was interrupted while it had to wait
     * @throws IllegalArgumentException if the count is negative
     * @throws io.lingmq.error.ClosedException if the socket is closed, also while it waits
     */
    public boolean awaitSubscriptions(int count, Duration timeout) throws InterruptedException {
        return core().attendance().awaitSubscriptions(count, timeout);
    }
}
