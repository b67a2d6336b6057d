package io.lingmq.cli.format;

import io.lingmq.message.Message;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The octets of a message as they are, its frames one behind the other; what is read is a message of one frame. */
final class RawOctets implements Lines {
    @Override
    public String print(Message message) {
        return new String(octets(message), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] octets(Message message) {
        var octets = new ByteArrayOutputStream();
        for (var i = 0; i < message.frameCount(); i++) {
            octets.writeBytes(message.sharedArray(i));
        }
        return octets.toByteArray();
    }

    @Override
    public Message message(byte[] octets) {
        return Message.wrap(octets);
    }

    @Override
    public byte[] frame(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
