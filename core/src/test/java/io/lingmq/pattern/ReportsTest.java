package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.LocalPeer;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Message SMALL = Message.of("x");
    private static final Message LARGE = Message.of(new byte[1 << 20]);

    private final Drops drops = new Drops();
    private final Reports reports = new Reports(drops);
    private final Pipe a = pipe();
    private final Pipe b = pipe();

    private static Pipe pipe() {
        return new LocalPeer(new BellRecorder(), 0).pipe();
    }

    @Test
    void comeOutInOrderAndTellWhomTheyAreAbout() {
        assertThat(reports.poll()).isNull();
        reports.add(SMALL, a);
        reports.add(LARGE, b);
        reports.add(SMALL);

        assertThat(reports.poll()).isSameAs(SMALL);
        assertThat(reports.latest()).isSameAs(a);
        assertThat(reports.poll()).isSameAs(LARGE);
        assertThat(reports.latest()).isSameAs(b);
        assertThat(reports.poll()).isSameAs(SMALL);
        assertThat(reports.latest()).isNull();
        assertThat(reports.isEmpty()).isTrue();
    }

    @Test
    void onePeerMayHaveSoManyBytesUnread() {
        for (var i = 0; i < 64; i++) {
            assertThat(reports.add(LARGE, a)).isNull();
        }
        assertThat(reports.add(SMALL, a)).startsWith("the application has left 65 subscriptions and messages");
        assertThat(reports.add(LARGE, b)).isNull();

        reports.poll();
        assertThat(reports.add(LARGE, a)).as("one of them was read").isNull();
        assertThat(drops.asMap()).isEqualTo(Map.of(DropReason.REPORT_UNREAD, 1L));
    }

    @Test
    void framesWithoutBytesCountToo() {
        var hollow = Message.wrapFrames(Collections.nCopies(1 << 17, new byte[0]));
        var most = (int) (Reports.MOST_BYTES_OF_PEER / ((1 << 17) * Reports.BYTES_OF_FRAME));
        for (var i = 0; i < most; i++) {
            assertThat(reports.add(hollow, a)).isNull();
        }
        assertThat(reports.add(hollow, a)).isNotNull();
    }

    @Test
    void beyondWhatAllMayHaveTogetherIsDroppedAndCountedButNobodyRefused() {
        for (var peer = 0; peer < 4; peer++) {
            var each = pipe();
            for (var i = 0; i < 64; i++) {
                assertThat(reports.add(LARGE, each)).isNull();
            }
        }
        assertThat(reports.add(SMALL, a)).isNull();
        reports.add(SMALL);
        assertThat(drops.asMap()).isEqualTo(Map.of(DropReason.REPORT_UNREAD, 2L));

        reports.poll();
        reports.add(SMALL, a);
        assertThat(drops.asMap()).isEqualTo(Map.of(DropReason.REPORT_UNREAD, 2L));
    }

    @Test
    void thereMayBeSoManyTogether() {
        for (var i = 0; i < Reports.MOST + 1; i++) {
            reports.add(SMALL);
        }
        assertThat(drops.asMap()).isEqualTo(Map.of(DropReason.REPORT_UNREAD, 1L));
    }

    @Test
    void whatIsHandedBackIsNextAndCountsAgain() {
        for (var i = 0; i < 64; i++) {
            reports.add(LARGE, a);
        }
        var first = reports.poll();
        reports.handBack(first, a);

        assertThat(reports.add(SMALL, a)).isNotNull();
        reports.poll();
        assertThat(reports.latest()).isSameAs(a);
    }

    @Test
    void whoIsGoneIsForgotten() {
        reports.add(SMALL, a);
        reports.poll();
        reports.forget(a);

        assertThat(reports.latest()).isNull();
    }
}
