package io.lingmq.pattern;

/** A pattern on which the application can set subscriptions: SUB, XSUB, and XPUB in manual mode. */
public interface Subscribing {
    /** Adds a subscription to a topic prefix. */
    void subscribe(byte[] topic);

    /** Takes one subscription back. */
    void unsubscribe(byte[] topic);
}
