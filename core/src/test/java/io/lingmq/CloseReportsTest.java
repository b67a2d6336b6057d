package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lingmq.event.CloseReport;
import io.lingmq.event.CloseReport.EndpointLoss;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a close waits for, and what it tells of what was lost. */
class CloseReportsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Settings LINGERING = Settings.of(Options.LINGER, LONG);
    /** Nobody listens there, and nobody will: ports of the system's own. */
    private static final String NOBODY = "tcp://127.0.0.1:1";

    private static final String NOBODY_ELSE = "tcp://127.0.0.1:2";

    private final Context context = Context.open();

    @AfterEach
    void close() {
        context.close(Duration.ZERO);
    }

    private PushSocket withUnsent(int messages, String... endpoints) throws InterruptedException {
        var push = context.push(LINGERING);
        for (var endpoint : endpoints) {
            push.connect(endpoint);
        }
        for (var i = 0; i < messages; i++) {
            push.send("unsent");
        }
        return push;
    }

    private static long unsent(Socket socket) {
        return socket.statistics().dropped().getOrDefault(DropReason.UNSENT, 0L);
    }

    // ---- a socket

    @Test
    void socketCloseWaitsUntilAllHasLeft() throws InterruptedException {
        var push = context.push(LINGERING);
        var endpoint = push.connect(freeEndpoint());
        push.send("sent before there is anybody");
        var closer = Background.call("the closer", () -> push.close(LONG));
        closer.awaitInside("close");
        try (var pull = context.pull()) {
            pull.bind(endpoint);
            assertThat(pull.receive().text()).isEqualTo("sent before there is anybody");
            assertThat(closer.result()).isEqualTo(CloseReport.NOTHING_LOST);
        }
        assertThat(unsent(push)).isZero();
    }

    /** An endpoint that somebody had a moment ago. */
    private String freeEndpoint() {
        try (var before = context.pull()) {
            return before.bind("tcp://127.0.0.1:*");
        }
    }

    @Test
    void socketCloseTellsWhatWasLostAtEachEndpoint() throws InterruptedException {
        var push = withUnsent(3, NOBODY, NOBODY_ELSE);
        var report = push.close(Duration.ZERO);

        assertThat(report.lost()).isEqualTo(3).isEqualTo(unsent(push));
        assertThat(report.sockets()).hasSize(1);
        var socket = report.sockets().get(0);
        assertThat(socket.name()).isEqualTo("PUSH#1");
        assertThat(socket.type()).isEqualTo(SocketType.PUSH);
        assertThat(socket.lost()).isEqualTo(3);
        assertThat(socket.endpoints())
                .containsExactlyInAnyOrder(new EndpointLoss(NOBODY, 2), new EndpointLoss(NOBODY_ELSE, 1));
    }

    @Test
    void whatWasForAcceptedPeersIsToldOfTheBoundEndpoint() throws InterruptedException {
        var push = context.push(LINGERING);
        var endpoint = push.bind("tcp://127.0.0.1:*");
        var pull = context.pull(Settings.of(Options.RECEIVE_HWM, 1));
        pull.connect(endpoint);
        while (push.trySend(Message.of("x".repeat(100_000)))
                || push.statistics().peers() == 0) {
            Thread.onSpinWait(); // until the peer is there, and then until all are full
        }
        var report = push.close(Duration.ZERO);

        assertThat(report.lost()).isPositive().isEqualTo(unsent(push));
        assertThat(report.sockets().get(0).endpoints()).containsExactly(new EndpointLoss(endpoint, report.lost()));
    }

    @Test
    void whatWasForAConnectOverInprocIsToldOfIt() throws InterruptedException {
        var push = withUnsent(2, "inproc://nobody");

        assertThat(push.close(Duration.ofMillis(20))).hasToString("2 messages lost (PUSH#1: 2 at inproc://nobody)");
        assertThat(unsent(push)).isEqualTo(2);
    }

    @Test
    void whatAnEndpointLostThatWasLeftBeforeIsTold() throws InterruptedException {
        var push = withUnsent(2, NOBODY);
        push.set(Options.LINGER, Duration.ZERO);
        push.disconnect(NOBODY);
        push.connect(NOBODY_ELSE);
        push.send("unsent");
        push.close();

        assertThat(push.close(LONG).sockets().get(0).endpoints())
                .containsExactly(new EndpointLoss(NOBODY, 2), new EndpointLoss(NOBODY_ELSE, 1));
        assertThat(unsent(push)).isEqualTo(3);
    }

    @Test
    void lingerThatIsOverFirstEndsTheWait() throws InterruptedException {
        var push = withUnsent(1, NOBODY);
        push.set(Options.LINGER, Duration.ofMillis(50));

        assertThat(push.close(Duration.ofDays(365)).lost()).isOne();
    }

    @Test
    void negativeTimeIsNone() throws InterruptedException {
        assertThat(withUnsent(1, NOBODY).close(Duration.ofSeconds(-1)).lost()).isOne();
        assertThat(context.close(Duration.ofSeconds(Long.MIN_VALUE)).lost()).isOne();
    }

    @Test
    void socketThatWasClosedCanBeWaitedFor() throws InterruptedException {
        var push = withUnsent(1, NOBODY);
        push.close();
        var report = push.close(Duration.ofMillis(20));

        assertThat(report.lost()).isOne();
        assertThat(push.close(LONG)).as("once more").isEqualTo(report);
        push.close();
    }

    @Test
    void closerWithLessTimeEndsTheWaitOfAll() throws InterruptedException {
        var push = withUnsent(1, NOBODY);
        var first = Background.call("the first closer", () -> push.close(LONG));
        first.awaitInside("close");
        var whole = Background.call("who closes the context", () -> context.close(LONG));
        whole.awaitInside("close");

        assertThat(push.close(Duration.ofMillis(20)).lost()).isOne();
        assertThat(first.result().lost()).isOne();
        assertThat(whole.result()).isEqualTo(first.result());
    }

    @Test
    void interruptDoesNotShortenTheCloseOfASocket() throws InterruptedException {
        var push = withUnsent(1, NOBODY);
        push.set(Options.LINGER, Duration.ofMillis(300));
        var kept = new AtomicBoolean();
        var beginNs = System.nanoTime();
        var closer = Background.call("an interrupted closer", () -> {
            Thread.currentThread().interrupt();
            var report = push.close(LONG);
            kept.set(Thread.interrupted());
            return report;
        });

        assertThat(closer.result().lost()).isOne();
        assertThat(Duration.ofNanos(System.nanoTime() - beginNs)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(kept).isTrue();
    }

    // ---- a context

    @Test
    void contextCloseTellsOfEachSocket() throws InterruptedException {
        var first = withUnsent(1, NOBODY);
        context.push().close();
        var second = withUnsent(4, NOBODY_ELSE, NOBODY);
        first.close(Duration.ZERO);
        var report = context.close(Duration.ZERO);

        assertThat(report.lost()).isEqualTo(5).isEqualTo(unsent(first) + unsent(second));
        assertThat(report.sockets())
                .extracting(CloseReport.SocketLoss::name, CloseReport.SocketLoss::lost)
                .containsExactly(tuple("PUSH#1", 1L), tuple("PUSH#3", 4L));
        assertThat(context.close(LONG)).as("once more").isEqualTo(report);
        assertThat(second.close(LONG).sockets())
                .containsExactly(report.sockets().get(1));
    }

    @Test
    void reportOfVeryManySocketsNamesTheFirst() throws InterruptedException {
        for (var i = 0; i < CloseReport.MOST_NAMED + 2; i++) {
            withUnsent(1, "inproc://nobody").close(Duration.ZERO);
        }
        var report = context.close(Duration.ZERO);

        assertThat(report.lost()).isEqualTo(CloseReport.MOST_NAMED + 2);
        assertThat(report.sockets()).hasSize(CloseReport.MOST_NAMED);
        assertThat(report.sockets().get(0).name()).isEqualTo("PUSH#1");
    }

    @Test
    void reportOfVeryManyEndpointsNamesTheFirst() throws InterruptedException {
        var push = context.push(Settings.of(Options.LINGER, Duration.ZERO));
        for (var i = 0; i < CloseReport.MOST_NAMED + 2; i++) {
            push.connect("inproc://nobody-" + i);
            push.send("unsent");
            push.disconnect("inproc://nobody-" + i);
        }
        var report = push.close(Duration.ZERO);

        assertThat(report.lost()).isEqualTo(CloseReport.MOST_NAMED + 2);
        assertThat(report.sockets().get(0).endpoints()).hasSize(CloseReport.MOST_NAMED);
    }

    @Test
    void sharedContextStaysOpen() {
        var shared = Context.shared();
        assertThat(shared.close(Duration.ZERO)).isEqualTo(CloseReport.NOTHING_LOST);
        assertThat(shared.isClosed()).isFalse();
        try (var push = shared.push()) {
            push.connect("inproc://nobody");
            assertThat(push.trySend(Message.of("unsent"))).isTrue();
            assertThat(push.close(Duration.ZERO).lost())
                    .as("its sockets tell for themselves")
                    .isOne();
        }
    }

    @Test
    void numbersAreThereWhenTheReportIs() throws InterruptedException {
        var push = withUnsent(1, NOBODY);
        push.close();
        assertThat(unsent(push)).as("the message has its time").isZero();
        assertThat(push.close(Duration.ZERO).lost()).isEqualTo(unsent(push)).isOne();
        Await.until("closed", () -> push.toString().contains("closed"));
    }
}
