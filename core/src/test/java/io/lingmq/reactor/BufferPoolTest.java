package io.lingmq.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
    private final BufferPool pool = new BufferPool(2, 16, ByteBuffer::allocateDirect);

    @Test
    void givesOutAgainWhatWasGivenBackCleared() {
        var buffer = pool.take();
        buffer.put((byte) 1).limit(4);
        pool.giveBack(buffer);

        assertThat(pool.take()).isSameAs(buffer);
        assertThat(buffer.position()).isZero();
        assertThat(buffer.limit()).isEqualTo(16);
    }

    @Test
    void hasABufferForEachWhoAsks() {
        var one = pool.take();
        var other = pool.take();

        assertThat(one).isNotSameAs(other);
    }

    @Test
    void smallBufferOfTheHeapDoesWhereThereIsNoMemoryForAnother() {
        var asked = new AtomicInteger();
        var poor = new BufferPool(2, 100_000, size -> {
            asked.incrementAndGet();
            throw new OutOfMemoryError("on purpose");
        });
        var makeshift = poor.take();
        assertThat(makeshift.isDirect()).isFalse();
        assertThat(makeshift.capacity()).isEqualTo(8 * 1024);
        poor.giveBack(makeshift);

        assertThat(poor.take()).as("it is not kept").isNotSameAs(makeshift);
        assertThat(asked).as("to ask in vain takes long").hasValue(1);
    }

    @Test
    void keepsNoMoreThanItsPlaces() {
        var buffers = new ByteBuffer[] {pool.take(), pool.take(), pool.take()};
        for (var buffer : buffers) {
            pool.giveBack(buffer);
        }

        assertThat(pool.take()).isSameAs(buffers[0]);
        assertThat(pool.take()).isSameAs(buffers[1]);
        assertThat(pool.take()).isNotSameAs(buffers[2]);
    }
}
