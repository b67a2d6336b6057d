package io.lingmq.mechanism;

import io.lingmq.security.ZapRequest;

/**
 * Asks whether a peer may connect.
 *
 * <p>Threading: the connection's I/O thread, from within a {@link Handshake}.
 */
@FunctionalInterface
public interface Admission {
    /**
     * Asks. Does not wait, and does not throw for want of somebody who answers: that is an answer too. The answer comes
     * by {@link Handshake#resume}, in the connection's thread and never within this call. One question at a time.
     */
    void ask(ZapRequest request);
}
