package io.lingmq.reactor;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A few buffers that are used again and again, for callers who all come at the same time and must not wait for each
 * other.
 *
 * <p>Where the operating system or the limit of the JVM has no memory for one, a small buffer of the heap does its
 * work, slowly, for that once: a lack of memory is no reason to be deaf.
 *
 * <p>Threading: any thread. A buffer goes in and out of its place by compare-and-set, so one thread has it at a time.
 */
final class BufferPool {
    /** Small, since the channel in turn needs as much memory outside of the heap to copy it. */
    private static final int SMALL_SIZE = 8 * 1024;

    /** To ask in vain takes half a second, in which the JVM waits for its collector. */
    private static final long PAUSE_NS = 10_000_000_000L;

    private final AtomicReferenceArray<@Nullable ByteBuffer> places;
    private final int bufferSize;
    private final IntFunction<ByteBuffer> source;
    private volatile long askAgainNs = System.nanoTime();

    /**
     * An empty pool.
     *
     * @param source makes a buffer of the given size, or throws an {@link OutOfMemoryError}
     */
    BufferPool(int mostBuffers, int bufferSize, IntFunction<ByteBuffer> source) {
        places = new AtomicReferenceArray<>(mostBuffers);
        this.bufferSize = bufferSize;
        this.source = source;
    }

    /** A cleared buffer, a new one if there is none. */
    ByteBuffer take() {
        for (var i = 0; i < places.length(); i++) {
            var buffer = places.get(i);
            if (buffer != null && places.compareAndSet(i, buffer, null)) {
                return buffer.clear();
            }
        }
        if (System.nanoTime() - askAgainNs >= 0) {
            try {
                return source.apply(bufferSize);
            } catch (OutOfMemoryError e) {
                askAgainNs = System.nanoTime() + PAUSE_NS;
            }
        }
        return ByteBuffer.allocate(Math.min(bufferSize, SMALL_SIZE));
    }

    /** Puts a buffer back; where enough are kept, or if it is a makeshift, it goes to the garbage collector. */
    void giveBack(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            return;
        }
        for (var i = 0; i < places.length(); i++) {
            if (places.get(i) == null && places.compareAndSet(i, null, buffer)) {
                return;
            }
        }
    }
}
