package io.lingmq.cli.format;

import io.lingmq.message.Message;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A JSON array on each line: a string for each frame that is UTF-8, <code>{"hex": "00ff"}</code> for any other. */
final class JsonLines implements Lines {
    @Override
    public String print(Message message) {
        var line = new StringBuilder("[");
        for (var i = 0; i < message.frameCount(); i++) {
            line.append(i == 0 ? "" : ",");
            var frame = message.sharedArray(i);
            var text = textOf(frame);
            if (text == null) {
                line.append("{\"hex\":\"")
                        .append(HexFormat.of().formatHex(frame))
                        .append("\"}");
            } else {
                quote(text, line);
            }
        }
        return line.append(']').toString();
    }

    private static @Nullable String textOf(byte[] frame) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(frame))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static void quote(String text, StringBuilder line) {
        line.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> line.append('\\').append(c);
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> line.append(Character.isISOControl(c) ? String.format("\\u%04x", (int) c) : c);
            }
        }
        line.append('"');
    }

    @Override
    public Message message(byte[] line) {
        return Message.wrapFrames(new JsonReader(new String(line, StandardCharsets.UTF_8)).frames());
    }

    @Override
    public byte[] frame(String text) {
        return new JsonReader(text).onlyFrame();
    }
}
