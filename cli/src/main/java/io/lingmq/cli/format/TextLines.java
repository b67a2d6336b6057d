package io.lingmq.cli.format;

import io.lingmq.message.Message;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/**
 * UTF-8 text as it is, frames parted by a tab, one escape.
 *
 * <p>{@code \xHH} stands for a byte: a control character, a part of something that is not UTF-8, or a backslash that
 * would otherwise look like this escape. Any other backslash stands for itself, so that ordinary text, JSON and paths
 * among it, looks on the line as it is on the wire.
 */
final class TextLines implements Lines {
    private static final char FRAME_END = '\t';

    @Override
    public String print(Message message) {
        var line = new StringBuilder();
        for (var i = 0; i < message.frameCount(); i++) {
            if (i > 0) {
                line.append(FRAME_END);
            }
            print(message.sharedArray(i), line);
        }
        return line.toString();
    }

    private static void print(byte[] frame, StringBuilder line) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(frame);
        var chars = CharBuffer.allocate(frame.length);
        while (true) {
            var result = decoder.reset().decode(in, chars.clear(), true);
            appendEscaped(chars.flip(), line);
            if (!result.isError()) {
                return;
            }
            for (var i = 0; i < result.length(); i++) {
                appendByte(in.get(), line);
            }
        }
    }

    private static void appendEscaped(CharBuffer text, StringBuilder line) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isISOControl(c) || isEscape(text, i)) {
                for (var octet : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    appendByte(octet, line);
                }
            } else {
                line.append(c);
            }
        }
    }

    private static boolean isEscape(CharSequence text, int at) {
        return text.charAt(at) == '\\'
                && at + 3 < text.length()
                && text.charAt(at + 1) == 'x'
                && Character.digit(text.charAt(at + 2), 16) >= 0
                && Character.digit(text.charAt(at + 3), 16) >= 0;
    }

    private static void appendByte(byte octet, StringBuilder line) {
        line.append("\\x").append(Character.forDigit(octet >> 4 & 0xf, 16)).append(Character.forDigit(octet & 0xf, 16));
    }

    @Override
    public Message message(byte[] line) {
        var frames = new ArrayList<byte[]>();
        var begin = 0;
        for (var i = 0; i <= line.length; i++) {
            if (i == line.length || line[i] == FRAME_END) {
                frames.add(bytes(line, begin, i));
                begin = i + 1;
            }
        }
        return Message.wrapFrames(frames);
    }

    @Override
    public byte[] frame(String text) {
        var line = text.getBytes(StandardCharsets.UTF_8);
        return bytes(line, 0, line.length);
    }

    private static byte[] bytes(byte[] line, int begin, int end) {
        var frame = new ByteArrayOutputStream(end - begin);
        var i = begin;
        while (i < end) {
            var octet = escaped(line, i, end);
            frame.write(octet < 0 ? line[i] : octet);
            i += octet < 0 ? 1 : 4;
        }
        return frame.toByteArray();
    }

    /** The byte that is written at this place as an escape, or -1. */
    private static int escaped(byte[] line, int at, int end) {
        if (line[at] != '\\' || at + 3 >= end || line[at + 1] != 'x') {
            return -1;
        }
        var high = Character.digit(line[at + 2], 16);
        var low = Character.digit(line[at + 3], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
