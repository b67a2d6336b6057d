package io.lingmq.routing;

import io.lingmq.event.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that a socket was given to send.
 *
 * <pre>
 *   taken              SENT, DROPPED                                    the call is over
 *   not yet            NO_PEER, ALL_FULL, PEER_FULL, SUBSCRIBER_FULL    a bell rings when another try makes sense
 *   not yet            TRY_AGAIN                                        no bell rings
 *   never              NO_ROUTE, NOT_ADDRESSED                          a caller's mistake
 * </pre>
 */
public enum SendResult {
    /** It is on its way to all that it was for, which may be nobody. */
    SENT(""),
    /** It was dropped as the rules say, for one or all that it was for, and each drop was counted. */
    DROPPED(""),
    /** Nobody is there: no peer is connected, and no more can wait for one. */
    NO_PEER("no peer is connected"),
    /** Some are there, and all have reached their high-water mark. */
    ALL_FULL("all peers have reached their high-water mark"),
    /** The one that it is for has reached its high-water mark. */
    PEER_FULL("the peer that it is for has reached its high-water mark"),
    /** Not one may miss it, and one that wants it has reached its high-water mark. */
    SUBSCRIBER_FULL("a subscriber that wants it has reached its high-water mark"),
    /** What had to be done before was more than the budget of one hold of the lock. */
    TRY_AGAIN("too many late replies had to be dropped before it"),
    /** No peer has the routing id that it is for, and a drop is not allowed. */
    NO_ROUTE("no peer has that routing id", DropReason.NO_ROUTE),
    /** It does not say whom it is for. */
    NOT_ADDRESSED("it does not begin with a routing id", DropReason.NOT_ADDRESSED);

    private final String text;
    private final @Nullable DropReason undeliverable;

    SendResult(String text) {
        this(text, null);
    }

    SendResult(String text, @Nullable DropReason undeliverable) {
        this.text = text;
        this.undeliverable = undeliverable;
    }

    /** Whether the message is done with: it was sent, or dropped as the rules say. */
    public boolean isTaken() {
        return this == SENT || this == DROPPED;
    }

    /**
     * As what a message is counted that could never be sent, where there is no caller to be told of its mistake; null
     * if it was taken or can be tried again.
     */
    public @Nullable DropReason undeliverable() {
        return undeliverable;
    }

    /** Why it was not taken, as the end of a sentence. */
    public String text() {
        return text;
    }
}
