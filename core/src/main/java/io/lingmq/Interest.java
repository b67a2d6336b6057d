package io.lingmq;

import io.lingmq.socket.PollCore;
import java.util.Objects;
import java.util.Set;

/**
 * What a {@link Poller} watches a socket or channel for. Source: libzmq's {@code ZMQ_POLLIN} and {@code ZMQ_POLLOUT}.
 */
public enum Interest {
    /** A socket has a message to receive; a channel has octets to read, or a connection to accept. */
    READ(PollCore.READ),
    /** A socket can send; a channel can be written to, or its connect has an outcome. */
    WRITE(PollCore.WRITE);

    private final int bit;

    Interest(int bit) {
        this.bit = bit;
    }

    /** The interests as the core has them. */
    static int bits(Set<Interest> interests) {
        Objects.requireNonNull(interests, "the set of interests is null");
        var bits = 0;
        for (var interest : interests) {
            bits |= bit(interest);
        }
        return bits;
    }

    /** As above, for at least one. */
    static int bits(Interest first, Interest... more) {
        var bits = bit(first);
        for (var interest : Objects.requireNonNull(more, "the array of interests is null")) {
            bits |= bit(interest);
        }
        return bits;
    }

    private static int bit(Interest interest) {
        return Objects.requireNonNull(interest, "the interest is null").bit;
    }
}
