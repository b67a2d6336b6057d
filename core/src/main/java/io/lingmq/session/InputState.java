package io.lingmq.session;

import org.jspecify.annotations.Nullable;

/**
 * What a connection's input is about, and what becomes of that.
 *
 * <pre>
 *               BEGINS   IS_FULL  HAS_ROOM  DISCARDS    ENDS
 *   BEGINNING   READING  -        -         DISCARDING  ENDED
 *   READING     -        PAUSED   -         DISCARDING  ENDED
 *   PAUSED      -        -        READING   DISCARDING  ENDED
 *   DISCARDING  -        -        -         -           ENDED
 *   ENDED       -        -        -         -           -
 * </pre>
 *
 * <p>A dash is news that came too late, or twice: nothing is done.
 *
 * <p>Threading: all news are the I/O thread's; any thread may look.
 */
enum InputState {
    /** The handshake has just ended; what came with its end is first. */
    BEGINNING,
    /** What comes goes into the pipe. */
    READING,
    /** The pipe is full: its bell will tell when there is room. */
    PAUSED,
    /** Nobody wants what comes: commands are heard, messages thrown away. */
    DISCARDING,
    /** Nobody reads any more. */
    ENDED;

    /** What may happen to an input. */
    enum News {
        /** The socket knows who the peer is. */
        BEGINS,
        /** The pipe has no room. */
        IS_FULL,
        /** The pipe has room again, or a receiver reads who makes it. */
        HAS_ROOM,
        /** The connection is only to be brought to its end. */
        DISCARDS,
        /** The connection has ended. */
        ENDS
    }

    /** The state after the news, or null if they mean nothing in this one. */
    @Nullable
    InputState after(News news) {
        return switch (news) {
            case BEGINS -> this == BEGINNING ? READING : null;
            case IS_FULL -> this == READING ? PAUSED : null;
            case HAS_ROOM -> this == PAUSED ? READING : null;
            case DISCARDS -> this == DISCARDING || this == ENDED ? null : DISCARDING;
            case ENDS -> this == ENDED ? null : ENDED;
        };
    }

    /** Whether what comes goes into the pipe, now or when there is room. */
    boolean takesMessages() {
        return this == READING || this == PAUSED;
    }

    /** Whether nobody reads, so that the peer's silence means nothing. */
    boolean isQuiet() {
        return this == PAUSED || this == BEGINNING;
    }
}
