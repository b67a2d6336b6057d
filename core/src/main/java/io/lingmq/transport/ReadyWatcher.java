package io.lingmq.transport;

/**
 * Hears that there is something to do for an {@link Acceptor} or a {@link Connecting}. Called on the thread of the
 * reactor that watches it. It does not block.
 */
public interface ReadyWatcher {
    /** A peer may be accepted, or the attempt to connect may be over. It may also be neither. */
    void ready();

    /**
     * {@link #ready} threw something. The watcher gives up what it was called for and nothing else, as
     * {@link LinkWatcher#failed} says.
     */
    void failed(Throwable cause);
}
