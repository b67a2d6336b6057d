package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.LocalPeer;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Batch batch = Batch.ofMany();

    private void add(String... texts) {
        for (var text : texts) {
            batch.add(Message.of(text), null);
        }
    }

    @Test
    void passesOnInTheOrderOfArrival() {
        add("a", "b", "c");
        assertThat(batch.first()).isEqualTo(Message.of("a"));
        batch.firstWasPassedOn();
        var left = new ArrayList<String>();
        batch.forEach(message -> left.add(message.text()));

        assertThat(left).containsExactly("b", "c");
        assertThat(batch.passedOn()).isEqualTo(1);
        assertThat(batch.passedOnBytes()).isEqualTo(1);
    }

    @Test
    void givesBackFromTheEndWithoutCounting() {
        add("a", "b", "c");
        batch.firstWasPassedOn();

        assertThat(batch.last()).isEqualTo(Message.of("c"));
        batch.dropLast();
        assertThat(batch.last()).isEqualTo(Message.of("b"));
        batch.dropLast();
        assertThat(batch.last()).isNull();
        assertThat(batch.first()).isNull();
        assertThat(batch.passedOn()).isEqualTo(1);
    }

    @Test
    void remembersWhereEachMessageCameFrom() {
        var pipe = new LocalPeer(new BellRecorder(), 0).pipe();
        batch.add(Message.of("a"), pipe);
        batch.add(Message.of("b"), null);

        assertThat(batch.lastSource()).isNull();
        batch.dropLast();
        assertThat(batch.lastSource()).isSameAs(pipe);
    }

    @Test
    void countsWhatIsDroppedApart() {
        add("a", "bb");
        batch.dropFirst();
        batch.firstWasPassedOn();

        assertThat(batch.dropped()).isEqualTo(1);
        assertThat(batch.droppedBytes()).isEqualTo(1);
        assertThat(batch.passedOn()).isEqualTo(1);
        assertThat(batch.passedOnBytes()).isEqualTo(2);
    }

    @Test
    void ofOneIsFullWithOne() {
        var one = Batch.ofOne();
        assertThat(one.isFull()).isFalse();
        one.add(Message.of("a"), null);
        assertThat(one.isFull()).isTrue();
        one.dropFirst();
        assertThat(one.isFull()).isFalse();
    }

    @Test
    void isFullByNumberOrBySize() {
        for (var i = 0; i < 64; i++) {
            assertThat(batch.isFull()).as("after %s", i).isFalse();
            add("x");
        }
        assertThat(batch.isFull()).isTrue();
        while (!batch.isEmpty()) {
            batch.firstWasPassedOn();
        }
        assertThat(batch.isFull()).isFalse();
        batch.add(Message.of(new byte[64 * 1024]), null);
        assertThat(batch.isFull()).isTrue();
    }
}
