package io.lingmq.session;

import org.jspecify.annotations.Nullable;

/**
 * What a connection's output may write, and what becomes of that.
 *
 * <pre>
 *                 BEGINS      IS_FULL       TAKES_AGAIN  FAILS
 *   OPENING       BEGUN       OPENING_FULL  -            FAILED
 *   OPENING_FULL  BEGUN_FULL  -             OPENING      FAILED
 *   BEGUN         -           BEGUN_FULL    -            FAILED
 *   BEGUN_FULL    -           -             BEGUN        FAILED
 *   FAILED        -           -             -            -
 * </pre>
 *
 * <p>A dash is news that came too late, or twice: nothing is done.
 *
 * <p>Threading: each kind of news has its own thread, so two may come at one time: the state is changed by
 * compare-and-set, and none of the news is lost. BEGINS comes from a thread that holds the socket's lock, IS_FULL and
 * FAILS from the one in the output's gate, TAKES_AGAIN from the I/O thread.
 */
enum OutputState {
    /** The socket does not know the peer yet: no message may be written. */
    OPENING,
    /** As OPENING, and the channel takes nothing now. */
    OPENING_FULL,
    /** What the pipe holds is for this peer, and is written. */
    BEGUN,
    /** As BEGUN, and the channel takes nothing now: the I/O thread waits until it does. */
    BEGUN_FULL,
    /** The channel is broken: nothing is written any more. */
    FAILED;

    /** What may happen to an output. */
    enum News {
        /** The socket knows who the peer is. */
        BEGINS,
        /** The channel did not take all that it was given. */
        IS_FULL,
        /** The selector says that the channel takes octets again. */
        TAKES_AGAIN,
        /** The channel, or the code that writes to it, failed. */
        FAILS
    }

    /** The state after the news, or null if they mean nothing in this one. */
    @Nullable
    OutputState after(News news) {
        return switch (news) {
            case BEGINS -> this == OPENING ? BEGUN : this == OPENING_FULL ? BEGUN_FULL : null;
            case IS_FULL -> this == OPENING ? OPENING_FULL : this == BEGUN ? BEGUN_FULL : null;
            case TAKES_AGAIN -> this == OPENING_FULL ? OPENING : this == BEGUN_FULL ? BEGUN : null;
            case FAILS -> this == FAILED ? null : FAILED;
        };
    }

    /** Whether it is in vain to write now. */
    boolean isBlocked() {
        return this != BEGUN && this != OPENING;
    }

    /** Whether the pipe's messages may be written, as soon as the channel takes them. */
    boolean hasBegun() {
        return this == BEGUN || this == BEGUN_FULL;
    }
}
