package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.SocketStateException;
import io.lingmq.error.TimedOutException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of several threads over one socket. */
class ReqSocketTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Context context = Context.open();
    private final ReqSocket req = context.req();
    private final RouterSocket server = context.router();

    ReqSocketTest() {
        server.bind("inproc://server");
        req.connect("inproc://server");
    }

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private void relax(boolean correlate) {
        req.set(Options.REQ_RELAXED, true);
        req.set(Options.REQ_CORRELATE, correlate);
    }

    private Background<Message> asking(String question) {
        return Background.call("asking " + question, () -> req.request(Message.of(question)));
    }

    private Message received() throws InterruptedException {
        return server.receive();
    }

    @Test
    void eachThreadGetsItsOwnReplyOrNone() {
        relax(true);
        var answering = Background.run("answering", () -> {
            for (var i = 0; ; i++) {
                var question = received();
                if (i % 7 == 0) {
                    server.receive(Duration.ofMillis(2)); // too late for who is in a hurry; another question is lost
                }
                server.send(question);
            }
        });
        var answered = new AtomicInteger();
        var threads = new ArrayList<Background<Boolean>>();
        for (var t = 0; t < 8; t++) {
            var name = "thread " + t;
            threads.add(Background.run(name, () -> {
                for (var i = 0; i < 200; i++) {
                    var question = Message.of(name + " " + i);
                    var reply = req.request(question, i % 2 == 0 ? Duration.ofMillis(1) : SHORT);
                    assertThat(reply).isIn(question, null);
                    answered.addAndGet(reply == null ? 0 : 1);
                }
            }));
        }
        threads.forEach(thread -> thread.result(LONG));
        answering.interrupt();
        assertThat(answered).hasPositiveValue();
    }

    @Test
    void requestsTakeTurnsInTheOrderOfTheCalls() throws InterruptedException {
        var first = asking("1");
        var question = received();
        var second = asking("2").awaitInside("tryAcquire");
        assertThat(server.tryReceive()).isNull();
        server.send(question);

        assertThat(first.result()).isEqualTo(Message.of("1"));
        server.send(received());
        assertThat(second.result()).isEqualTo(Message.of("2"));
    }

    @Test
    void whoWaitsForHisTurnCanGiveUp() throws InterruptedException {
        var first = asking("1");
        var question = received();
        assertThat(req.request(Message.of("2"), SHORT)).isNull();
        var third = asking("3").awaitInside("tryAcquire");
        third.interrupt();
        assertThat(third.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
        req.set(Options.SEND_TIMEOUT, SHORT);
        assertThatThrownBy(() -> req.request("4")).isInstanceOf(TimedOutException.class);
        server.send(question);

        assertThat(first.result()).isEqualTo(Message.of("1"));
        assertThat(server.tryReceive()).as("the others were not sent").isNull();
    }

    @Test
    void closingEndsThoseWhoWaitForTheirTurnToo() throws InterruptedException {
        var first = asking("1");
        received();
        var second = asking("2").awaitInside("tryAcquire");
        req.close();

        assertThat(first.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
        assertThat(second.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
    }

    @Test
    void lateReplyIsNotTheNextOnesWhereItCanBeTold() throws InterruptedException {
        relax(true);
        assertThat(req.request(Message.of("1"), SHORT)).isNull();
        var late = received();
        var second = asking("2");
        var question = received();
        server.send(late);
        server.send(question);

        assertThat(second.result()).isEqualTo(Message.of("2"));
    }

    @Test
    void requestIsRefusedWhereALateReplyCouldBeTakenForItsOwn() throws InterruptedException {
        relax(false);
        assertThat(req.request(Message.of("1"), SHORT)).isNull();
        var late = received();
        assertThatThrownBy(() -> req.request("2"))
                .isInstanceOf(SocketStateException.class)
                .hasMessageContaining("REQ_CORRELATE");
        server.send(late);

        assertThat(req.receive(LONG)).isEqualTo(Message.of("1"));
        var third = asking("3");
        server.send(received());
        assertThat(third.result()).isEqualTo(Message.of("3"));
    }

    @Test
    void requestIsRefusedWhileAnEarlierOneHasNoReply() throws InterruptedException {
        assertThat(req.request(Message.of("1"), SHORT)).isNull();
        assertThatThrownBy(() -> req.request("2")).isInstanceOf(SocketStateException.class);
        server.send(received());

        assertThat(req.receive(LONG)).isEqualTo(Message.of("1"));
    }
}
