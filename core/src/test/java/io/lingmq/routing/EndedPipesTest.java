package io.lingmq.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.BellRecorder;
import io.lingmq.testkit.Zmtp;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Peers that come and go while nobody receives. */
class EndedPipesTest {
    private final BellRecorder socket = new BellRecorder();
    private final Drops drops = new Drops();
    private final FairQueue queue = new FairQueue(drops);

    private WirePipe comes() {
        var pipe = new WirePipe(socket, 0, 0, false);
        queue.activate(pipe);
        return pipe;
    }

    private static void says(WirePipe pipe, byte[] body) {
        pipe.input().put(Zmtp.frame(0, body), 0, Zmtp.frame(0, body).length);
        pipe.input().mark();
        pipe.arrived(1);
    }

    private void goes(WirePipe pipe) {
        pipe.end();
        queue.detach(pipe);
    }

    @Test
    void whoSaidNothingIsNotKept() {
        for (var i = 0; i < 10; i++) {
            goes(comes());
        }
        assertThat(queue.ended()).isZero();
    }

    @Test
    void whatComesFromOneThatSaidNothingUntilItsEndIsStillRead() {
        var pipe = comes();
        goes(pipe);
        says(pipe, new byte[] {1});
        socket.take().forEach(bell -> queue.activate(bell.pipe()));

        assertThat(queue.receive()).isNotNull();
        assertThat(queue.source()).isSameAs(pipe);
    }

    @Test
    void soManyMayHaveLeftSomething() {
        var ended = new EndedPipes(drops);
        var one = new WirePipe(socket, 0, 0, false);
        says(one, new byte[] {1});
        for (var i = 0; i < EndedPipes.MOST; i++) {
            ended.add(one); // it does not matter whose they are
        }
        var another = new WirePipe(socket, 0, 0, false);
        says(another, new byte[] {1});
        ended.removeFirst();
        ended.add(another);
        assertThat(drops.asMap()).isEmpty();

        ended.add(another);
        assertThat(ended.size()).isEqualTo(EndedPipes.MOST);
        assertThat(another.isDiscarded()).isTrue();
        assertThat(drops.asMap()).isEqualTo(Map.of(DropReason.UNREAD, 1L));
    }

    @Test
    void whatWasLeftIsReadInTheOrderOfTheEnds() {
        var first = comes();
        var second = comes();
        says(second, new byte[] {2});
        says(first, new byte[] {1});
        goes(first);
        goes(second);

        assertThat(queue.ended()).isEqualTo(2);
        assertThat(queue.receive().bytes()).containsExactly(1);
        assertThat(queue.receive().bytes()).containsExactly(2);
        assertThat(queue.receive()).isNull();
        assertThat(queue.ended()).isZero();
    }

    @Test
    void soManyOctetsMayTheyHaveLeft() {
        var body = new byte[200];
        var each = Zmtp.frame(0, body).length;
        var ended = new EndedPipes(drops);
        var first = new WirePipe(socket, 0, 0, false);
        var octets = 0L;
        while (octets + each <= 1 << 20) {
            says(first, body);
            octets += each;
        }
        for (var i = 0; drops.asMap().isEmpty(); i++) {
            assertThat(i * octets).isLessThanOrEqualTo(EndedPipes.MOST_OCTETS);
            ended.add(first); // it does not matter whose they are
        }
        assertThat((ended.size() + 1) * octets).isGreaterThan(EndedPipes.MOST_OCTETS);
    }
}
