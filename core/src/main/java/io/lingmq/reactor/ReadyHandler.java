package io.lingmq.reactor;

/**
 * Takes part in a reactor's iteration on behalf of one channel.
 *
 * <p>Threading: the reactor's thread, which serves other channels too: no method may block. No lock is held.
 */
public interface ReadyHandler {
    /** The channel is ready for the given operations, as {@link java.nio.channels.SelectionKey} numbers them. */
    void ready(int operations);

    /**
     * The handler threw something; it is to give up its channel and nothing else. First it does so, then it tells of
     * it: there may be no memory to tell. If this throws too, it is called again later, until it returns.
     */
    void failed(Throwable cause);
}
