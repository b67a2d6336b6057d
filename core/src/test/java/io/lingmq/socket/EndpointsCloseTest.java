package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints that are closed twice, or in the middle of being opened. */
class EndpointsCloseTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int MESSAGES = 200;
    private static final int SIZE = 100_000;

    private final ContextCore context = new ContextCore(1, "endpoints-close-test");

    @AfterEach
    void close() {
        context.close(Duration.ZERO);
    }

    private SocketCore socket(SocketType type) {
        return context.socket(type, Settings.defaults().with(Options.LINGER, LONG));
    }

    // ---- a second close takes no time from the first

    /** Far more is sent than the operating system and the receiver take at once. */
    private void sendAll(SocketCore push) throws InterruptedException {
        for (var i = 0; i < MESSAGES; i++) {
            push.send(Message.of(new byte[SIZE]));
        }
    }

    private static void receiveAll(SocketCore pull) throws InterruptedException {
        for (var i = 0; i < MESSAGES; i++) {
            assertThat(pull.receive(Duration.ofSeconds(10)))
                    .as("message %s of those that were accepted", i)
                    .isNotNull();
        }
    }

    private SocketCore fewAtOnce() {
        var pull = socket(SocketType.PULL);
        pull.set(Options.RECEIVE_HWM, 1);
        return pull;
    }

    @Test
    void closeAfterUnbindLosesNothing() throws InterruptedException {
        var push = socket(SocketType.PUSH);
        var pull = fewAtOnce();
        var endpoint = push.bind("tcp://127.0.0.1:*");
        pull.connect(endpoint);
        sendAll(push);
        push.unbind(endpoint);
        push.close();
        receiveAll(pull);
        assertThat(context.close(LONG).lost()).isZero();
    }

    @Test
    void twoClosersOfOneSocketLoseNothing() throws InterruptedException {
        var push = socket(SocketType.PUSH);
        var pull = fewAtOnce();
        pull.connect(push.bind("tcp://127.0.0.1:*"));
        sendAll(push);
        push.closing().begin(LONG.toNanos());
        push.closing().begin(LONG.toNanos());
        receiveAll(pull);
        assertThat(context.close(LONG).lost()).isZero();
    }

    @Test
    void aShorterTimeThatIsLongEnoughLosesNothing() throws InterruptedException {
        var push = socket(SocketType.PUSH);
        var pull = fewAtOnce();
        pull.connect(push.bind("tcp://127.0.0.1:*"));
        sendAll(push);
        push.closing().begin(LONG.toNanos());
        push.closing().begin(LONG.toNanos() / 3);
        receiveAll(pull);
        assertThat(context.close(LONG).lost()).isZero();
    }

    @Test
    void closeAfterDisconnectLosesNothing() throws InterruptedException {
        var push = socket(SocketType.PUSH);
        var pull = fewAtOnce();
        var endpoint = push.connect(pull.bind("tcp://127.0.0.1:*"));
        sendAll(push);
        push.disconnect(endpoint);
        push.close();
        receiveAll(pull);
        assertThat(context.close(LONG).lost()).isZero();
    }

    // ---- a socket that is closed while it opens an endpoint

    @Test
    void whatIsOpenedWhileTheSocketClosesDoesNotStay() throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var router = socket(SocketType.ROUTER);
            router.set(Options.CONNECT_ROUTING_ID, new byte[] {'x'});
            var first = new AtomicBoolean(true);
            router.pipes()
                    .observe(
                            () -> { // in the middle of the connect
                                if (first.getAndSet(false)) {
                                    router.closing().begin(0);
                                }
                            });
            assertThatThrownBy(() -> router.connect("tcp://127.0.0.1:" + listener.getLocalPort()))
                    .isInstanceOf(ClosedException.class);
            try (var peer = listener.accept()) {
                var end = Background.call("the peer", () -> {
                    try {
                        return peer.getInputStream().readAllBytes().length;
                    } catch (IOException e) {
                        return -1; // ended by a reset
                    }
                });
                end.result();
            }
        }
    }
}
