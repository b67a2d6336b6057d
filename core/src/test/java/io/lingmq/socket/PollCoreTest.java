package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.LingException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.socket.PollCore.Found;
import io.lingmq.support.CarrierRecorder;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollCoreTest {
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final long SHORT = Duration.ofMillis(10).toNanos();

    private final ContextCore context = new ContextCore(1, "poll-test");
    private final PollCore poller = new PollCore();
    private final SocketCore push = socket(SocketType.PUSH);
    private final SocketCore pull = socket(SocketType.PULL);

    PollCoreTest() {
        pull.bind("inproc://here");
    }

    @AfterEach
    void close() {
        poller.close();
        context.close(Duration.ofSeconds(5));
    }

    private SocketCore socket(SocketType type) {
        return context.socket(type, Settings.defaults());
    }

    private Background<List<Found>> waiting() {
        return Background.call("polling", () -> poller.poll(FOR_EVER)).awaitInside("sleep");
    }

    private static Found readable(Object item) {
        return new Found(item, true, false);
    }

    private static Found writable(Object item) {
        return new Found(item, false, true);
    }

    // ---- sockets

    @Test
    void writesWhatWasSentBeforeItWaits() throws InterruptedException {
        var dealer = socket(SocketType.DEALER);
        var connection = Wired.toPeer(dealer);
        dealer.trySend(Message.of("question"));
        connection.takeCalls();
        poller.add("dealer", dealer, READ);

        assertThat(poller.poll(0)).isEmpty();
        assertThat(connection.takeCalls()).as("it does not wait").doesNotContain("write");

        assertThat(poller.poll(Duration.ofMillis(20).toNanos())).isEmpty();
        assertThat(connection.takeCalls()).startsWith("write").containsOnlyOnce("write");
    }

    @Test
    void writesForManySocketsBeforeItWaits() throws InterruptedException {
        var connections = new ArrayList<CarrierRecorder>();
        for (var i = 0; i < 20; i++) {
            var dealer = socket(SocketType.DEALER);
            connections.add(Wired.toPeer(dealer));
            dealer.trySend(Message.of("question"));
            poller.add("dealer " + i, dealer, READ);
        }
        connections.forEach(CarrierRecorder::takeCalls);

        assertThat(poller.poll(Duration.ofMillis(20).toNanos())).isEmpty();
        assertThat(connections).allSatisfy(each -> assertThat(each.takeCalls()).contains("write"));
    }

    @Test
    void findsWhatIsReadyAlready() throws InterruptedException {
        push.connect("inproc://here");
        push.trySend(Message.of("x"));
        poller.add("pull", pull, READ);
        poller.add("push", push, WRITE);

        assertThat(poller.poll(0)).containsExactlyInAnyOrder(readable("pull"), writable("push"));
    }

    @Test
    void findsAgainWhatStaysReady() throws InterruptedException {
        push.connect("inproc://here");
        push.trySend(Message.of("x"));
        poller.add("pull", pull, READ);
        for (var i = 0; i < 3; i++) {
            assertThat(poller.poll(FOR_EVER)).containsExactly(readable("pull"));
        }
        pull.tryReceive();
        assertThat(poller.poll(0)).isEmpty();
    }

    @Test
    void waitsForAMessage() {
        push.connect("inproc://here");
        poller.add("pull", pull, READ);
        var polling = waiting();
        push.trySend(Message.of("x"));

        assertThat(polling.result()).containsExactly(readable("pull"));
    }

    @Test
    void waitsForAPeerToSendTo() {
        poller.add("push", push, WRITE);
        var polling = waiting();
        push.connect("inproc://here");

        assertThat(polling.result()).containsExactly(writable("push"));
    }

    @Test
    void waitsForRoom() {
        push.set(Options.SEND_HWM, 1);
        pull.set(Options.RECEIVE_HWM, 1);
        push.connect("inproc://here");
        push.trySend(Message.of("1"));
        push.trySend(Message.of("2"));
        poller.add("push", push, WRITE);
        var polling = waiting();
        pull.tryReceive();

        assertThat(polling.result()).containsExactly(writable("push"));
    }

    @Test
    void waitsNoLongerThanItIsTold() throws InterruptedException {
        poller.add("pull", pull, READ);
        var beganNs = System.nanoTime();

        assertThat(poller.poll(SHORT)).isEmpty();
        assertThat(System.nanoTime() - beganNs).isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void socketThatIsAddedWhileItWaitsCounts() {
        push.connect("inproc://here");
        push.trySend(Message.of("x"));
        var polling = waiting();
        poller.add("pull", pull, READ);

        assertThat(polling.result()).containsExactly(readable("pull"));
    }

    @Test
    void interestCanBeChanged() throws InterruptedException {
        push.connect("inproc://here");
        poller.add("push", push, READ);
        assertThat(poller.poll(0)).isEmpty();
        poller.add("push", push, WRITE);
        assertThat(poller.poll(0)).containsExactly(writable("push"));
        assertThat(poller.size()).isEqualTo(1);
    }

    @Test
    void removedSocketIsFoundNoLonger() throws InterruptedException {
        push.connect("inproc://here");
        poller.add("push", push, WRITE);
        poller.poll(0);
        poller.remove("push");
        poller.remove("never added");

        assertThat(poller.poll(0)).isEmpty();
        assertThat(poller.size()).isZero();
    }

    @Test
    void noMessageIsMissed() throws InterruptedException {
        push.connect("inproc://here");
        poller.add("pull", pull, READ);
        var sending = Background.run("sending", () -> {
            for (var i = 0; i < 20_000; i++) {
                push.send(Message.of("" + i));
            }
        });
        for (var received = 0; received < 20_000; ) {
            assertThat(poller.poll(Duration.ofSeconds(20).toNanos()))
                    .as("after %d", received)
                    .isNotEmpty();
            while (pull.tryReceive() != null) {
                received++;
            }
        }
        sending.result();
    }

    // ---- what another thread does with the socket

    @Test
    void nextRequestIsFoundWhenAnotherThreadHasReplied() throws InterruptedException {
        var rep = socket(SocketType.REP);
        rep.bind("inproc://rep");
        var first = socket(SocketType.REQ);
        var second = socket(SocketType.REQ);
        first.connect("inproc://rep");
        second.connect("inproc://rep");
        poller.add("rep", rep, READ);
        assertThat(poller.poll(0)).isEmpty();
        first.send(Message.of("1"));
        rep.receive();
        second.send(Message.of("2"));
        var polling = waiting();

        rep.send(Message.of("re 1"));

        assertThat(polling.result()).containsExactly(readable("rep"));
    }

    @Test
    void nextRequestCanBeSentWhenAnotherThreadHasReceivedTheReply() throws InterruptedException {
        var rep = socket(SocketType.REP);
        rep.bind("inproc://rep");
        var req = socket(SocketType.REQ);
        req.connect("inproc://rep");
        req.send(Message.of("1"));
        rep.receive();
        rep.send(Message.of("re 1"));
        poller.add("req", req, WRITE);
        var polling = waiting();

        req.receive();

        assertThat(polling.result()).containsExactly(writable("req"));
    }

    @Test
    void routerThatWaitsForRoomIsFound() throws InterruptedException {
        var router = socket(SocketType.ROUTER);
        router.set(Options.ROUTER_MANDATORY, true);
        router.set(Options.SEND_HWM, 1);
        router.bind("inproc://router");
        var dealer = socket(SocketType.DEALER);
        dealer.set(Options.RECEIVE_HWM, 1);
        dealer.set(Options.ROUTING_ID, new byte[] {'d'});
        dealer.connect("inproc://router");
        router.send(Message.of("d", "1"));
        router.send(Message.of("d", "2"));
        poller.add("router", router, WRITE);
        var polling = waiting();

        dealer.receive();

        assertThat(polling.result()).containsExactly(writable("router"));
    }

    // ---- channels

    @Test
    void findsChannelsBesideSockets() throws IOException, InterruptedException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            source.configureBlocking(false);
            push.connect("inproc://here");
            poller.add(source, READ);
            poller.add("pull", pull, READ);
            assertThat(poller.poll(0)).isEmpty();
            var polling = waiting();
            sink.write(ByteBuffer.wrap(new byte[1]));
            assertThat(polling.result()).containsExactly(readable(source));
            assertThat(poller.poll(0)).as("it stays ready").containsExactly(readable(source));

            source.read(ByteBuffer.allocate(1));
            var again = waiting();
            push.trySend(Message.of("x"));
            assertThat(again.result()).containsExactly(readable("pull"));

            poller.remove(source);
            assertThat(poller.size()).isEqualTo(1);
        }
    }

    @Test
    void refusesChannelThatBlocks() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            assertThat(sink.isBlocking()).isTrue();
            assertThatThrownBy(() -> poller.add(source, READ))
                    .isInstanceOf(LingException.class)
                    .hasMessage(
                            "a channel must be in non-blocking mode to be polled: call configureBlocking(false) first");
        }
    }

    @Test
    void refusesChannelThatIsClosed() throws IOException {
        var channel = Pipe.open();
        channel.sink().configureBlocking(false);
        channel.source().close();
        channel.sink().close();

        assertThatThrownBy(() -> poller.add(channel.sink(), WRITE))
                .isInstanceOf(LingException.class)
                .hasMessage("a closed channel cannot be polled");
    }

    // ---- the end

    @Test
    void interruptEndsWaiting() {
        poller.add("pull", pull, READ);
        var polling = waiting();
        polling.interrupt();

        assertThat(polling.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void closingEndsWaiting() {
        poller.add("pull", pull, READ);
        var polling = waiting();
        poller.close();

        assertThat(polling.failure(Await.PATIENCE))
                .isInstanceOf(ClosedException.class)
                .hasMessage("the poller is closed");
    }

    @Test
    void closingEndsWaitingForAChannel() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            source.configureBlocking(false);
            poller.add(source, READ);
            var polling =
                    Background.call("polling", () -> poller.poll(FOR_EVER)).awaitInside("select");
            poller.close();

            assertThat(polling.failure(Await.PATIENCE))
                    .isInstanceOf(ClosedException.class)
                    .hasMessage("the poller is closed");
            assertThat(sink.isOpen()).isTrue();
        }
    }

    @Test
    void closedPollerTakesNothingIn() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            source.configureBlocking(false);
            poller.close();

            assertThatThrownBy(() -> poller.add(source, READ)).isInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> poller.add("pull", pull, READ)).isInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> poller.poll(0)).isInstanceOf(ClosedException.class);
            assertThat(sink.isOpen()).isTrue();
        }
    }

    @Test
    void channelThatIsClosedMeanwhileIsFoundNoLonger() throws IOException, InterruptedException {
        var channel = Pipe.open();
        channel.sink().configureBlocking(false);
        poller.add(channel.sink(), WRITE);
        assertThat(poller.poll(FOR_EVER)).containsExactly(writable(channel.sink()));
        channel.source().close();
        channel.sink().close();

        assertThat(poller.poll(0)).isEmpty();
        assertThat(poller.size()).isZero();
    }

    /** Not even one that has been closed since the last poll counts. */
    @Test
    void closedChannelIsNotWatched() throws IOException {
        var channel = Pipe.open();
        channel.sink().configureBlocking(false);
        poller.add(channel.sink(), WRITE);
        assertThat(poller.size()).isEqualTo(1);
        channel.source().close();
        channel.sink().close();
        assertThat(poller.size()).isZero();
        poller.remove(channel.sink());
        assertThat(poller.size()).isZero();
    }

    @Test
    void removedChannelMayBeAddedAgainAtOnce() throws IOException, InterruptedException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            sink.configureBlocking(false);
            poller.add(sink, READ);
            assertThat(poller.poll(0)).isEmpty();
            poller.remove(sink);
            poller.add(sink, WRITE);
            assertThat(poller.size()).isEqualTo(1);
            assertThat(poller.poll(FOR_EVER)).containsExactly(writable(sink));
            for (var i = 0; i < 3; i++) {
                poller.remove(sink);
                poller.add(sink, WRITE);
            }
            poller.add(sink, READ);
            assertThat(poller.poll(0)).as("it was added last for reading").isEmpty();

            poller.remove(sink);
            poller.add(sink, WRITE);
            poller.remove(sink);
            assertThat(poller.size()).isZero();
            assertThat(poller.poll(0)).isEmpty();
            assertThat(source.isOpen()).isTrue();
        }
    }

    @Test
    void channelThatReturnsWhileAnotherThreadWaitsIsFound() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            sink.configureBlocking(false);
            poller.add(sink, READ);
            var polling =
                    Background.call("polling", () -> poller.poll(FOR_EVER)).awaitInside("select");
            poller.remove(sink);
            poller.add(sink, WRITE);

            assertThat(polling.result()).containsExactly(writable(sink));
            assertThat(source.isOpen()).isTrue();
        }
    }

    @Test
    void removedChannelMayBlock() throws IOException, InterruptedException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            sink.configureBlocking(false);
            poller.add(sink, WRITE);
            poller.poll(0);
            poller.remove(sink);
            sink.configureBlocking(true);
            assertThat(sink.isBlocking()).isTrue();

            sink.configureBlocking(false);
            poller.add(sink, WRITE); // the selector has not noticed yet that it was removed
            sink.configureBlocking(true);
            assertThatThrownBy(() -> poller.poll(0))
                    .isInstanceOf(LingException.class)
                    .hasMessageStartingWith("a channel must be in non-blocking mode");
            assertThat(poller.size()).isZero();
            assertThat(source.isOpen()).isTrue();
        }
    }

    @Test
    void returningChannelThatIsClosedIsForgotten() throws IOException, InterruptedException {
        var channel = Pipe.open();
        channel.sink().configureBlocking(false);
        poller.add(channel.sink(), WRITE);
        poller.remove(channel.sink());
        poller.add(channel.sink(), WRITE);
        assertThat(poller.size()).isEqualTo(1);
        channel.source().close();
        channel.sink().close();

        assertThat(poller.size()).isZero();
        assertThat(poller.poll(0)).isEmpty();
    }

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
                .hasMessage("an interest is READ, WRITE, both of them, or 0 for none; not 4");
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
                .hasMessage("the poller is closed");
    }

    @Test
    void closedSocketWithoutInterestCanBeRemovedToo() throws InterruptedException {
        poller.add("pull", pull, 0);
        pull.close();
        assertThat(poller.poll(0)).isEmpty();
        assertThat(poller.removeClosed()).containsExactly("pull");
    }

    @Test
    void closingASocketEndsWaiting() {
        poller.add("pull", pull, READ);
        var polling = waiting();
        pull.close();

        assertThat(polling.failure(Await.PATIENCE))
                .isInstanceOf(ClosedException.class)
                .hasMessage("the PULL socket is closed");
    }

    @Test
    void oneThreadAtATimeWaits() {
        poller.add("pull", pull, READ);
        var polling = waiting();

        assertThatThrownBy(() -> poller.poll(0))
                .isInstanceOf(LingException.class)
                .hasMessage("another thread waits in this poller; give each its own");
        polling.interrupt();
        polling.failure(Await.PATIENCE);
    }
}
