package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Background;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SocketLockTest {
    private final SocketLock lock = new SocketLock();
    private int count;

    @Test
    void oneAtATime() {
        var threads = 4;
        var each = 50_000;
        var all = IntStream.range(0, threads)
                .mapToObj(i -> Background.run("counter-" + i, () -> count(each)))
                .toList();
        all.forEach(Background::result);

        assertThat(count).isEqualTo(threads * each);
    }

    private void count(int times) {
        for (var i = 0; i < times; i++) {
            lock.lock();
            count++;
            lock.unlock();
        }
    }

    @Test
    void tryingDoesNotWait() {
        lock.lock();
        assertThat(lock.tryLock()).isFalse();
        lock.unlock();
        assertThat(lock.tryLock()).isTrue();
        lock.unlock();
    }

    @Test
    void isHeldForSendingOnlyByWhoTookItForThat() {
        assertThat(lock.isHeldForSending()).isFalse();
        lock.lock();
        assertThat(lock.isHeldForSending()).isFalse();
        lock.unlock();
        lock.lockForSending();
        assertThat(lock.isHeldForSending()).isTrue();
        assertThat(lock.tryLock()).isFalse();
        lock.unlock();
        assertThat(lock.isHeldForSending()).isFalse();
    }

    @Test
    void countsHolds() {
        lock.lockForSending();
        var hold = lock.currentHold();
        lock.unlock();
        lock.lockForSending();
        assertThat(lock.currentHold()).isNotEqualTo(hold);
        lock.unlock();
    }

    @Test
    void whoWaitsLongIsNotForgotten() {
        lock.lock();
        var waiting = Background.run("waiting", () -> count(1)).awaitInside("parkNanos");
        lock.unlock();
        waiting.result();

        assertThat(count).isEqualTo(1);
    }
}
