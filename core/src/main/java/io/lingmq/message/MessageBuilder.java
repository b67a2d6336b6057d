package io.lingmq.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Makes a message whose frames come one by one, or are of different kinds.
 *
 * <pre>{@code
 * var message = Message.builder().add("sensor-7").add(reading).add(buffer).build();
 * }</pre>
 *
 * <p>Threading: belongs to one thread at a time. Where messages are sent one after the other and no garbage is wanted,
 * fill a {@link MessageBuffer} instead.
 */
public final class MessageBuilder {
    private final List<byte[]> frames = new ArrayList<>();

    MessageBuilder() {}

    /** Adds a frame, the text in UTF-8; an empty text makes the empty frame that ends an envelope. */
    public MessageBuilder add(String text) {
        frames.add(FrameBody.copy(text));
        return this;
    }

    /** Adds a frame, a copy of the given bytes. */
    public MessageBuilder add(byte[] body) {
        frames.add(FrameBody.copy(body));
        return this;
    }

    /** Adds a frame, a copy of the buffer's remaining bytes; the buffer's position is left as it was. */
    public MessageBuilder add(ByteBuffer body) {
        frames.add(FrameBody.copy(body));
        return this;
    }

    /** Adds all frames of a message. */
    public MessageBuilder addAll(Message message) {
        Objects.requireNonNull(message, "the message is null");
        for (var i = 0; i < message.frameCount(); i++) {
            frames.add(message.sharedArray(i));
        }
        return this;
    }

    /**
     * The message of all frames that were added so far. More may be added afterwards, for another message.
     *
     * @throws IllegalStateException if none was added
     */
    public Message build() {
        if (frames.isEmpty()) {
            throw new IllegalStateException("a message has at least one frame; this builder has none: add one first");
        }
        return Message.wrapFrames(frames);
    }
}
