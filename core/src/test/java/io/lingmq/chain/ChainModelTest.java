package io.lingmq.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.support.Seed;
import io.lingmq.testkit.Background;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** A chain beside a plain array that does the same, and between two threads. */
class ChainModelTest {
    @Test
    void doesWhatAPlainArrayDoes() {
        var random = Seed.random("ChainModelTest.doesWhatAPlainArrayDoes");
        for (var round = 0; round < 100; round++) {
            var pair = new Pair(random);
            for (var step = 0; step < 400; step++) {
                pair.write();
                pair.read();
            }
            pair.readAll();
        }
    }

    /** A chain and its model; each step is done to both. */
    private static final class Pair {
        private final Random random;
        private final ChainWriter writer = new ChainWriter();
        private final ChainReader reader = writer.reader();
        private byte[] model = new byte[16 * 1024];
        private int written;
        private int marked;
        private int published;
        private int read;

        Pair(Random random) {
            this.random = random;
        }

        void write() {
            switch (random.nextInt(11)) {
                case 0 -> writer.put(add(1)[0]);
                case 1 -> {
                    var bytes = add(random.nextInt(2000));
                    writer.put(bytes, 0, bytes.length);
                }
                case 2 -> {
                    var bytes = add(random.nextInt(2000));
                    writer.put(ByteBuffer.wrap(bytes), bytes.length);
                }
                case 3 -> writer.putBody(add(random.nextInt(9000)));
                case 4 -> {
                    var bytes = add(random.nextInt(10));
                    var slab = writer.room(bytes.length);
                    System.arraycopy(bytes, 0, slab, writer.roomAt(), bytes.length);
                    writer.filled(writer.roomAt() + bytes.length);
                }
                case 5 -> writer.room(random.nextInt(300)); // that is not used in the end
                case 6 -> failToPut(random.nextInt(2000));
                case 7 -> {
                    writer.mark();
                    marked = written;
                }
                case 8 -> {
                    writer.publish();
                    published = marked;
                }
                case 9 -> {
                    writer.publishAll();
                    published = marked = written;
                }
                default -> rollBack();
            }
        }

        private void failToPut(int size) {
            assertThatThrownBy(() -> writer.put(ByteBuffer.allocate(size), size + 1))
                    .isInstanceOf(BufferUnderflowException.class);
            rollBack();
        }

        private void rollBack() {
            writer.rollback();
            written = marked;
        }

        private byte[] add(int size) {
            var bytes = Seed.bytes(random, size);
            while (written + size > model.length) {
                model = Arrays.copyOf(model, model.length * 2);
            }
            System.arraycopy(bytes, 0, model, written, size);
            written += size;
            return bytes;
        }

        void read() {
            assertThat(reader.refresh()).isEqualTo(published - read);
            var left = published - read;
            var size = left == 0 ? 0 : random.nextInt(left + 1);
            switch (random.nextInt(5)) {
                case 0 -> assertThat(reader.take(size)).isEqualTo(expect(size));
                case 1 -> {
                    if (left > 0) {
                        assertThat((byte) reader.next()).isEqualTo(expect(1)[0]);
                    }
                }
                case 2 -> {
                    var target = ByteBuffer.allocate(size);
                    reader.copyTo(target);
                    assertThat(target.array()).isEqualTo(Arrays.copyOfRange(model, read, read + size));
                }
                case 3 -> reader.dropArrays(); // if it is empty just now
                default -> {
                    // lets some gather
                }
            }
        }

        void readAll() {
            writer.publishAll();
            published = written;
            var size = Math.toIntExact(reader.refresh());
            assertThat(size).isEqualTo(published - read);
            assertThat(reader.take(size)).isEqualTo(expect(size));
        }

        private byte[] expect(int size) {
            read += size;
            return Arrays.copyOfRange(model, read - size, read);
        }
    }

    @Test
    void bytesCrossThreadsUnharmed() {
        var random = Seed.random("ChainModelTest.bytesCrossThreadsUnharmed");
        var writer = new ChainWriter();
        var reader = writer.reader();
        var total = 40_000_000L;
        var writing = Background.call("writer", () -> write(writer, random, total));
        var checksum = new CRC32();
        for (var left = total; left > 0; ) {
            var size = Math.toIntExact(Math.min(reader.refresh(), 5000));
            if (size == 0) {
                Thread.onSpinWait();
                assertThat(writing.isDone() && reader.refresh() == 0)
                        .as("bytes are missing")
                        .isFalse();
            } else {
                checksum.update(reader.take(size));
                left -= size;
            }
        }
        assertThat(checksum.getValue()).isEqualTo(writing.result());
    }

    /** Publishes in pieces of all sizes, by copy and by reference, and takes some back in between. */
    private static long write(ChainWriter writer, Random random, long total) {
        var checksum = new CRC32();
        for (var left = total; left > 0; ) {
            var bytes =
                    Seed.bytes(random, (int) Math.min(left, random.nextInt(100) == 0 ? 20_000 : random.nextInt(300)));
            if (bytes.length > 4096) {
                writer.putBody(bytes);
            } else {
                writer.put(bytes, 0, bytes.length);
            }
            writer.publishAll();
            checksum.update(bytes);
            left -= bytes.length;
            if (random.nextInt(50) == 0) {
                writer.put(bytes, 0, bytes.length);
                writer.rollback();
            }
        }
        return checksum.getValue();
    }
}
