package io.lingmq.session;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a connection writes until it is open: greeting and handshake, octets as they are. None of them is ever dropped,
 * and all of them are written before any traffic. There are few: an opening answers what the peer says, and ends it
 * where that is too much.
 *
 * <p>Threading: {@link #add} on the I/O thread, before the connection is open; all else in the output's gate.
 */
final class OpeningOctets {
    private final ConcurrentLinkedQueue<ByteBuffer> waiting = new ConcurrentLinkedQueue<>();

    void add(byte[] octets) {
        if (octets.length > 0) {
            waiting.add(ByteBuffer.wrap(octets));
        }
    }

    boolean areLeft() {
        return !waiting.isEmpty();
    }

    /** Copies what is not gone yet. */
    void fill(ByteBuffer target) {
        for (var octets : waiting) {
            var size = Math.min(octets.remaining(), target.remaining());
            target.put(octets.duplicate().limit(octets.position() + size));
        }
    }

    /** So many more are gone. */
    void wrote(int count) {
        var left = count;
        @Nullable ByteBuffer first;
        while ((first = waiting.peek()) != null && left >= first.remaining()) {
            left -= first.remaining();
            waiting.remove();
        }
        if (first != null) {
            first.position(first.position() + left);
        }
    }
}
