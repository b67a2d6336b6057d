package io.lingmq.transport;

/**
 * Hears what a {@link Link} is ready for. Called on the thread of the reactor that watches the link, and only for what
 * the link's user has shown interest in, apart from a call that was under way when the interest ended. It does not
 * block.
 */
public interface LinkWatcher {
    /** A read may bring something: octets, the peer's end or a failure. It may also bring nothing. */
    void readable();

    /** A write may take something. It may also take nothing. Called last, where both are so. */
    void writable();

    /**
     * One of the other methods threw something. The watcher gives up the link and nothing else. First it does so, then
     * it tells of it: there may be no memory to tell. If this throws too, it is called again later, until it returns.
     */
    void failed(Throwable cause);
}
