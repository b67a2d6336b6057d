package io.lingmq.session;

import org.jspecify.annotations.Nullable;

/**
 * What a connector is about, and what becomes of that.
 *
 * <pre>
 *               ATTEMPTS   IS_RESOLVED  IS_CONNECTED  FAILS    IS_LOST  ENDS
 *   WAITING     RESOLVING  -            -             -        -        OVER
 *   RESOLVING   -          DIALING      -             WAITING  -        OVER
 *   DIALING     -          -            CONNECTED     WAITING  -        OVER
 *   CONNECTED   -          -            -             -        WAITING  OVER
 *   OVER        -          -            -             -        -        -
 * </pre>
 *
 * <p>A dash is news that came too late: nothing is done.
 */
enum ConnectorState {
    /** Not begun, or waits for the next attempt. */
    WAITING,
    /** Its endpoint's name is looked up. */
    RESOLVING,
    /** The name's addresses are tried. */
    DIALING,
    /** It has a connection, whose handshake may not be complete. */
    CONNECTED,
    /** Nothing is attempted any more. */
    OVER;

    /** What may happen to a connector. */
    enum News {
        /** The time for an attempt has come. */
        ATTEMPTS,
        /** The addresses are known. */
        IS_RESOLVED,
        /** One of the addresses has answered. */
        IS_CONNECTED,
        /** The name is not known, or no address answers. */
        FAILS,
        /** The connection has ended. */
        IS_LOST,
        /** It is closed and has sent what it had to, or it gives up. */
        ENDS
    }

    /** The state after the news, or null if they mean nothing in this one. */
    @Nullable
    ConnectorState after(News news) {
        return switch (news) {
            case ATTEMPTS -> this == WAITING ? RESOLVING : null;
            case IS_RESOLVED -> this == RESOLVING ? DIALING : null;
            case IS_CONNECTED -> this == DIALING ? CONNECTED : null;
            case FAILS -> this == RESOLVING || this == DIALING ? WAITING : null;
            case IS_LOST -> this == CONNECTED ? WAITING : null;
            case ENDS -> this == OVER ? null : OVER;
        };
    }
}
