package io.lingmq.loop;

import io.lingmq.message.Message;

/** Takes the messages of a socket, one at a time: the application's code, which may throw anything. */
@FunctionalInterface
public interface Taker {
    /** Takes a message. */
    void take(Message message) throws Exception;
}
