package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.LingException;
import io.lingmq.error.NotSupportedException;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import io.lingmq.socket.PollCore.Found;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a poller watches comes, goes and closes. */
class PollCoreChangesTest extends Polling {
    @Test
    void socketThatTwoThreadsAddAndRemoveIsWatchedOrNot() throws InterruptedException {
        push.connect("inproc://here");
        addAndRemove(() -> poller.add("push", push, WRITE, null), () -> poller.remove("push"));
    }

    @Test
    void channelThatTwoThreadsAddAndRemoveIsWatchedOrNot() throws IOException, InterruptedException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            sink.configureBlocking(false);
            addAndRemove(() -> poller.add(sink, WRITE, null), () -> poller.remove(sink));
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
    void refusesWhatASocketCannotDo() {
        assertThatThrownBy(() -> poller.add("pull", pull, READ | WRITE, null))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageStartingWith("a PULL socket only receives; watch it for READ, not for WRITE");
        assertThatThrownBy(() -> poller.add("push", push, READ, null))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageStartingWith("a PUSH socket only sends; watch it for WRITE, not for READ");
        assertThat(poller.size()).isZero();

        poller.add("push", push, WRITE, null);
        assertThatThrownBy(() -> poller.change("push", READ)).isInstanceOf(NotSupportedException.class);
    }

    @Test
    void refusesWhatAChannelCannotDo() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink();
                var server = ServerSocketChannel.open()) {
            assertThatThrownBy(() -> poller.add(source, WRITE, null))
                    .isInstanceOf(NotSupportedException.class)
                    .hasMessageContaining("cannot be written to; watch it for READ");
            assertThatThrownBy(() -> poller.add(sink, READ | WRITE, null))
                    .isInstanceOf(NotSupportedException.class)
                    .hasMessageContaining("cannot be read from; watch it for WRITE");
            assertThatThrownBy(() -> poller.add(server, WRITE, null)).isInstanceOf(NotSupportedException.class);
        }
        assertThat(poller.size()).isZero();
    }

    // ---- attachments

    @Test
    void tellsWhatIsAttached() throws InterruptedException, IOException {
        push.connect("inproc://here");
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            sink.configureBlocking(false);
            poller.add("push", push, WRITE, "one");
            poller.add(sink, WRITE, "two");
            assertThat(attachments()).containsExactly("one", "two");

            poller.change("push", WRITE);
            poller.change(sink, WRITE);
            assertThat(attachments()).as("they stay").containsExactly("one", "two");

            poller.add("push", push, WRITE, "three");
            poller.remove(sink);
            poller.add(sink, WRITE, "four"); // it returns
            poller.change(sink, WRITE);
            assertThat(attachments()).containsExactly("three", "four");

            poller.change("push", 0);
            poller.change(sink, 0);
            assertThat(poller.poll(0)).isEmpty();
            assertThat(source.isOpen()).isTrue();
        }
    }

    private List<Object> attachments() throws InterruptedException {
        return poller.poll(0).stream().map(Found::attachment).toList();
    }

    @Test
    void onlyWhatIsWatchedCanBeChanged() throws IOException {
        assertThatThrownBy(() -> poller.change("pull", READ))
                .isInstanceOf(LingException.class)
                .hasMessageStartingWith("this poller does not watch pull; add it first");
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            source.configureBlocking(false);
            assertThatThrownBy(() -> poller.change(source, READ)).isInstanceOf(LingException.class);
            poller.add(source, READ, null);
            poller.remove(source);
            assertThatThrownBy(() -> poller.change(source, READ)).isInstanceOf(LingException.class);
            assertThat(sink.isOpen()).isTrue();
        }
    }

    // ---- descriptions

    @Test
    void saysWhatItWatches() throws IOException {
        assertThat(poller).hasToString("poller of 0 items");
        poller.add("pull", pull, READ, null);
        assertThat(poller).hasToString("poller of 1 item: pull for READ");
        poller.change("pull", 0);
        assertThat(poller).hasToString("poller of 1 item: pull for nothing");

        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            source.configureBlocking(false);
            poller.add(source, READ, null);
            assertThat(poller).hasToString("poller of 2 items: pull for nothing, " + source + " for READ");
            var polling = waiting();
            assertThat(poller.toString()).startsWith("poller of 2 items, polling: ");
            poller.wakeup();
            polling.result();
            assertThat(sink.isOpen()).isTrue();
        }
        for (var i = 0; i < 10; i++) {
            poller.add("dealer " + i, socket(SocketType.DEALER), READ | WRITE, null);
        }
        assertThat(poller.toString()).contains(" for READ and WRITE").endsWith("more");
        poller.close();
        assertThat(poller).hasToString("poller of 0 items, closed");
    }

    @Test
    void itemWithoutInterestIsWatchedForNothing() throws InterruptedException {
        push.connect("inproc://here");
        poller.add("push", push, WRITE, null);
        assertThat(poller.poll(0)).containsExactly(writable("push"));
        poller.add("push", push, 0, null);
        assertThat(poller.poll(0)).isEmpty();
        assertThat(poller.size()).isEqualTo(1);
    }

    // ---- closed sockets

    @Test
    void closedSocketDoesNotKeepTheOthersWaiting() throws IOException, InterruptedException {
        var other = socket(SocketType.PULL);
        poller.add("other", other, READ, null);
        poller.add("push", push, WRITE, null);
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
            poller.add(sink, WRITE, null);
            assertThat(poller.poll(FOR_EVER)).containsExactly(writable(sink));
            assertThat(source.isOpen()).isTrue();
        }
    }

    @Test
    void closedSocketsAreToldWhenNothingIsReadyUntilTheyAreRemoved() throws InterruptedException {
        var other = socket(SocketType.PULL);
        poller.add("other", other, READ, null);
        poller.add("pull", pull, READ, null);
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
        poller.add("pull", pull, 0, null);
        pull.close();
        assertThat(poller.poll(0)).isEmpty();
        assertThat(poller.removeClosed()).containsExactly("pull");
    }

    @Test
    void closedSocketsAreFoundBesideTheOthersByWhoAsks() throws InterruptedException {
        var other = socket(SocketType.PULL);
        poller.add("other", other, PollCore.CLOSE, "attached");
        poller.add("push", push, WRITE, null);
        push.connect("inproc://here");
        assertThat(poller.pollWithClosed(0)).containsExactly(writable("push"));
        other.close();
        assertThat(poller.pollWithClosed(0))
                .containsExactly(writable("push"), new Found("other", "attached", false, false));
        poller.remove("other");
        assertThat(poller.pollWithClosed(0)).containsExactly(writable("push"));
    }

    @Test
    void closedSocketWakesWhoAsksForIt() {
        poller.add("pull", pull, PollCore.CLOSE, null);
        var polling = Background.call("polling", () -> poller.pollWithClosed(FOR_EVER))
                .awaitInside("sleep");
        pull.close();
        assertThat(polling.result()).containsExactly(new Found("pull", null, false, false));
    }
}
