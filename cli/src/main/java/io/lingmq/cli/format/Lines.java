package io.lingmq.cli.format;

import io.lingmq.message.Message;
import java.nio.charset.StandardCharsets;

/** Messages to lines and back: {@code message(print(m))} is {@code m} for every message; raw octets excepted. */
interface Lines {
    /** The message as one line, without its end. */
    String print(Message message);

    /** The message as octets. */
    default byte[] octets(Message message) {
        return print(message).getBytes(StandardCharsets.UTF_8);
    }

    /** The message that a line stands for; an {@link IllegalArgumentException} says why it stands for none. */
    Message message(byte[] line);

    /** The frame that a text stands for; an {@link IllegalArgumentException} says why it stands for none. */
    byte[] frame(String text);
}
