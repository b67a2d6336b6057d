package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.lingmq.engine.PeerInfo;
import io.lingmq.event.DropReason;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pattern.Pattern;
import io.lingmq.pattern.Patterns;
import io.lingmq.pipe.Pipe;
import io.lingmq.pipe.WirePipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.SendResult;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.Frame;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SocketPipesTest {
    private final Drops drops = new Drops();
    private final SocketPipes pipes = new SocketPipes(
            SocketType.PULL, new SocketLock(), Patterns.of(SocketType.PULL, drops, new SplittableRandom(1)), drops);

    @Test
    void readsItselfFromTheOnePeerThatSpeaksAmongMany() {
        var channels = IntStream.range(0, 10).mapToObj(i -> attached()).toList();
        var busy = new ConnectionRecorder();
        var pipe = attached(busy);
        channels.forEach(ConnectionRecorder::takeCalls); // the first were few, and looked into
        for (var i = 0; i < 10; i++) {
            pipe.arrived(1);
        }
        pipes.readInline();
        pipes.stopReadingInline();
        assertThat(busy.takeCalls()).containsExactly("read", "stop reading");
        assertThat(channels)
                .allSatisfy(channel -> assertThat(channel.takeCalls()).isEmpty());
    }

    private ConnectionRecorder attached() {
        var channel = new ConnectionRecorder();
        attached(channel);
        return channel;
    }

    private WirePipe attached(ConnectionRecorder channel) {
        var pipe = new WirePipe(pipes, 1000, 1000, false);
        pipe.connectionIs(channel);
        pipes.attach(pipe);
        return pipe;
    }

    // ---- whoever brings news waits for nobody

    @Test
    void ioThreadsDoNotWaitForAPublishersLock() {
        var lock = new SocketLock();
        var xpub = Patterns.of(SocketType.XPUB, drops, new SplittableRandom(1));
        var publisher = new SocketPipes(SocketType.XPUB, lock, xpub, drops);
        var pipe = new WirePipe(publisher, 1000, 1000, false);
        lock.lock();
        Background.run("the I/O thread", () -> {
                    publisher.attach(pipe);
                    publisher.opened(
                            pipe,
                            new PeerInfo(SocketType.SUB, new byte[0], Dialect.ZMTP_3_1, Metadata.none()),
                            "an address",
                            () -> {});
                    subscribe(pipe, "a");
                    subscribe(pipe, "b");
                })
                .result();
        assertThat(xpub.topicCount()).isZero();
        lock.unlock();
        Await.until("the peer is known, though nobody calls", pipe::isOpen);
        Await.until("its subscriptions are known", () -> xpub.topicCount() == 2);
    }

    private static void subscribe(WirePipe pipe, String topic) {
        var frame = Frame.of(0, new Subscription(true, topic.getBytes(StandardCharsets.US_ASCII)).encode());
        pipe.input().put(frame, 0, frame.length);
        pipe.input().mark();
        pipe.arrived(1);
    }

    @Test
    void aPipeIsGoneWhenThatIsTold() {
        var lock = new SocketLock();
        var push = new SocketPipes(
                SocketType.PUSH, lock, Patterns.of(SocketType.PUSH, drops, new SplittableRandom(1)), drops);
        var pipe = new WirePipe(push, 1000, 1000, false);
        push.attach(pipe);
        var gone = new CountDownLatch(1);
        lock.lock();
        push.detach(pipe, gone::countDown);
        assertThat(gone.getCount())
                .as("while another call may still put something in")
                .isOne();
        assertThat(pipe.hasEnded()).isFalse();
        lock.unlock();
        Await.until("the pipe is gone", () -> gone.getCount() == 0);
        assertThat(pipe.hasEnded()).isTrue();
    }

    @Test
    void whatComesAndGoesKeepsItsOrder() {
        var lock = new SocketLock();
        var push = new SocketPipes(
                SocketType.PUSH, lock, Patterns.of(SocketType.PUSH, drops, new SplittableRandom(1)), drops);
        var pipe = new WirePipe(push, 1000, 1000, false);
        var gone = new CountDownLatch(1);
        lock.lock();
        push.attach(pipe);
        push.detach(pipe, gone::countDown);
        lock.unlock();
        Await.until("the pipe is gone", () -> gone.getCount() == 0);
        lock.lock();
        assertThat(push.peerCount()).isZero();
        lock.unlock();
    }

    // ---- a pattern that fails

    /** Fails at the first pipe that it is given, as for want of memory. */
    private static final class FailingAtFirst implements Pattern {
        private final Pattern push = Patterns.of(SocketType.PUSH, new Drops(), new SplittableRandom(1));
        private boolean failed;

        @Override
        public void attach(Pipe pipe) {
            if (!failed) {
                failed = true;
                throw new LinkageError("as the test wants it");
            }
            push.attach(pipe);
        }

        @Override
        public void detach(Pipe pipe) {
            push.detach(pipe);
        }

        @Override
        public boolean readable(Pipe pipe) {
            return push.readable(pipe);
        }

        @Override
        public void writable(Pipe pipe) {
            push.writable(pipe);
        }

        @Override
        public SendResult send(Frames message) {
            return push.send(message);
        }

        @Override
        public @Nullable Message receive() {
            return push.receive();
        }

        @Override
        public boolean canSend() {
            return push.canSend();
        }

        @Override
        public Readiness readiness() {
            return push.readiness();
        }

        @Override
        public void handBack(Message message, @Nullable Pipe from) {
            push.handBack(message, from);
        }
    }

    @Test
    void aPeerWhosePipeCouldNotBeAttachedIsKnownWhenItIsComplete() {
        var pattern = new FailingAtFirst();
        var push = new SocketPipes(SocketType.PUSH, new SocketLock(), pattern, drops);
        var pipe = new WirePipe(push, 1000, 1000, false);
        push.attach(pipe);
        assertThat(pattern.canSend()).isFalse();
        pipe.connectionIs(new ConnectionRecorder());
        push.opened(
                pipe,
                new PeerInfo(SocketType.PULL, new byte[0], Dialect.ZMTP_3_1, Metadata.none()),
                "an address",
                () -> {});
        assertThat(pattern.canSend()).isTrue();
        assertThat(push.peerCount()).isOne();
    }

    @Test
    void aPipeThatIsGoneIsNotAttachedByAPeerThatComesLate() {
        var pattern = Patterns.of(SocketType.PUSH, drops, new SplittableRandom(1));
        var push = new SocketPipes(SocketType.PUSH, new SocketLock(), pattern, drops);
        var pipe = new WirePipe(push, 1000, 1000, false);
        push.attach(pipe);
        push.detach(pipe);
        push.opened(
                pipe,
                new PeerInfo(SocketType.PULL, new byte[0], Dialect.ZMTP_3_1, Metadata.none()),
                "an address",
                () -> {});
        assertThat(pattern.canSend()).isFalse();
        assertThat(push.peerCount()).isZero();
    }

    @Test
    void nothingIsWrittenToAPeerBeforeTheSocketKnowsIt() {
        var lock = new SocketLock();
        var push = new SocketPipes(
                SocketType.PUSH, lock, Patterns.of(SocketType.PUSH, drops, new SplittableRandom(1)), drops);
        var pipe = new WirePipe(push, 1000, 1000, false);
        push.attach(pipe);
        var known = new CountDownLatch(1);
        lock.lock();
        push.opened(
                pipe,
                new PeerInfo(SocketType.PULL, new byte[0], Dialect.ZMTP_3_1, Metadata.none()),
                "an address",
                known::countDown);
        assertThat(known.getCount()).isOne();
        lock.unlock();
        Await.until("the peer is known", () -> known.getCount() == 0);
        assertThat(pipe.isOpen()).isTrue();
    }

    /** More than a publisher reads in one turn has come before it could have any. */
    @Test
    void aPublisherReadsOnWhereItsTurnWasOver() {
        var lock = new SocketLock();
        var xpub = Patterns.of(SocketType.XPUB, drops, new SplittableRandom(1));
        var publisher = new SocketPipes(SocketType.XPUB, lock, xpub, drops);
        var pipe = new WirePipe(publisher, 0, 0, false);
        lock.lock();
        publisher.attach(pipe);
        for (var i = 0; i < 5000; i++) {
            subscribe(pipe, "topic " + i);
        }
        publisher.workOffBells();
        assertThat(xpub.topicCount()).as("after one turn").isBetween(500, 1100);
        lock.unlock();
        Await.until("all are known, though nobody calls", () -> xpub.topicCount() == 5000);
    }

    /** A million topics may be held, and to take them out takes long. */
    @Test
    void aPublisherTakesOutInTurnsWhatAPeerHeldThatIsGone() {
        var lock = new SocketLock();
        var xpub = Patterns.of(SocketType.XPUB, drops, new SplittableRandom(1));
        var publisher = new SocketPipes(SocketType.XPUB, lock, xpub, drops);
        var pipe = new WirePipe(publisher, 0, 0, false);
        publisher.attach(pipe);
        for (var i = 0; i < 5000; i++) {
            subscribe(pipe, "topic " + i);
        }
        Await.until("all are known", () -> topicCount(lock, xpub) == 5000);
        lock.lock();
        publisher.detach(pipe);
        publisher.workOffBells();
        assertThat(xpub.topicCount()).as("after one turn").isBetween(4000, 4999);
        lock.unlock();
        Await.until("nothing is left, though nobody calls", () -> topicCount(lock, xpub) == 0);
    }

    /** As many as say something at once do not make a call pay for all of them. */
    @Test
    void aPublisherReadsSomeOfItsPeersInOneTurnAndTheOthersInTheNext() {
        var lock = new SocketLock();
        var xpub = Patterns.of(SocketType.XPUB, drops, new SplittableRandom(1));
        var publisher = new SocketPipes(SocketType.XPUB, lock, xpub, drops);
        lock.lock();
        for (var peer = 0; peer < 50; peer++) {
            var pipe = new WirePipe(publisher, 0, 0, false);
            publisher.attach(pipe);
            for (var i = 0; i < 100; i++) {
                subscribe(pipe, peer + " " + i);
            }
        }
        publisher.workOffBells();
        assertThat(xpub.topicCount()).as("after one turn").isBetween(500, 2200);
        lock.unlock();
        Await.until("all are known, though nobody calls", () -> topicCount(lock, xpub) == 5000);
    }

    @Test
    void aPublisherThatConflatesHearsAllSubscriptionsThatComeTogether() {
        var lock = new SocketLock();
        var pub = Patterns.of(SocketType.PUB, drops, new SplittableRandom(1));
        var publisher = new SocketPipes(SocketType.PUB, lock, pub, drops);
        var pipe = publisher.newPipe(Settings.defaults().with(Options.CONFLATE, true));
        publisher.attach(pipe);
        lock.lock(); // so that both are there before one is read
        subscribe(pipe, "a");
        subscribe(pipe, "b");
        lock.unlock();
        Await.until("both are known", () -> topicCount(lock, pub) == 2);
    }

    /** One that keeps only the newest message of a peer, too. */
    @Test
    void aPublisherThatConflatesHearsThePeerThatComesAfterALoss() {
        var lock = new SocketLock();
        var pub = Patterns.of(SocketType.PUB, drops, new SplittableRandom(1));
        var publisher = new SocketPipes(SocketType.PUB, lock, pub, drops);
        var pipe = publisher.newPipe(Settings.defaults().with(Options.CONFLATE, true));
        publisher.attach(pipe);
        subscribe(pipe, "a");
        Await.until("it is known", () -> topicCount(lock, pub) == 1);
        publisher.closed(pipe);
        Await.until("it is forgotten", () -> topicCount(lock, pub) == 0);
        subscribe(pipe, "b");
        Await.until("the next one's is known", () -> topicCount(lock, pub) == 1);
    }

    /** However often: who subscribes and goes at once may not have more and more held. */
    @Test
    void peersThatComeAndGoFasterThanIsTidiedUpHaveNoMoreHeldThanTheyHaveAtATime() {
        var lock = new SocketLock();
        var xpub = Patterns.of(SocketType.PUB, drops, new SplittableRandom(1));
        var publisher = new SocketPipes(SocketType.PUB, lock, xpub, drops);
        var most = 0;
        lock.lock(); // so that only what is worked off here is
        for (var round = 0; round < 5; round++) {
            var comeAndGo = new ArrayList<WirePipe>();
            for (var peer = 0; peer < 10; peer++) {
                var pipe = new WirePipe(publisher, 0, 0, false);
                publisher.attach(pipe);
                for (var i = 0; i < 1000; i++) {
                    subscribe(pipe, round + " " + peer + " " + i);
                }
                comeAndGo.add(pipe);
            }
            do {
                publisher.workOffBells();
                most = Math.max(most, xpub.topicCount());
            } while (comeAndGo.stream().anyMatch(Pipe::canReceive));
            comeAndGo.forEach(publisher::detach);
        }
        lock.unlock();
        assertThat(most).isLessThanOrEqualTo(10_000);
    }

    private static int topicCount(SocketLock lock, Pattern pattern) {
        lock.lock();
        try {
            return pattern.topicCount();
        } finally {
            lock.unlock();
        }
    }

    /** What comes first is no news, and who looks after it sleeps; what comes last is read by nobody's call. */
    @Test
    void whoWaitsForAPublisherIsToldOfWhatItReadsInALaterTurn() {
        var lock = new SocketLock();
        var xpub = Patterns.of(SocketType.XPUB, drops, new SplittableRandom(1));
        var publisher = new SocketPipes(SocketType.XPUB, lock, xpub, drops);
        var first = new WirePipe(publisher, 0, 0, false);
        publisher.attach(first);
        subscribe(first, "known");
        assertThat(received(publisher, lock, xpub)).isNotNull();
        var second = new WirePipe(publisher, 0, 0, false);
        lock.lock();
        publisher.attach(second);
        for (var i = 0; i < 5000; i++) {
            subscribe(second, "known");
        }
        subscribe(second, "new");
        publisher.workOffBells();
        assertThat(xpub.readiness()).as("after one turn").isEqualTo(Readiness.NOT_READY);
        var found = new AtomicReference<Message>();
        publisher.observe(() -> found.compareAndSet(null, received(publisher, lock, xpub)));
        lock.unlock();
        Await.until("the new topic is told", () -> found.get() != null);
    }

    // ---- what is not wanted any more

    @Test
    void whatADiscardedPipeHasBroughtAndStillBringsIsCountedAndNotReceived() {
        var lock = new SocketLock();
        var pattern = Patterns.of(SocketType.PULL, drops, new SplittableRandom(1));
        var pull = new SocketPipes(SocketType.PULL, lock, pattern, drops);
        var pipe = new WirePipe(pull, 1000, 1000, false);
        pull.attach(pipe);
        brings(pipe, 3);
        assertThat(received(pull, lock, pattern)).isNotNull();
        pipe.readable().arm(); // as of one who sleeps
        pull.discard(pipe);
        pull.detach(pipe);
        assertThat(received(pull, lock, pattern)).isNull();
        assertThat(drops.asMap()).containsExactly(entry(DropReason.UNREAD, 2L));
        brings(pipe, 5);
        assertThat(received(pull, lock, pattern)).isNull();
        assertThat(drops.asMap()).containsExactly(entry(DropReason.UNREAD, 7L));
    }

    private static void brings(WirePipe pipe, int messages) {
        for (var i = 0; i < messages; i++) {
            var frame = Frame.of(0, new byte[] {'m'});
            pipe.input().put(frame, 0, frame.length);
            pipe.input().mark();
        }
        pipe.arrived(messages);
    }

    private static @Nullable Message received(SocketPipes pipes, SocketLock lock, Pattern pattern) {
        lock.lock();
        try {
            pipes.workOffBells();
            return pattern.receive();
        } finally {
            lock.unlock();
        }
    }
}
