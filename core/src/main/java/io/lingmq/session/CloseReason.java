package io.lingmq.session;

import io.lingmq.wire.ProtocolException;

/**
 * Why a connection was closed.
 *
 * @param kind what it means for connecting again
 * @param text what happened, in words
 * @param status the three digits of ZAP with which one side refused the other, else 0
 */
record CloseReason(Kind kind, String text, int status) {
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
        return new CloseReason(Kind.LOST, text, 0);
    }

    static CloseReason ruleBroken(String text) {
        return new CloseReason(Kind.RULE_BROKEN, text, 0);
    }

    static CloseReason of(ProtocolException fault) {
        return new CloseReason(Kind.RULE_BROKEN, fault.reason(), fault.status());
    }

    static CloseReason finished(String text) {
        return new CloseReason(Kind.FINISHED, text, 0);
    }
}
