package io.lingmq.socket;

import org.jspecify.annotations.Nullable;

/**
 * How an inproc connect stands, and what becomes of that.
 *
 * <pre>
 *               JOINS    IS_REFUSED  LOSES_BINDER  TRIES_AGAIN  LINGERS    ENDS
 *   WAITING     JOINED   REFUSED     -             -            LINGERING  CLOSED
 *   JOINED      -        REFUSED     WAITING       -            LINGERING  CLOSED
 *   REFUSED     -        -           -             WAITING      LINGERING  CLOSED
 *   LINGERING   -        -           -             -            -          CLOSED
 *   CLOSED      -        -           -             -            -          -
 * </pre>
 *
 * <p>A dash is news that came too late, or twice: nothing is done.
 */
enum InprocState {
    /** Nobody has bound the name, or only a socket of a type that does not fit: the next binder offers itself. */
    WAITING,
    /** The two sockets talk. */
    JOINED,
    /** One of the two sockets did not want the other. In a while it tries again. */
    REFUSED,
    /** Its socket has closed or was disconnected; a binder that comes in time gets what was sent. */
    LINGERING,
    /** Nothing is left. */
    CLOSED;

    /** What may happen to a connect. */
    enum News {
        /** A binder of the name has taken it in. */
        JOINS,
        /** A socket has refused the other. */
        IS_REFUSED,
        /** The name was given up by its binder. */
        LOSES_BINDER,
        /** The wait after a refusal is over. */
        TRIES_AGAIN,
        /** It is told to close, and has messages that nobody has received. */
        LINGERS,
        /** It is told to close and has none, or their time is over. */
        ENDS
    }

    /** The state after the news, or null if they mean nothing in this one. */
    @Nullable
    InprocState after(News news) {
        return switch (news) {
            case JOINS -> this == WAITING ? JOINED : null;
            case IS_REFUSED -> this == WAITING || this == JOINED ? REFUSED : null;
            case LOSES_BINDER -> this == JOINED ? WAITING : null;
            case TRIES_AGAIN -> this == REFUSED ? WAITING : null;
            case LINGERS -> this == LINGERING || this == CLOSED ? null : LINGERING;
            case ENDS -> this == CLOSED ? null : CLOSED;
        };
    }

    /** Whether a binder is wanted. */
    boolean wantsBinder() {
        return this == WAITING || this == LINGERING;
    }
}
