package io.lingmq.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.pipe.Pipe;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.LocalPeer;
import io.lingmq.support.Seed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class RotationTest {
    private final Rotation rotation = new Rotation();

    private static Pipe pipe() {
        return new LocalPeer(new BellRecorder(), 0).pipe();
    }

    @Test
    void nobodysTurn() {
        rotation.advance();
        assertThat(rotation.front()).isNull();
        assertThat(rotation.remove(pipe())).isFalse();
    }

    @Test
    void everybodysTurn() {
        var a = pipe();
        var b = pipe();
        rotation.add(a);
        rotation.add(b);

        assertThat(rotation.front()).isSameAs(a);
        rotation.advance();
        assertThat(rotation.front()).isSameAs(b);
        rotation.advance();
        assertThat(rotation.front()).isSameAs(a);
    }

    /** Against a plain queue, whatever is done. */
    @Test
    void isAQueueWhoseFrontGoesToItsEnd() {
        var random = Seed.random("RotationTest.isAQueueWhoseFrontGoesToItsEnd");
        var model = new ArrayDeque<Pipe>();
        var known = new ArrayList<Pipe>();
        for (var i = 0; i < 6; i++) {
            known.add(pipe());
        }
        for (var step = 0; step < 20_000; step++) {
            var pipe = known.get(random.nextInt(known.size()));
            switch (random.nextInt(5)) {
                case 0 -> addUnlessThere(model, pipe, true);
                case 1 -> addUnlessThere(model, pipe, false);
                case 2 -> assertThat(rotation.remove(pipe)).isEqualTo(model.remove(pipe));
                case 3 -> turn(model);
                default -> removeFront(model);
            }
            assertThat(rotation.front()).isSameAs(model.peekFirst());
        }
    }

    private void addUnlessThere(ArrayDeque<Pipe> model, Pipe pipe, boolean first) {
        if (model.contains(pipe)) {
            return;
        }
        if (first) {
            model.addFirst(pipe);
            rotation.addFirst(pipe);
        } else {
            model.addLast(pipe);
            rotation.add(pipe);
        }
    }

    private void turn(ArrayDeque<Pipe> model) {
        if (!model.isEmpty()) {
            model.addLast(model.removeFirst());
        }
        rotation.advance();
    }

    private void removeFront(ArrayDeque<Pipe> model) {
        if (!model.isEmpty()) {
            model.removeFirst();
            rotation.removeFront();
        }
    }
}
