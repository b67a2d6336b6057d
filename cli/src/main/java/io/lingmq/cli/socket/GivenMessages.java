package io.lingmq.cli.socket;

import io.lingmq.message.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages from the command line, in turn and over and over, up to a count. */
final class GivenMessages implements MessageSource {
    private final List<Message> messages;
    private final long count;
    private long handedOut;

    GivenMessages(List<Message> messages, long count) {
        this.messages = List.copyOf(messages);
        this.count = count;
    }

    @Override
    public @Nullable Message next() {
        return handedOut == count ? null : messages.get((int) (handedOut++ % messages.size()));
    }
}
