package io.lingmq.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import java.util.Map;
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
}
