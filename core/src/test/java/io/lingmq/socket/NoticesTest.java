package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.pipe.Notice;
import io.lingmq.testkit.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class NoticesTest {
    /** A notice with a name. */
    private static final class Named extends Notice {
        private final String name;

        Named(String name) {
            this.name = name;
        }
    }

    private final SocketLock lock = new SocketLock();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Notices notices = new Notices(lock, notice -> taken.add(((Named) notice).name));

    @Test
    void whatIsLeftWaitsForTheNextCall() {
        notices.leave(new Named("a"));
        assertThat(taken).isEmpty();
        call();
        assertThat(taken).containsExactly("a");
    }

    private void call() {
        lock.lock();
        try {
            notices.workOff();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void whatIsPostedIsWorkedOffAtOnceWhereTheLockIsFree() {
        notices.leave(new Named("before"));
        notices.post(new Named("a"));
        assertThat(taken).containsExactly("before", "a");
    }

    @Test
    void whoPostsDoesNotWaitForTheLock() {
        lock.lock();
        notices.post(new Named("a"));
        notices.post(new Named("b"));
        assertThat(taken).isEmpty();
        notices.workOff();
        assertThat(taken).containsExactly("a", "b");
        lock.unlock();
    }

    @Test
    void whatWasPostedUnderTheLockIsWorkedOffSoonAlsoIfNobodyCalls() {
        for (var turn = 0; turn < 20; turn++) {
            lock.lock();
            notices.post(new Named("under the lock"));
            lock.unlock();
            Await.until("the notice was worked off", () -> !taken.isEmpty());
            taken.clear();
        }
    }
}
