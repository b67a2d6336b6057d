package io.lingmq.socket;

/**
 * What a call tries until it succeeds. Kept by its socket and told each time what it is for, so that a wait allocates
 * nothing.
 *
 * @param <A> what it is tried for: the message to be sent, or where the next one is to be put
 */
interface Attempt<A> {
    /** Tries once, without waiting; true if the call has what it wants. */
    boolean succeeds(A subject);
}
