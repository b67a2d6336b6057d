package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Bodies;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection at rest holds nothing of what has passed, and works on when something comes. */
class IdleWatchTest {
    private static final int LARGE = 100_000;

    @AutoClose
    private final Context context = Context.open();

    private final PushSocket push = context.push();
    private final PullSocket pull = context.pull();

    @BeforeEach
    void connect() {
        push.connect(pull.bind("tcp://127.0.0.1:*"));
    }

    private static void awaitCollected(WeakReference<byte[]> body) {
        Await.until("nobody holds the body", () -> {
            System.gc();
            return body.get() == null;
        });
    }

    private WeakReference<byte[]> sendLarge(int number) throws InterruptedException {
        var body = Bodies.of(number, LARGE);
        push.send(Message.wrap(body));
        return new WeakReference<>(body);
    }

    private WeakReference<byte[]> receiveLarge(int number) {
        var received = Background.call("receiving", pull::receive).result().bytes(0);
        assertThat(received).isEqualTo(Bodies.of(number, LARGE));
        return new WeakReference<>(received);
    }

    @Test
    void lastBodyIsHeldByNeitherSide() throws InterruptedException {
        for (var i = 0; i < 3; i++) {
            var sent = sendLarge(i);
            var received = receiveLarge(i);
            awaitCollected(sent);
            awaitCollected(received);
        }
    }

    @Test
    void whatWaitsIsKept() throws InterruptedException {
        var sent = sendLarge(1);
        Await.until("it has arrived", () -> push.statistics().unsent() == 0);
        awaitCollected(sent);

        receiveLarge(1);
    }

    @Test
    void burstsAndRestsAlternate() throws InterruptedException {
        var in = new MessageBuffer();
        for (var burst = 0; burst < 3; burst++) {
            for (var i = 0; i < 200; i++) {
                push.send(Message.wrap(Bodies.of(i, 1000)));
            }
            for (var i = 0; i < 200; i++) {
                pull.receive(in);
                assertThat(in.toMessage().bytes(0)).isEqualTo(Bodies.of(i, 1000));
            }
            var mark = sendLarge(burst);
            receiveLarge(burst);
            awaitCollected(mark); // which tells that the pipes have been emptied
        }
        assertThat(pull.receive(Duration.ofMillis(1))).isNull();
    }
}
