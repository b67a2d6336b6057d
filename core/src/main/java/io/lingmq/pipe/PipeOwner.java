package io.lingmq.pipe;

import io.lingmq.event.DropReason;

/** The socket at one end of a pipe, as the pipe sees it. Any thread; nothing here blocks. */
public interface PipeOwner {
    /** An armed bell was rung. Perhaps with another socket's lock held. */
    void rung(Doorbell bell);

    /**
     * A message was put into a pipe and has not left: the pipe is to be asked to {@linkplain WirePipe#flush write} it
     * when somebody has time. Once, until it was asked. Under the socket's lock.
     */
    default void holdsUnsent(WirePipe pipe) {}

    /** The pipe holds enough for a write, and the connection does not keep up. Under the socket's lock. */
    default void isBacklogged(WirePipe pipe) {}

    /** Messages have come from a pipe's peer. Not under the socket's lock. */
    default void heard(WirePipe pipe) {}

    /** Its connection has dropped messages of the pipe's peer, or for it. Not under the socket's lock, or under it. */
    default void dropped(DropReason reason, long messages) {}

    /** Whether the socket's lock is held for sending; if not, what was sent under it so far is visible. */
    default boolean isHeldForSending() {
        return false;
    }

    /**
     * To be asked for behind a look that has seen the lock held for sending: once this is another number, what was sent
     * in the hold that was seen is visible.
     */
    default int currentHold() {
        return 0;
    }

    /** Takes the socket's lock if nobody holds it. */
    boolean tryHold();

    /** Gives the socket's lock back. */
    void letGo();
}
