package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.message.Message;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What ends a poll besides an item that is ready: a wake-up, and the end of the context. */
class PollCoreEndTest extends Polling {
    // ---- wake-ups

    @Test
    void wakeupEndsThePollThatWaits() {
        poller.add("pull", pull, READ, null);
        var polling = waiting();
        poller.wakeup();

        assertThat(polling.result()).isEmpty();
    }

    @Test
    void wakeupEndsAPollThatWaitsForAChannel() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            source.configureBlocking(false);
            poller.add(source, READ, null);
            var polling =
                    Background.call("polling", () -> poller.poll(FOR_EVER)).awaitInside("select");
            poller.wakeup();

            assertThat(polling.result()).isEmpty();
            assertThat(sink.isOpen()).isTrue();
        }
    }

    @Test
    void wakeupEndsTheNextPollAndNoOther() throws InterruptedException {
        poller.add("pull", pull, READ, null);
        poller.wakeup();
        poller.wakeup();

        assertThat(poller.poll(FOR_EVER)).isEmpty();
        var polling = waiting();
        poller.wakeup();
        assertThat(polling.result()).isEmpty();
    }

    @Test
    void wakeupHidesNothingThatIsReady() throws InterruptedException {
        push.connect("inproc://here");
        push.trySend(Message.of("x"));
        poller.add("pull", pull, READ, null);
        poller.wakeup();

        assertThat(poller.poll(FOR_EVER)).containsExactly(readable("pull"));
        pull.tryReceive();
        var polling = waiting();
        poller.wakeup();
        assertThat(polling.result()).isEmpty();
    }

    /** One thread leaves a note and wakes the poller at all moments of its falling asleep; else nobody would. */
    @Test
    void noWakeupIsLost() throws InterruptedException {
        var rounds = 100_000;
        var note = new AtomicInteger();
        var read = new AtomicInteger();
        var polling = Background.run("polling", () -> {
            while (read.get() < rounds) {
                poller.poll(FOR_EVER);
                read.set(note.get());
            }
        });
        for (var round = 1; round <= rounds; round++) {
            for (var i = 0; i < round % 100; i++) {
                Thread.onSpinWait();
            }
            note.set(round);
            poller.wakeup();
            awaitRound(read, round);
        }
        assertThat(polling.result()).isTrue();
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

    @Test
    void wakeupsOfManyThreadsAreSeen() {
        var threads = 4;
        var rounds = 5000;
        var notes = new AtomicInteger();
        var read = new AtomicInteger();
        var polling = Background.run("polling", () -> {
            while (read.get() < threads * rounds) {
                poller.poll(FOR_EVER);
                read.set(notes.get());
            }
        });
        var waking = new ArrayList<Background<Boolean>>();
        for (var i = 0; i < threads; i++) {
            waking.add(Background.run("waking " + i, () -> {
                for (var round = 0; round < rounds; round++) {
                    notes.incrementAndGet();
                    poller.wakeup();
                }
            }));
        }
        waking.forEach(Background::result);
        assertThat(polling.result()).isTrue();
    }

    // ---- the context

    @Test
    void endsWithItsContextWhateverItWatches() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            source.configureBlocking(false);
            poller.add(source, READ, null);
            var polling =
                    Background.call("polling", () -> poller.poll(FOR_EVER)).awaitInside("select");
            context.close(Duration.ofSeconds(5));

            assertThat(polling.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
            assertThat(source.isRegistered()).as("its selector is closed").isFalse();
            assertThat(sink.isOpen()).isTrue();
        }
        assertThat(poller.isClosed()).isTrue();
        assertThatThrownBy(() -> poller.poll(0))
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("the context is closed, and its pollers with it");
    }

    @Test
    void emptyPollerEndsWithItsContext() {
        var polling = waiting();
        context.close(Duration.ofSeconds(5));

        assertThat(polling.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
    }

    @Test
    void closedContextMakesNoPoller() {
        context.close(Duration.ofSeconds(5));

        assertThatThrownBy(context::poller)
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("the context is closed; open another one for new pollers");
    }
}
