package io.lingmq.socket;

/** Hears that a socket may have become ready. Called from any thread, perhaps under a socket's lock; must not block. */
interface Observer {
    /** The socket may be able to receive or send now. */
    void onSignal();
}
