package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.PipeOwner;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.ReadyHandler;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputTest {
    /** A socket that fails whenever it is told that there is room. */
    private static final PipeOwner FAILING = new PipeOwner() {
        @Override
        public void rung(Doorbell bell) {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public boolean tryHold() {
            return true;
        }

        @Override
        public void letGo() {}
    };

    private static final ReadyHandler UNWATCHED = new ReadyHandler() {
        @Override
        public void ready(int operations) {
            throw new AssertionError("nobody asked for " + operations);
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }
    };

    private final Reactor reactor = new Reactor("output-under-test");
    private final CompletableFuture<String> broken = new CompletableFuture<>();
    private final WirePipe pipe = new WirePipe(FAILING, 1, 1, false);
    private ServerSocketChannel listener;
    private SocketChannel channel;
    private Output output;

    @BeforeEach
    void connect() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel = SocketChannel.open(listener.getLocalAddress());
        channel.configureBlocking(false);
        output = onReactor(() -> {
            var key = reactor.register(channel, 0, UNWATCHED);
            var carrying = new Output(reactor, channel, key, true, () -> {}, broken::complete);
            carrying.carry(pipe);
            return carrying;
        });
        pipe.writable().rest();
        assertThat(pipe.send(Message.of("m"))).isTrue();
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        listener.close();
        reactor.stop();
    }

    private <T> T onReactor(Callable<T> work) {
        var result = new CompletableFuture<T>();
        reactor.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return Background.call("waiting for the reactor", result::get).result();
    }

    private void assertEndsThisConnectionAlone() {
        assertThat(Background.call("hearing why", broken::get).result()).contains("internal failure", "on purpose");
        assertThat(onReactor(() -> {
                    output.stop();
                    return "stopped";
                }))
                .isEqualTo("stopped");
    }

    @Test
    void aFailureInTheReactorsThreadEndsThisConnectionAlone() {
        reactor.execute(output::write);

        assertEndsThisConnectionAlone();
    }

    @Test
    void aFailureInASendersThreadEndsThisConnectionAlone() {
        assertThat(output.writeHere()).isFalse();

        assertEndsThisConnectionAlone();
    }

    @Test
    void aFailureOfADirectWriteEndsThisConnectionAlone() {
        output.wanted();

        assertEndsThisConnectionAlone();
    }
}
