package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.Notice;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.LocalPeer;
import io.lingmq.testkit.Background;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadyListTest {
    private final ReadyList list = new ReadyList();

    private static Doorbell bell() {
        return new LocalPeer(new BellRecorder(), 0).pipe().readable();
    }

    private List<Notice> takeAll() {
        var all = new ArrayList<Notice>();
        for (var bell = list.takeAll(); bell != null; bell = next(bell)) {
            all.add(bell);
        }
        return all;
    }

    /** As a socket does it: a bell that was looked at is linked to nobody. */
    private static @Nullable Notice next(Notice bell) {
        var next = bell.next;
        bell.next = null;
        bell.leaveList();
        return next;
    }

    @Test
    void emptyListHasNothing() {
        assertThat(list.isEmpty()).isTrue();
        assertThat(list.takeAll()).isNull();
    }

    @Test
    void bellsComeInTheOrderInWhichTheyWereRung() {
        var bells = List.of(bell(), bell(), bell());
        bells.forEach(list::push);
        assertThat(list.isEmpty()).isFalse();

        assertThat(takeAll()).isEqualTo(bells);
        assertThat(list.isEmpty()).isTrue();
    }

    @Test
    void bellCanBeRungAgainAfterItWasTaken() {
        var bell = bell();
        for (var i = 0; i < 3; i++) {
            list.push(bell);
            list.push(bell());
            assertThat(takeAll()).hasSize(2).startsWith(bell);
        }
    }

    @Test
    void noBellOfAnyThreadIsLost() {
        var threads = new ArrayList<Background<Boolean>>();
        var pushed = new ArrayList<Notice>();
        for (var t = 0; t < 3; t++) {
            var own = new ArrayList<Notice>();
            for (var i = 0; i < 20_000; i++) {
                own.add(bell());
            }
            pushed.addAll(own);
            threads.add(Background.run("ringing " + t, () -> own.forEach(list::push)));
        }
        var taken = new ArrayList<Notice>();
        while (!threads.stream().allMatch(Background::isDone)) {
            taken.addAll(takeAll());
        }
        taken.addAll(takeAll());

        assertThat(taken).hasSameSizeAs(pushed);
        assertThat(new HashSet<>(taken)).isEqualTo(new HashSet<>(pushed));
    }
}
