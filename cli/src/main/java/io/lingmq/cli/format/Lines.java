package io.lingmq.cli.format;

import io.lingmq.message.Message;

/** Messages to lines and back: {@code message(print(m))} is {@code m} for every message. */
interface Lines {
    /** The message as one line, without its end. */
    String print(Message message);

    /** The message that a line stands for; an {@link IllegalArgumentException} says why it stands for none. */
    Message message(byte[] line);

    /** The frame that a text stands for; an {@link IllegalArgumentException} says why it stands for none. */
    byte[] frame(String text);
}
