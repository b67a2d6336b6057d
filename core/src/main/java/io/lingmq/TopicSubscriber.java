package io.lingmq;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A socket that asks publishers for topics. Threading: every method may be called from any thread at any time. */
public interface TopicSubscriber {
    /** Asks for all messages whose first frame begins with the given bytes; none asks for all messages. */
    void subscribe(byte[] topic);

    /** Takes one subscription back; one that was never made is ignored. */
    void unsubscribe(byte[] topic);

    /** Asks for all messages whose first frame begins with the text in UTF-8; {@code ""} asks for all messages. */
    default void subscribe(String topic) {
        Objects.requireNonNull(topic, "the topic is null");
        subscribe(topic.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes one subscription back. */
    default void unsubscribe(String topic) {
        Objects.requireNonNull(topic, "the topic is null");
        unsubscribe(topic.getBytes(StandardCharsets.UTF_8));
    }
}
