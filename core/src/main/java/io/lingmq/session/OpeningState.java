package io.lingmq.session;

import org.jspecify.annotations.Nullable;

/**
 * What a connection is about before it is open, and what becomes of that.
 *
 * <pre>
 *              IS_ASKED  IS_DECIDED  IS_REFUSED  ENDS
 *   OPENING    PENDING   -           FAREWELL    OVER
 *   PENDING    -         OPENING     -           OVER
 *   FAREWELL   -         -           -           OVER
 *   OVER       -         -           -           -
 * </pre>
 *
 * <p>A dash is news that came too late: nothing is done.
 */
enum OpeningState {
    /** Greeting and handshake are under way. */
    OPENING,
    /** A verdict is awaited; nothing is read. */
    PENDING,
    /** The last words are written, then the peer's end is awaited; what it says is thrown away. */
    FAREWELL,
    /** The connection is open, or has ended. */
    OVER;

    /** What may happen to an opening. */
    enum News {
        /** The handshake has asked for a verdict. */
        IS_ASKED,
        /** The verdict has come. */
        IS_DECIDED,
        /** The peer is refused, and is to hear why. */
        IS_REFUSED,
        /** The handshake is complete, or the connection ends. */
        ENDS
    }

    /** The state after the news, or null if they mean nothing in this one. */
    @Nullable
    OpeningState after(News news) {
        return switch (news) {
            case IS_ASKED -> this == OPENING ? PENDING : null;
            case IS_DECIDED -> this == PENDING ? OPENING : null;
            case IS_REFUSED -> this == OPENING ? FAREWELL : null;
            case ENDS -> this == OVER ? null : OVER;
        };
    }
}
