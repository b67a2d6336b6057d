package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.engine.Outbound;
import io.lingmq.engine.Outflow;
import io.lingmq.message.Message;
import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.PipeOwner;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SelectorReactor;
import io.lingmq.support.OnReactor;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.transport.Link;
import io.lingmq.transport.LinkWatcher;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputTest {
    /** A socket that nobody else calls. */
    private record Owner(Runnable rung) implements PipeOwner {
        @Override
        public void rung(Doorbell bell) {
            rung.run();
        }

        @Override
        public boolean tryHold() {
            return true;
        }

        @Override
        public void letGo() {}
    }

    /** A socket that fails whenever it is told that there is room. */
    private static final Owner FAILING = new Owner(() -> {
        throw new IllegalStateException("on purpose");
    });

    private static final LinkWatcher UNWATCHED = new LinkWatcher() {
        @Override
        public void readable() {
            throw new AssertionError("nobody asked for that");
        }

        @Override
        public void writable() {
            throw new AssertionError("nobody asked for that");
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }
    };

    private final Reactor reactor = new SelectorReactor("output-under-test");
    private final CompletableFuture<String> broken = new CompletableFuture<>();
    private ServerSocketChannel listener;
    private Link link;

    @BeforeEach
    void connect() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        link = Links.to(listener.getLocalAddress());
    }

    /** An output that writes the pipe to a peer who keeps talking. */
    private Output carrying(WirePipe pipe) {
        return carrying(pipe, UNWATCHED);
    }

    private Output carrying(WirePipe pipe, LinkWatcher watcher) {
        return carrying(pipe, watcher, new Outflow(Dialect.ZMTP_3_1));
    }

    private Output carrying(WirePipe pipe, LinkWatcher watcher, Outbound outbound) {
        return onReactor(() -> {
            watch(watcher);
            var output = new Output(reactor, link, true, () -> {}, broken::complete);
            output.opened(pipe, outbound, System::nanoTime);
            output.begin();
            return output;
        });
    }

    private void watch(LinkWatcher watcher) throws IOException {
        link.watch(reactor, watcher);
        link.readInterest(false);
    }

    /** When this returns the reactor has done all that it was asked before, and writes nothing until it is over. */
    private void blockReactorUntil(AtomicBoolean over) {
        var isBlocked = new AtomicBoolean();
        reactor.post(() -> {
            isBlocked.set(true);
            Await.until("the test is over", over::get);
        });
        Await.until("the reactor is blocked", isBlocked::get);
    }

    private Output failing() {
        var pipe = new WirePipe(FAILING, 1, 1, false);
        var output = carrying(pipe);
        pipe.writable().arm();
        assertThat(pipe.send(Message.of("m"))).isTrue();
        return output;
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        listener.close();
        reactor.stop();
    }

    private <T> T onReactor(Callable<T> work) {
        return OnReactor.call(reactor, work);
    }

    private void assertEndsThisConnectionAlone(Output output) {
        assertThat(Background.call("hearing why", broken::get).result()).contains("internal failure", "on purpose");
        assertThat(onReactor(() -> {
                    output.end(() -> {});
                    return "stopped";
                }))
                .isEqualTo("stopped");
    }

    @Test
    void aFailureInTheReactorsThreadEndsThisConnectionAlone() {
        var output = failing();

        reactor.post(output::write);

        assertEndsThisConnectionAlone(output);
    }

    @Test
    void aFailureInASendersThreadEndsThisConnectionAlone() {
        var output = failing();

        assertThat(output.writeInline()).isFalse();

        assertEndsThisConnectionAlone(output);
    }

    @Test
    void aFailureOfADirectWriteEndsThisConnectionAlone() {
        var output = failing();

        output.wanted(false);

        assertEndsThisConnectionAlone(output);
    }

    /** As a translation does that finds no room for what it makes. */
    private static final class WithoutMemory implements Outbound {
        private final Outflow outflow = new Outflow(Dialect.ZMTP_3_1);

        @Override
        public void addUrgent(byte[] frame) {
            outflow.addUrgent(frame);
        }

        @Override
        public int urgentSize() {
            return outflow.urgentSize();
        }

        @Override
        public boolean fill(ByteBuffer target, @Nullable WirePipe pipe) {
            throw new OutOfMemoryError("on purpose");
        }

        @Override
        public long wrote(int count, @Nullable WirePipe pipe) {
            return outflow.wrote(count, pipe);
        }

        @Override
        public long lost(WirePipe pipe) {
            return outflow.lost(pipe);
        }
    }

    @Test
    void wantOfMemoryForWhatIsWrittenEndsThisConnectionAlone() {
        var pipe = new WirePipe(new Owner(() -> {}), 1, 1, false);
        var output = carrying(pipe, UNWATCHED, new WithoutMemory());
        assertThat(pipe.send(Message.of("m"))).isTrue();

        output.wanted(false);

        assertEndsThisConnectionAlone(output);
        assertThat(output.lost()).isZero();
        assertThat(pipe.hasOutput()).as("the next connection has it").isTrue();
    }

    @Test
    void whatIsFollowedByMoreIsLeftForTheReactor() {
        var pipe = new WirePipe(new Owner(() -> {}), 0, 0, false);
        var output = carrying(pipe);
        var over = new AtomicBoolean();
        blockReactorUntil(over);

        pipe.send(Message.of("answer"));
        output.wanted(true);
        assertThat(pipe.hasOutput()).isTrue();
        over.set(true);
        Await.until("it is written", () -> onReactor(() -> !pipe.hasOutput()));
    }

    @Test
    void whoFindsSomebodyWritingLeavesANote() {
        var pipe = new WirePipe(new Owner(() -> {}), 0, 0, false);
        var output = carrying(pipe);
        var answer = Message.of("answer");
        onReactor(() -> output.whileNobodyWrites(() -> {
            pipe.send(answer);
            output.flush();
            return pipe.hasOutput();
        }));
        Await.until("it is written", () -> onReactor(() -> !pipe.hasOutput()));
    }

    @Test
    void answersLeaveInTheThreadThatMakesThemHoweverCloseTheyAre() {
        var pipe = new WirePipe(new Owner(() -> {}), 0, 0, false);
        var output = carrying(pipe);
        var over = new AtomicBoolean();
        blockReactorUntil(over);

        var answer = Message.of("answer");
        var leftForTheReactor = 0;
        for (var i = 0; i < 2_000; i++) {
            pipe.send(answer);
            output.wanted(false);
            leftForTheReactor += pipe.hasOutput() ? 1 : 0;
        }
        over.set(true);
        assertThat(leftForTheReactor).isZero();
    }

    /** Who sends many without a pause leaves them to the reactor; who sends a few later on writes them itself again. */
    @Test
    void streamThatIsOverIsWrittenByItsSenderAgain() {
        var pipe = new WirePipe(new Owner(() -> {}), 0, 0, false);
        var output = onReactor(() -> {
            watch(UNWATCHED);
            var silent = new Output(reactor, link, true, () -> {}, broken::complete);
            silent.opened(pipe, new Outflow(Dialect.ZMTP_3_1), () -> 0L);
            silent.begin();
            return silent;
        });
        for (var i = 0; i < 1000; i++) {
            pipe.send(Message.of("one of many"));
            output.wanted(false);
        }
        Await.until("the reactor has written them", () -> onReactor(() -> !pipe.hasOutput()));

        var over = new AtomicBoolean();
        blockReactorUntil(over);
        LockSupport.parkNanos(1_000_000); // a pause; a longer one is one too
        pipe.send(Message.of("later"));
        output.wanted(false);

        assertThat(pipe.hasOutput()).isFalse();
        over.set(true);
    }

    private static final int FAR_AHEAD = 500;
    private static final int BODY_SIZE = 64 * 1024;
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(60);

    /** More than any channel takes, unless somebody reads. */
    private static WirePipe farAhead() {
        var pipe = new WirePipe(new Owner(() -> {}), 0, 0, false);
        var body = new byte[BODY_SIZE];
        for (var i = 0; i < FAR_AHEAD; i++) {
            assertThat(pipe.send(Message.wrap(body))).isTrue();
        }
        return pipe;
    }

    private Background<Integer> readsAll() {
        return Background.call("reading all", () -> {
            try (var peer = listener.accept()) {
                var all = FAR_AHEAD * (Frame.LONG_HEADER + BODY_SIZE);
                var buffer = ByteBuffer.allocate(BODY_SIZE);
                var count = 0;
                while (count < all) {
                    count += peer.read(buffer.clear());
                }
                return count - all;
            }
        });
    }

    @Test
    void whoIsFarAheadWritesUntilAllHasLeft() {
        var pipe = farAhead();
        var output = carrying(pipe);
        var reader = readsAll();

        assertThat(output.writeAll(LONG_NS)).isTrue();

        assertThat(onReactor(pipe::hasOutput)).isFalse();
        assertThat(reader.result()).isZero();
    }

    @Test
    void whoIsFarAheadWaitsForAPeerThatDoesNotReadNoLongerThanSaid() {
        var pipe = farAhead();
        var whenReady = new CompletableFuture<Output>();
        var output = carrying(pipe, new LinkWatcher() {
            @Override
            public void readable() {
                throw new AssertionError("nobody asked for that");
            }

            @Override
            public void writable() {
                whenReady.join().channelReady();
            }

            @Override
            public void failed(Throwable cause) {
                throw new AssertionError(cause);
            }
        });
        whenReady.complete(output);

        assertThat(output.writeAll(1_000_000)).isFalse();
        assertThat(output.writeAll(0)).isFalse();

        reactor.post(output::write); // the look that is due while the output does not rest
        assertThat(readsAll().result()).as("the reactor writes the rest").isZero();
    }

    @Test
    void whoIsFarAheadWaitsForOneWhoIsWritingNoLongerThanSaid() {
        var output = carrying(farAhead());

        assertThat(onReactor(() -> output.whileNobodyWrites(() -> output.writeAll(1_000_000))))
                .isFalse();
    }

    @Test
    void aFailureWhileFarAheadEndsThisConnectionAlone() {
        var output = failing();

        assertThat(output.writeAll(LONG_NS)).isFalse();
        assertThat(output.writeAll(LONG_NS)).as("nothing is written any more").isFalse();

        assertEndsThisConnectionAlone(output);
    }
}
