package io.lingmq.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
    private final BufferPool pool = new BufferPool(2, 16);

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
