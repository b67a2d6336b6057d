package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Background;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class QueueTest {
    /** In percent: it fills, drains, and hovers about empty, where a block's end is met again and again. */
    private static final int[] SHARE_OF_OFFERS = {70, 20, 45, 45, 50};

    private final QueueWriter writer = new QueueWriter();
    private final QueueReader reader = writer.reader(new Credit(0));

    @Test
    void givesBackWhatWasOfferedInOrder() {
        assertThat(reader.poll()).isNull();
        for (var i = 0; i < 1000; i++) {
            writer.offer(Message.of("" + i));
        }
        for (var i = 0; i < 1000; i++) {
            assertThat(reader.poll().text()).isEqualTo("" + i);
        }
        assertThat(reader.poll()).isNull();
    }

    @Test
    void peekLeavesTheMessage() {
        assertThat(reader.peek()).isNull();
        var message = Message.of("a");
        writer.offer(message);

        assertThat(reader.peek()).isSameAs(message);
        assertThat(reader.peek()).isSameAs(message);
        assertThat(reader.poll()).isSameAs(message);
        assertThat(reader.peek()).isNull();
    }

    @Test
    void keepsNothingOfWhatItHasGivenOut() {
        for (var i = 0; i < 10; i++) {
            writer.offer(Message.of("" + i));
        }
        for (var i = 0; i < 10; i++) {
            reader.poll();
        }
        assertThat(reader.slots).containsOnlyNulls();
    }

    @Test
    void keepsNoLargeMessageWhileOthersWait() {
        var large = Message.wrap(new byte[64 * 1024]);
        writer.offer(large);
        writer.offer(large);
        reader.poll();

        assertThat(reader.slots).containsOnlyOnce(large);
    }

    @Test
    void usesABlockAgainThatWasRead() {
        var first = writer.block;
        for (var i = 0; i < 2 * Block.SIZE + 1; i++) {
            writer.offer(Message.of("" + i));
            reader.poll();
        }
        assertThat(writer.block).isSameAs(first);
    }

    @Test
    void doesWhatAPlainQueueDoes() {
        var random = Seed.random("QueueTest.doesWhatAPlainQueueDoes");
        var large = Message.wrap(new byte[40 * 1024]); // two of them are enough for one look
        var model = new ArrayDeque<Message>();
        for (var i = 0; i < 200_000; i++) {
            if (random.nextInt(10) == 0) {
                assertThat(reader.peek()).isSameAs(model.peek());
            } else if (random.nextInt(100) < SHARE_OF_OFFERS[i / 1000 % SHARE_OF_OFFERS.length]) {
                var message = random.nextInt(5) == 0 ? large : Message.of("" + i);
                model.add(message);
                writer.offer(message);
            } else {
                assertThat(reader.poll()).isSameAs(model.poll());
            }
        }
    }

    @Test
    void orderIsKeptBetweenTwoThreads() {
        orderIsKept(writer, reader);
    }

    @Test
    void orderIsKeptBetweenTwoThreadsThatDoNotWait() {
        var impatient = new QueueWriter();
        orderIsKept(impatient, impatient.reader(new Credit(1))); // always half full
    }

    private static void orderIsKept(QueueWriter writer, QueueReader reader) {
        var count = 2_000_000;
        var writing = Background.run("writer", () -> {
            for (var i = 0; i < count; i++) {
                writer.offer(Message.wrap(ByteBuffer.allocate(4).putInt(i).array()));
            }
        });
        for (var expected = 0; expected < count; ) {
            var message = reader.poll();
            if (message == null) {
                Thread.onSpinWait();
                assertThat(writing.isDone() && reader.peek() == null)
                        .as("messages are missing")
                        .isFalse();
            } else {
                if (ByteBuffer.wrap(message.sharedArray(0)).getInt() != expected) {
                    assertThat(ByteBuffer.wrap(message.sharedArray(0)).getInt()).isEqualTo(expected);
                }
                expected++;
            }
        }
        writing.result();
        assertThat(reader.poll()).isNull();
    }
}
