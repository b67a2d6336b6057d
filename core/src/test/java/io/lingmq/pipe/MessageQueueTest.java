package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Background;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class MessageQueueTest {
    /** In percent: it fills, drains, and hovers about empty, where a block's end is met again and again. */
    private static final int[] SHARE_OF_OFFERS = {70, 20, 45, 45, 50};

    private final MessageQueue queue = new MessageQueue();

    @Test
    void givesBackWhatWasOfferedInOrder() {
        assertThat(queue.poll()).isNull();
        for (var i = 0; i < 1000; i++) {
            queue.offer(Message.of("" + i));
        }
        for (var i = 0; i < 1000; i++) {
            assertThat(queue.poll().text()).isEqualTo("" + i);
        }
        assertThat(queue.poll()).isNull();
    }

    @Test
    void peekLeavesTheMessage() {
        assertThat(queue.peek()).isNull();
        var message = Message.of("a");
        queue.offer(message);

        assertThat(queue.peek()).isSameAs(message);
        assertThat(queue.peek()).isSameAs(message);
        assertThat(queue.poll()).isSameAs(message);
        assertThat(queue.peek()).isNull();
    }

    @Test
    void doesWhatAPlainQueueDoes() {
        var random = Seed.random("MessageQueueTest.doesWhatAPlainQueueDoes");
        var model = new ArrayDeque<Message>();
        for (var i = 0; i < 200_000; i++) {
            if (random.nextInt(100) < SHARE_OF_OFFERS[i / 1000 % SHARE_OF_OFFERS.length]) {
                var message = Message.of("" + i);
                model.add(message);
                queue.offer(message);
            } else {
                assertThat(queue.poll()).isSameAs(model.poll());
            }
        }
    }

    @Test
    void orderIsKeptBetweenTwoThreads() {
        var count = 2_000_000;
        var writing = Background.run("writer", () -> {
            for (var i = 0; i < count; i++) {
                queue.offer(Message.wrap(ByteBuffer.allocate(4).putInt(i).array()));
            }
        });
        for (var expected = 0; expected < count; ) {
            var message = queue.poll();
            if (message == null) {
                Thread.onSpinWait();
                assertThat(writing.isDone() && queue.peek() == null)
                        .as("messages are missing")
                        .isFalse();
            } else {
                if (ByteBuffer.wrap(message.array(0)).getInt() != expected) {
                    assertThat(ByteBuffer.wrap(message.array(0)).getInt()).isEqualTo(expected);
                }
                expected++;
            }
        }
        writing.result();
        assertThat(queue.poll()).isNull();
    }
}
