package io.lingmq.reactor;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few buffers that are used again and again, for callers who all come at the same time and must not wait for each
 * other.
 *
 * <p>Threading: any thread. A buffer goes in and out of its place by compare-and-set, so one thread has it at a time.
 */
final class BufferPool {
    private final AtomicReferenceArray<@Nullable ByteBuffer> places;
    private final int bufferSize;

    BufferPool(int mostBuffers, int bufferSize) {
        places = new AtomicReferenceArray<>(mostBuffers);
        this.bufferSize = bufferSize;
    }

    /** A cleared buffer, a new one if there is none. */
    ByteBuffer take() {
        for (var i = 0; i < places.length(); i++) {
            var buffer = places.get(i);
            if (buffer != null && places.compareAndSet(i, buffer, null)) {
                return buffer.clear();
            }
        }
        return ByteBuffer.allocateDirect(bufferSize);
    }

    /** Puts a buffer back; where enough are kept, it goes to the garbage collector. */
    void giveBack(ByteBuffer buffer) {
        for (var i = 0; i < places.length(); i++) {
            if (places.get(i) == null && places.compareAndSet(i, null, buffer)) {
                return;
            }
        }
    }
}
