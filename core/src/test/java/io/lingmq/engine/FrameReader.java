package io.lingmq.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.testkit.Zmtp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads frames the plain way, to check what the clever way wrote. */
final class FrameReader {
    private final ByteBuffer octets;

    FrameReader(byte[] octets) {
        this.octets = ByteBuffer.wrap(octets);
    }

    /** Reads all frames; commands, whose bodies are noted as texts, must stand between messages. */
    void read(List<Message> messages, List<String> commands) {
        var frames = new ArrayList<byte[]>();
        while (octets.hasRemaining()) {
            var flags = octets.get();
            var size = (flags & Zmtp.LONG) == 0 ? octets.get() & 0xFF : Math.toIntExact(octets.getLong());
            var body = new byte[size];
            octets.get(body);
            if ((flags & Zmtp.COMMAND) != 0) {
                assertThat(frames)
                        .as("a command between two frames of one message")
                        .isEmpty();
                commands.add(new String(body, StandardCharsets.ISO_8859_1));
                continue;
            }
            frames.add(body);
            if ((flags & Zmtp.MORE) == 0) {
                messages.add(Message.ofFrames(frames));
                frames.clear();
            }
        }
        assertThat(frames).as("a message without an end").isEmpty();
    }
}
