package io.lingmq.routing;

/**
 * What there is to receive, as far as one look could tell.
 *
 * <p>A look never takes long, since it holds the socket's lock, and never waits. So it may end before it knows: then
 * the lock is given up, others have their turn, and somebody looks again.
 */
public enum Readiness {
    /** There is a message. */
    READY,
    /** There is nothing; a bell will ring when that may have changed. */
    NOT_READY,
    /** Nothing was found yet, and no bell need ring for what there is: look again before you sleep. */
    LOOK_AGAIN
}
