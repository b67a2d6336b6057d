package io.lingmq.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A topic prefix as a key of a map: the first {@code length} bytes of an array.
 *
 * <p>The hash is built byte by byte from the front, so that the hashes of all prefixes of one topic are found in a
 * single pass over it. Changeable only for that pass.
 */
final class Topic {
    private byte[] bytes;
    private int length;
    private int hash;

    Topic(byte[] bytes) {
        this.bytes = bytes;
        extendTo(bytes.length);
    }

    private Topic(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** A key that starts as the empty prefix and can be extended. */
    static Topic probe(byte[] bytes) {
        return new Topic(bytes, 0);
    }

    void extendTo(int newLength) {
        var h = hash;
        for (var i = length; i < newLength; i++) {
            h = 31 * h + bytes[i];
        }
        hash = h;
        length = newLength;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Topic that
                && length == that.length
                && Arrays.equals(bytes, 0, length, that.bytes, 0, length);
    }

    @Override
    public int hashCode() {
        return hash ^ hash >>> 15;
    }
}
