package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.support.BellRecorder;
import io.lingmq.testkit.Background;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DoorbellTest {
    private final BellRecorder owner = new BellRecorder();
    private final InprocPipe pipe = InprocPipe.pair(
            new InprocPipe.Side(owner, 0, 0, false), new InprocPipe.Side(new BellRecorder(), 0, 0, false));
    private final Doorbell bell = new Doorbell(pipe, Doorbell.Kind.INPUT, owner::rung);

    @Test
    void ringWakesOnlyARestingOwner() {
        bell.ring();
        assertThat(owner.take()).isEmpty();

        bell.arm();
        bell.ring();
        assertThat(owner.take()).containsExactly(bell);
    }

    @Test
    void ringWakesOnce() {
        bell.arm();
        bell.ring();
        bell.ring();

        assertThat(owner.take()).hasSize(1);
    }

    @Test
    void restingTwiceIsRestingOnce() {
        bell.arm();
        bell.arm();
        bell.ring();
        bell.ring();

        assertThat(owner.take()).hasSize(1);
    }

    @Test
    void whoeverRisesAgainIsNotWoken() {
        bell.arm();
        assertThat(bell.disarm()).isTrue();
        bell.ring();

        assertThat(owner.take()).isEmpty();
    }

    @Test
    void ringThatCameInBetweenIsDelivered() {
        bell.arm();
        bell.ring();

        assertThat(bell.disarm()).isFalse();
        assertThat(owner.take()).hasSize(1);
    }

    @Test
    void tellsWhatItIsFor() {
        assertThat(bell.kind()).isEqualTo(Doorbell.Kind.INPUT);
        assertThat(bell.pipe()).isSameAs(pipe);
    }

    // ---- no ring is lost

    private static final int ROUNDS = 200_000;

    @Test
    void noRingIsLostBetweenTwoThreads() {
        var here = new Sleeper();
        var there = new Sleeper();
        var answering = Background.run("answering", () -> {
            for (var round = 1; round <= ROUNDS; round++) {
                there.await(round);
                here.bring(round);
            }
        });
        for (var round = 1; round <= ROUNDS; round++) {
            there.bring(round);
            here.await(round);
        }
        answering.result();
    }

    /** Waits for a number by resting at its bell, exactly as sockets do; only a ring makes it look again. */
    private static final class Sleeper implements Consumer<Doorbell> {
        private static final int SPINS = 1000;
        private static final int MOST_NAPS = 50_000;
        private static final long PARK_NS = 100_000;

        private final Doorbell bell = new Doorbell(null, Doorbell.Kind.READABLE, this);
        // Opaque on purpose: that both sides see each other is the bell's affair, not that of a volatile field.
        private final AtomicInteger news = new AtomicInteger();
        private volatile boolean awake = true;

        void bring(int number) {
            news.setOpaque(number);
            bell.ring();
        }

        void await(int number) {
            while (news.getOpaque() != number) {
                awake = false;
                bell.arm();
                if (news.getOpaque() == number && bell.disarm()) {
                    awake = true;
                    return;
                }
                sleepUntilRung(number);
            }
        }

        /**
         * Spins, then parks; gives up after so many timed parks, not after a time, since a busy machine may take that.
         */
        private void sleepUntilRung(int number) {
            for (var turns = 0; !awake; turns++) {
                if (turns < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(PARK_NS);
                }
                if (turns > SPINS + MOST_NAPS) {
                    throw new AssertionError("nobody rang for " + number + ", and " + news.getOpaque() + " is there");
                }
            }
        }

        @Override
        public void accept(Doorbell rung) {
            awake = true;
        }
    }
}
