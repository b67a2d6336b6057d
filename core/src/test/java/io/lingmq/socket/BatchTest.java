package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Batch batch = new Batch();

    private void add(String... texts) {
        for (var text : texts) {
            batch.add(Message.of(text));
        }
    }

    @Test
    void passesOnInTheOrderOfArrival() {
        add("a", "b", "c");
        assertThat(batch.first()).isEqualTo(Message.of("a"));
        batch.dropFirst();
        var left = new ArrayList<String>();
        batch.forEach(message -> left.add(message.text()));

        assertThat(left).containsExactly("b", "c");
        assertThat(batch.passedOn()).isEqualTo(1);
        assertThat(batch.passedOnBytes()).isEqualTo(1);
    }

    @Test
    void givesBackFromTheEndWithoutCounting() {
        add("a", "b", "c");
        batch.dropFirst();

        assertThat(batch.takeLast()).isEqualTo(Message.of("c"));
        assertThat(batch.takeLast()).isEqualTo(Message.of("b"));
        assertThat(batch.takeLast()).isNull();
        assertThat(batch.first()).isNull();
        assertThat(batch.passedOn()).isEqualTo(1);
    }

    @Test
    void isFullByNumberOrBySize() {
        for (var i = 0; i < 64; i++) {
            assertThat(batch.isFull()).as("after %s", i).isFalse();
            add("x");
        }
        assertThat(batch.isFull()).isTrue();
        while (!batch.isEmpty()) {
            batch.dropFirst();
        }
        assertThat(batch.isFull()).isFalse();
        batch.add(Message.of(new byte[64 * 1024]));
        assertThat(batch.isFull()).isTrue();
    }
}
