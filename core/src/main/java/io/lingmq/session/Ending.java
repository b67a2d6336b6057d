package io.lingmq.session;

/**
 * Why a connection ended.
 *
 * @param kind what it means for connecting again
 * @param reason what happened, in words
 */
record Ending(Kind kind, String reason) {
    /** What an ending means for connecting again. */
    enum Kind {
        /** Connection lost: connect again soon. */
        LOST,
        /** The peer broke a rule: connect again, but later. */
        RULE_BROKEN,
        /** Closed by this side on purpose. */
        FINISHED
    }
}
