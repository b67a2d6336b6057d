package io.lingmq.interop;

import io.lingmq.message.Message;
import io.lingmq.testkit.Bodies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A message described by how many frames it has and how large each is; both sides can make it and compare it.
 *
 * @param frames how many frames
 * @param size of each frame in bytes
 */
record Shape(int frames, int size) {
    private static final List<Integer> SIZES = List.of(0, 1, 255, 256, 8191, 8192, 8193, 65_536);
    private static final int MOST_FRAMES = 5;
    private static final int HUGE = 16 << 20;
    private static final int MOST_HUGE_FRAMES = 2;
    private static final Map<Shape, Message> MADE = new HashMap<>();

    /** All shapes that the matrix sends, small ones first. */
    static List<Shape> all() {
        var all = new ArrayList<>(small());
        IntStream.rangeClosed(1, MOST_HUGE_FRAMES).forEach(frames -> all.add(new Shape(frames, HUGE)));
        return Collections.unmodifiableList(all);
    }

    /** All shapes but the huge ones. */
    static List<Shape> small() {
        return SIZES.stream()
                .flatMap(size -> IntStream.rangeClosed(1, MOST_FRAMES).mapToObj(frames -> new Shape(frames, size)))
                .toList();
    }

    /** The message itself. */
    Message message() {
        return MADE.computeIfAbsent(
                this,
                shape -> Message.wrapFrames(IntStream.rangeClosed(1, frames)
                        .mapToObj(seed -> Bodies.of(seed, size))
                        .toList()));
    }

    /** The message as a peer reads it. */
    String words() {
        return IntStream.rangeClosed(1, frames)
                .mapToObj(seed -> "gen:" + seed + ":" + size)
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return frames + " × " + size;
    }
}
