package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.routing.Drops;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeftBehindTest {
    private static final Message SMALL = Message.of("a", "1");
    private static final Message LARGE = Message.of(new byte[] {'a'}, new byte[1 << 20]);

    private final Drops drops = new Drops();
    private final LeftBehind left = new LeftBehind(drops);

    @Test
    void comesOutInOrderBehindWhatIsHandedBack() {
        left.add(SMALL);
        left.handBack(LARGE);

        assertThat(left.poll()).isSameAs(LARGE);
        assertThat(left.poll()).isSameAs(SMALL);
        assertThat(left.poll()).isNull();
        assertThat(left.isEmpty()).isTrue();
    }

    @Test
    void hasRoomForSoManyBytes() {
        for (var i = 0; i < 64; i++) {
            left.add(LARGE);
        }
        assertThat(drops.asMap()).isEqualTo(Map.of(DropReason.UNREAD, 1L));

        var next = left.poll();
        left.add(LARGE);
        assertThat(drops.asMap()).as("one was read").isEqualTo(Map.of(DropReason.UNREAD, 1L));

        left.handBack(next);
        assertThat(left.poll()).isSameAs(next);
    }

    @Test
    void framesWithoutBytesTakeRoomToo() {
        var hollow = Message.wrapFrames(java.util.Collections.nCopies(1 << 17, new byte[0]));
        for (var i = 0; i < 10; i++) {
            left.add(hollow);
        }
        assertThat(drops.asMap()).containsKey(DropReason.UNREAD);
    }
}
