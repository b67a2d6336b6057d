package io.lingmq.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.BellRecorder;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DropsTest {
    private final Drops drops = new Drops();

    @Test
    void reasonsThatDidNotOccurAreLeftOut() {
        assertThat(drops.asMap()).isEmpty();
        drops.count(DropReason.UNSENT, 0);
        assertThat(drops.asMap()).isEmpty();
    }

    @Test
    void eachReasonHasItsCount() {
        drops.count(DropReason.NO_ROUTE);
        drops.count(DropReason.NO_ROUTE);
        drops.count(DropReason.UNSENT, 5_000_000_000L);

        assertThat(drops.asMap()).isEqualTo(Map.of(DropReason.NO_ROUTE, 2L, DropReason.UNSENT, 5_000_000_000L));
    }

    @Test
    void mapDoesNotChangeAfterwards() {
        drops.count(DropReason.NO_ROUTE);
        var before = drops.asMap();
        drops.count(DropReason.NO_ROUTE);

        assertThat(before).isEqualTo(Map.of(DropReason.NO_ROUTE, 1L));
    }

    @Test
    void aKnownPeersDropsAreItsToo() {
        var pipe = new WirePipe(new BellRecorder(), 0, 0, false);
        drops.count(DropReason.PEER_FULL, pipe);
        drops.count(DropReason.UNREAD, pipe, 0);
        drops.count(DropReason.UNREAD, null, 3);

        assertThat(drops.asMap()).isEqualTo(Map.of(DropReason.PEER_FULL, 1L, DropReason.UNREAD, 3L));
        assertThat(Objects.requireNonNull(pipe.peerNow()).dropped()).isEqualTo(Map.of(DropReason.PEER_FULL, 1L));
    }
}
