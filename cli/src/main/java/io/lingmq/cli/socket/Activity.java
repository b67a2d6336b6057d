package io.lingmq.cli.socket;

/** What a command does with its socket: only sending, only receiving, asking, answering, or both at once. */
sealed interface Activity permits Sending, Receiving, Requesting, Replying, Conversing {
    /** Does it up to its end; an interrupt ends it earlier. */
    void run() throws InterruptedException;
}
