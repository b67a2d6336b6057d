package io.lingmq.session;

/**
 * Why a connection was closed.
 *
 * @param kind what it means for connecting again
 * @param text what happened, in words
 */
record CloseReason(Kind kind, String text) {
    /** What a close means for connecting again. */
    enum Kind {
        /** Connection lost: connect again soon. */
        LOST,
        /** The peer broke a rule: connect again, but later. */
        RULE_BROKEN,
        /** Closed by this side on purpose. */
        FINISHED
    }

    static CloseReason lost(String text) {
        return new CloseReason(Kind.LOST, text);
    }

    static CloseReason ruleBroken(String text) {
        return new CloseReason(Kind.RULE_BROKEN, text);
    }

    static CloseReason finished(String text) {
        return new CloseReason(Kind.FINISHED, text);
    }
}
