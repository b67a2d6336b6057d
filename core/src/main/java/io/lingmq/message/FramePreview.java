package io.lingmq.message;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The beginning of a frame as a short printable text: quoted where it is plain text, else in hex. */
final class FramePreview {
    private static final int SHOWN_BYTES = 32;

    private FramePreview() {}

    static String of(byte[] body) {
        var shown = Math.min(body.length, SHOWN_BYTES);
        var more = body.length > shown ? "… (" + body.length + " bytes)" : "";
        if (isPlain(body, shown)) {
            return '"' + new String(body, 0, shown, StandardCharsets.US_ASCII) + '"' + more;
        }
        return HexFormat.of().formatHex(body, 0, shown) + more;
    }

    private static boolean isPlain(byte[] body, int length) {
        for (var i = 0; i < length; i++) {
            if (body[i] < ' ' || body[i] > '~') {
                return false;
            }
        }
        return true;
    }
}
