package io.lingmq.message;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The beginning of each frame as a short printable text: quoted where it is plain text, else in hex. */
final class FramePreview {
    private static final int SHOWN_BYTES = 32;

    private FramePreview() {}

    /** All frames of a message, in brackets. */
    static String ofAll(Frames message) {
        var text = new StringBuilder("[");
        for (var i = 0; i < message.frameCount(); i++) {
            text.append(i == 0 ? "" : " | ").append(of(message.sharedArray(i), message.offset(i), message.size(i)));
        }
        return text.append(']').toString();
    }

    private static String of(byte[] bytes, int from, int size) {
        var to = from + Math.min(size, SHOWN_BYTES);
        var more = size > SHOWN_BYTES ? "… (" + size + " bytes)" : "";
        if (isPlain(bytes, from, to)) {
            return '"' + new String(bytes, from, to - from, StandardCharsets.US_ASCII) + '"' + more;
        }
        return HexFormat.of().formatHex(bytes, from, to) + more;
    }

    private static boolean isPlain(byte[] bytes, int from, int to) {
        for (var i = from; i < to; i++) {
            if (bytes[i] < ' ' || bytes[i] > '~') {
                return false;
            }
        }
        return true;
    }
}
