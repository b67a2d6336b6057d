package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.LingException;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a poller watches comes, goes and closes. */
class PollCoreChangesTest extends Polling {
    @Test
    void socketThatTwoThreadsAddAndRemoveIsWatchedOrNot() throws InterruptedException {
        push.connect("inproc://here");
        addAndRemove(() -> poller.add("push", push, WRITE), () -> poller.remove("push"));
    }

    @Test
    void channelThatTwoThreadsAddAndRemoveIsWatchedOrNot() throws IOException, InterruptedException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            sink.configureBlocking(false);
            addAndRemove(() -> poller.add(sink, WRITE), () -> poller.remove(sink));
            assertThat(source.isOpen()).isTrue();
        }
    }

    /** Two threads add and remove the same item, which is ready, at the same time; then it is watched, or it is not. */
    private void addAndRemove(Runnable add, Runnable remove) throws InterruptedException {
        var rounds = 20_000;
        var begun = new AtomicInteger();
        var added = new AtomicInteger();
        var adding = Background.run("adding", () -> {
            for (var round = 1; round <= rounds; round++) {
                awaitRound(begun, round);
                spin(round % 50);
                add.run();
                added.set(round);
            }
        });
        for (var round = 1; round <= rounds; round++) {
            add.run();
            begun.set(round);
            spin(round / 50 % 50);
            remove.run();
            awaitRound(added, round);
            var size = poller.size();
            assertThat(poller.poll(0)).as("round %d: %d watched", round, size).hasSize(size);
            remove.run();
            assertThat(poller.poll(0)).as("round %d: none watched", round).isEmpty();
        }
        adding.result();
    }

    private static void awaitRound(AtomicInteger current, int round) {
        for (var turns = 0; current.get() < round; turns++) {
            if (turns < 1000) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(1000);
            }
            assertThat(turns).as("turns in vain").isLessThan(100_000);
        }
    }

    private static void spin(int turns) {
        for (var i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void refusesAnInterestThatItDoesNotKnow() throws IOException {
        assertThatThrownBy(() -> poller.add("pull", pull, 4))
                .isInstanceOf(LingException.class)
                .hasMessageStartingWith("an interest is READ, WRITE, both of them, or 0 for none; not 4");
        var channel = Pipe.open();
        channel.source().close();
        channel.sink().configureBlocking(false);
        assertThatThrownBy(() -> poller.add(channel.sink(), -1)).isInstanceOf(LingException.class);
        channel.sink().close();
        assertThat(poller.size()).isZero();
    }

    @Test
    void itemWithoutInterestIsWatchedForNothing() throws InterruptedException {
        push.connect("inproc://here");
        poller.add("push", push, WRITE);
        assertThat(poller.poll(0)).containsExactly(writable("push"));
        poller.add("push", push, 0);
        assertThat(poller.poll(0)).isEmpty();
        assertThat(poller.size()).isEqualTo(1);
    }

    // ---- closed sockets

    @Test
    void closedSocketDoesNotKeepTheOthersWaiting() throws IOException, InterruptedException {
        var other = socket(SocketType.PULL);
        poller.add("other", other, READ);
        poller.add("push", push, WRITE);
        push.connect("inproc://here");
        other.close();
        for (var i = 0; i < 3; i++) {
            assertThat(poller.poll(0)).containsExactly(writable("push"));
        }
        poller.remove("push");
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            sink.configureBlocking(false);
            poller.add(sink, WRITE);
            assertThat(poller.poll(FOR_EVER)).containsExactly(writable(sink));
            assertThat(source.isOpen()).isTrue();
        }
    }

    @Test
    void closedSocketsAreToldWhenNothingIsReadyUntilTheyAreRemoved() throws InterruptedException {
        var other = socket(SocketType.PULL);
        poller.add("other", other, READ);
        poller.add("pull", pull, READ);
        assertThat(poller.removeClosed()).isEmpty();
        other.close();
        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> poller.poll(FOR_EVER)).isInstanceOf(ClosedException.class);
        }
        assertThat(poller.removeClosed()).containsExactly("other");
        assertThat(poller.size()).isEqualTo(1);
        assertThat(poller.poll(0)).isEmpty();

        push.connect("inproc://here");
        push.trySend(Message.of("x"));
        assertThat(poller.poll(FOR_EVER)).containsExactly(readable("pull"));
        poller.close();
        assertThatThrownBy(poller::removeClosed)
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("the poller is closed");
    }

    @Test
    void closedSocketWithoutInterestCanBeRemovedToo() throws InterruptedException {
        poller.add("pull", pull, 0);
        pull.close();
        assertThat(poller.poll(0)).isEmpty();
        assertThat(poller.removeClosed()).containsExactly("pull");
    }
}
