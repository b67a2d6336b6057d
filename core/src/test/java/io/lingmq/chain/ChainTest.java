package io.lingmq.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Await;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTest {
    private final ChainWriter writer = new ChainWriter();
    private final ChainReader reader = writer.reader();

    private byte[] unread() {
        return reader.take(Math.toIntExact(reader.refresh()));
    }

    @Test
    void readerSeesNothingBeforeItIsPublished() {
        writer.put('a');
        assertThat(reader.refresh()).isZero();

        writer.mark();
        assertThat(reader.refresh()).isZero();

        writer.publish();
        assertThat(reader.refresh()).isEqualTo(1);
    }

    @Test
    void publishShowsOnlyWhatIsMarked() {
        writer.put(Hex.bytes("01 02"), 0, 2);
        writer.mark();
        writer.put(Hex.bytes("03 04 05"), 0, 3);
        writer.publish();

        assertThat(unread()).isEqualTo(Hex.bytes("01 02"));

        writer.publishAll();
        assertThat(unread()).isEqualTo(Hex.bytes("03 04 05"));
    }

    @Test
    void availableLooksAgainOnlyWhenAllIsRead() {
        writer.put('a');
        writer.publishAll();
        assertThat(reader.available()).isEqualTo(1);

        writer.put('b');
        writer.publishAll();
        assertThat(reader.available()).isEqualTo(1);
        assertThat(reader.refresh()).isEqualTo(2);
    }

    @Test
    void everyWayOfPuttingKeepsTheOrder() {
        writer.put(0x01);
        writer.put(Hex.bytes("FF 02 03 FF"), 1, 2);
        var buffer = ByteBuffer.wrap(Hex.bytes("FF 04 05 06"), 1, 3);
        writer.put(buffer, 2);
        writer.putBody(Hex.bytes("06 07"));
        writer.putBody(new byte[0]);
        writer.put(0x08);
        var slab = writer.room(9);
        slab[writer.roomAt()] = 0x09;
        writer.filled(writer.roomAt() + 1);
        writer.publishAll();

        assertThat(buffer.position())
                .as("only so much is taken from the buffer")
                .isEqualTo(3);
        assertThat(unread()).isEqualTo(Hex.bytes("01 02 03 04 05 06 07 08 09"));
    }

    @Test
    void octetsAreUnsigned() {
        writer.put(0xFE);
        writer.publishAll();
        reader.refresh();

        assertThat(reader.next()).isEqualTo(0xFE);
    }

    @Test
    void bodyTravelsByReference() {
        var body = Bodies.of(1, 5000);
        writer.put('h');
        writer.putBody(body);
        writer.put('t');
        writer.publishAll();
        reader.refresh();

        assertThat(reader.next()).isEqualTo('h');
        assertThat(reader.take(5000)).isSameAs(body);
        assertThat(reader.next()).isEqualTo('t');
    }

    @Test
    void partOfABodyIsACopy() {
        var body = Bodies.of(1, 5000);
        writer.putBody(body);
        writer.publishAll();
        reader.refresh();

        assertThat(reader.take(2000)).isNotSameAs(body).hasSize(2000).isEqualTo(Arrays.copyOf(body, 2000));
        assertThat(reader.take(3000)).isEqualTo(Arrays.copyOfRange(body, 2000, 5000));
    }

    @Test
    void takingAcrossTheEndOfABodyIsACopy() {
        var body = Bodies.of(1, 5000);
        writer.putBody(body);
        writer.put(Bodies.of(2, 10), 0, 10);
        writer.publishAll();
        reader.refresh();

        assertThat(reader.take(5004)).isEqualTo(Hex.join(body, Arrays.copyOf(Bodies.of(2, 10), 4)));
        assertThat(reader.take(6)).isEqualTo(Arrays.copyOfRange(Bodies.of(2, 10), 4, 10));
    }

    @Test
    void bodyIsNeverWrittenTo() {
        var body = Bodies.of(1, 5000);
        var others = Bodies.of(2, 3000);
        for (var i = 0; i < 10; i++) {
            writer.putBody(body);
            writer.put(others, 0, others.length);
            writer.publishAll();
            assertThat(unread()).isEqualTo(Hex.join(body, others));
        }
        assertThat(body).isEqualTo(Bodies.of(1, 5000));
    }

    @Test
    void takingNothingIsAllowedAnywhere() {
        assertThat(reader.take(0)).isEmpty();
        writer.putBody(Bodies.of(1, 5000));
        writer.publishAll();
        reader.refresh();
        assertThat(reader.take(0)).isEmpty();
        assertThat(reader.take(5000)).hasSize(5000);
        assertThat(reader.take(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 2048, 100_000, ChainWriter.LARGEST, 3 * ChainWriter.LARGEST + 1})
    void anySizeGoesThroughInOnePiece(int size) {
        var bytes = Bodies.of(size, size);
        writer.put(bytes, 0, size);
        writer.publishAll();

        assertThat(unread()).isEqualTo(bytes);
    }

    // ---- copying without taking

    @Test
    void copyLeavesTheBytesUnread() {
        writer.put(Bodies.of(1, 3000), 0, 3000);
        writer.putBody(Bodies.of(2, 5000));
        writer.publishAll();
        var expected = Hex.join(Bodies.of(1, 3000), Bodies.of(2, 5000));

        for (var i = 0; i < 3; i++) {
            var target = ByteBuffer.allocate(10_000);
            reader.copyTo(target);
            assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(expected));
        }
        assertThat(unread()).isEqualTo(expected);
    }

    @Test
    void copyEndsWithTheBufferOrItsLimit() {
        writer.put(Hex.bytes("01 02 03 04 05"), 0, 5);
        writer.publishAll();

        var small = ByteBuffer.allocate(2);
        reader.copyTo(small);
        assertThat(small.array()).isEqualTo(Hex.bytes("01 02"));

        var limited = ByteBuffer.allocate(5);
        reader.copyTo(limited, 3);
        assertThat(limited.position()).isEqualTo(3);
    }

    // ---- in the chain's own arrays

    @Test
    void piecesAreAllThatIsUnread() {
        var put = Hex.join(Bodies.of(1, 3000), Bodies.of(2, 5000), Bodies.of(3, 100));
        writer.put(put, 0, 3000);
        writer.putBody(Bodies.of(2, 5000));
        writer.put(put, 8000, 100);
        writer.publishAll();

        for (var at = 0; reader.refresh() > 0; ) {
            var piece = reader.piece();
            var size = reader.pieceLeft();
            assertThat(reader.isInOnePiece(size)).isTrue();
            assertThat(Arrays.copyOfRange(piece, reader.pieceAt(), reader.pieceAt() + size))
                    .isEqualTo(Arrays.copyOfRange(put, at, at + size));
            at += size;
            reader.pass(size);
            assertThat(reader.consumed()).isEqualTo(at);
        }
        assertThat(reader.consumed()).isEqualTo(8100);
    }

    @Test
    void pieceEndsWithItsArrayAndWhereTheChainGoesOnElsewhere() {
        writer.put(Hex.bytes("01 02 03"), 0, 3);
        writer.putBody(Bodies.of(1, 5000));
        writer.put(0x04);
        writer.publishAll();
        reader.refresh();

        assertThat(reader.next()).isEqualTo(1);
        assertThat(reader.isInOnePiece(2)).isTrue();
        assertThat(reader.isInOnePiece(3)).isFalse();
        reader.skip(2);
        reader.piece();
        assertThat(reader.isInOnePiece(5000)).isTrue();
        assertThat(reader.isInOnePiece(5001)).isFalse();
    }

    @Test
    void walkAheadSeesAllAndTakesNothing() {
        writer.put(Bodies.of(1, 3000), 0, 3000);
        writer.putBody(Bodies.of(2, 5000));
        writer.publishAll();
        var expected = Hex.join(Bodies.of(1, 3000), Bodies.of(2, 5000));

        for (var stop : new int[] {0, 1, 2999, 3000, 3001, 7999, 8000, 9000}) {
            var seen = ByteBuffer.allocate(9000);
            var walked = reader.walkAhead((bytes, from, to) -> {
                var size = Math.min(to - from, stop - seen.position());
                seen.put(bytes, from, size);
                return from + size;
            });
            assertThat(walked).isEqualTo(Math.min(stop, 8000));
            assertThat(seen.flip()).isEqualTo(ByteBuffer.wrap(expected, 0, (int) walked));
        }
        assertThat(unread()).isEqualTo(expected);
        assertThat(reader.walkAhead((bytes, from, to) -> to)).isZero();
    }

    // ---- taking back

    @Test
    void rollbackTakesBackWhatIsNotMarked() {
        writer.put('a');
        writer.mark();
        writer.put(Bodies.of(1, 100_000), 0, 100_000);
        writer.putBody(Bodies.of(2, 5000));
        writer.rollback();
        writer.put('b');
        writer.publishAll();

        assertThat(unread()).isEqualTo(Hex.bytes("61 62"));
    }

    @Test
    void rollbackOfNothingChangesNothing() {
        writer.rollback();
        writer.put('a');
        writer.mark();
        writer.rollback();
        writer.publish();

        assertThat(unread()).isEqualTo(Hex.bytes("61"));
    }

    @Test
    void rollbackBehindABodyLeavesTheBodyWhole() {
        var body = Bodies.of(1, 5000);
        writer.putBody(body);
        writer.mark();
        writer.put('x');
        writer.rollback();
        writer.put('y');
        writer.publishAll();
        reader.refresh();

        assertThat(reader.take(5000)).isSameAs(body);
        assertThat(reader.next()).isEqualTo('y');
    }

    @Test
    void rollbackWhenTheReaderHasReadAllThatIsMarked() {
        writer.put(new byte[512], 0, 512);
        writer.publishAll();
        assertThat(unread()).hasSize(512);

        writer.put(Bodies.of(1, 10_000), 0, 10_000);
        writer.rollback();
        writer.put('b');
        writer.publishAll();

        assertThat(unread()).isEqualTo(Hex.bytes("62"));
    }

    // ---- memory

    @Test
    void steadyStreamUsesItsArraysAgain() {
        for (var i = 0; i < 100; i++) {
            writer.put(new byte[512], 0, 512);
            writer.publishAll();
            unread();
        }
        assertThat(writer.room(1))
                .as("the arrays of a reader that keeps up do not grow")
                .hasSizeLessThanOrEqualTo(2048);
    }

    @Test
    void whatHasBeenReadIsHeldByNobody() {
        var read = new WeakReference<>(throughTheChain(Bodies.of(1, 5000)));
        throughTheChain(Bodies.of(2, 5000));

        Await.until("it is collected", () -> {
            System.gc();
            return read.get() == null;
        });
        assertThat(reader.refresh()).as("the chain itself is still there").isZero();
    }

    private byte[] throughTheChain(byte[] body) {
        writer.putBody(body);
        writer.publishAll();
        return unread();
    }

    @Test
    void arraysGrowWithTheBacklog() {
        for (var i = 0; i < 2000; i++) {
            writer.put(new byte[512], 0, 512);
        }
        assertThat(writer.room(1)).hasSize(ChainWriter.LARGEST);
    }

    // ---- at rest

    private void growAndRead() {
        for (var i = 0; i < 300; i++) {
            writer.put(new byte[512], 0, 512);
        }
        writer.publishAll();
        unread();
    }

    @Test
    void emptyChainDropsItsArraysAndWorksOn() {
        assertThat(writer.holdsMuch()).isFalse();
        growAndRead();
        assertThat(writer.holdsMuch()).isTrue();

        reader.dropArrays();

        assertThat(writer.holdsMuch()).isFalse();
        assertThat(writer.room(1)).as("it begins small again").hasSize(ChainWriter.SMALLEST);
        assertThat(throughTheChain(Hex.bytes("01 02 03"))).isEqualTo(Hex.bytes("01 02 03"));
        growAndRead();
        assertThat(writer.holdsMuch()).as("and grows again").isTrue();
    }

    @Test
    void lastBodyIsDroppedToo() {
        var read = new WeakReference<>(throughTheChain(Bodies.of(1, 5000)));
        assertThat(writer.holdsMuch()).isTrue();

        reader.dropArrays();

        assertThat(writer.holdsMuch()).isFalse();
        Await.until("it is collected", () -> {
            System.gc();
            return read.get() == null;
        });
        assertThat(unread()).isEmpty();
    }

    @Test
    void unreadBytesKeepTheirArrays() {
        growAndRead();
        writer.put(Hex.bytes("01 02"), 0, 2);
        reader.dropArrays();
        assertThat(writer.holdsMuch()).as("put, but not published yet").isTrue();
        writer.publishAll();
        reader.dropArrays();
        assertThat(writer.holdsMuch()).as("not read yet").isTrue();

        assertThat(unread()).isEqualTo(Hex.bytes("01 02"));
        reader.dropArrays();
        assertThat(writer.holdsMuch()).isFalse();
    }

    @Test
    void rollbackAfterDroppingLeavesAnEmptyChain() {
        growAndRead();
        reader.dropArrays();
        writer.put(new byte[5000], 0, 5000);
        writer.rollback();
        assertThat(reader.refresh()).isZero();

        assertThat(throughTheChain(Hex.bytes("04"))).isEqualTo(Hex.bytes("04"));
    }
}
