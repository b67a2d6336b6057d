package io.lingmq.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What a caller gives for a frame, text, an array or a buffer, in an array that nobody else has. */
final class FrameBody {
    static final String IS_NULL = "the frame is null";

    private FrameBody() {}

    /** In UTF-8. */
    static byte[] copy(String text) {
        return Objects.requireNonNull(text, "the text is null").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] copy(byte[] body) {
        return Objects.requireNonNull(body, IS_NULL).clone();
    }

    /** What remains in the buffer; its position is left as it was. */
    static byte[] copy(ByteBuffer body) {
        var bytes = new byte[Objects.requireNonNull(body, IS_NULL).remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }

    /** Of whichever of the three kinds; what else is given is named with its place. */
    static byte[] copyOfAnyKind(int frame, Object body) {
        Objects.requireNonNull(body, () -> "the body of frame " + frame + " is null");
        if (body instanceof String text) {
            return copy(text);
        }
        if (body instanceof byte[] bytes) {
            return copy(bytes);
        }
        if (body instanceof ByteBuffer buffer) {
            return copy(buffer);
        }
        throw new IllegalArgumentException("frame " + frame + " is of type "
                + body.getClass().getTypeName() + "; a frame is made of a String, a byte[] or a ByteBuffer");
    }
}
