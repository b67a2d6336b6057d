package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.OptionException;
import io.lingmq.message.ErrorReply;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.ReplierSettings;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Endpoints;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many requests answered at once, asked by DEALERs, REQs and requesters. */
class ReplierTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final ReplierSettings SETTINGS = ReplierSettings.defaults();

    private final Context context = Context.open();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final String endpoint = Endpoints.inproc();
    private final DealerSocket client = context.dealer();

    @AfterEach
    void close() {
        pool.shutdownNow();
        context.close(Duration.ofSeconds(5));
    }

    private Replier serving(RequestHandler handler, Executor executor, ReplierSettings settings) {
        var replier = context.replier(handler, executor, settings);
        replier.bind(endpoint);
        client.connect(endpoint);
        return replier;
    }

    private Replier serving(RequestHandler handler) {
        return serving(handler, pool, SETTINGS);
    }

    private void ask(String text) throws InterruptedException {
        client.send("", text);
    }

    private Message reply() throws InterruptedException {
        var reply = client.receive(LONG);
        assertThat(reply).as("a reply").isNotNull();
        assertThat(reply.size(0)).isZero();
        return reply.withoutFirst(1);
    }

    private String error() throws InterruptedException {
        var error = ErrorReply.in(reply());
        assertThat(error).as("an error reply").isNotNull();
        return error.text();
    }

    @Test
    void manyAreServedAtOnceAndAnsweredWhenTheyAreReady() throws InterruptedException {
        var slow = new CountDownLatch(1);
        var replier = serving(request -> {
            if (request.text().equals("slow")) {
                assertThat(slow.await(10, TimeUnit.SECONDS)).isTrue();
            }
            return request;
        });
        ask("slow");
        ask("quick");
        assertThat(reply()).isEqualTo(Message.of("quick"));
        slow.countDown();
        assertThat(reply()).isEqualTo(Message.of("slow"));
        Await.until("all ended", () -> replier.statistics().answered() == 2);
        assertThat(replier.statistics().inHand()).isZero();
    }

    @Test
    void envelopeGoesBackAsItCame() throws InterruptedException {
        serving(request -> Message.of("re", request.text()));
        client.send(Message.of("hop", "another hop", "", "body"));
        assertThat(client.receive(LONG)).isEqualTo(Message.of("hop", "another hop", "", "re", "body"));
    }

    @Test
    void reqsAreAnsweredWithAndWithoutCorrelation() throws InterruptedException {
        serving(request -> Message.of(request.text() + "!"));
        for (var correlate : new boolean[] {false, true}) {
            try (var req = context.req()) {
                req.set(Options.REQ_CORRELATE, correlate);
                req.connect(endpoint);
                assertThat(req.request("x")).isEqualTo(Message.of("x!"));
            }
        }
    }

    @Test
    void messageWithoutDelimiterIsNoRequest() throws InterruptedException {
        var replier = serving(request -> request);
        client.send("no delimiter");
        client.send("two", "frames");
        client.send("no body", "");
        client.send(Message.empty());
        ask("true");
        assertThat(reply()).isEqualTo(Message.of("true"));
        assertThat(replier.statistics().malformed()).isEqualTo(4);
    }

    @Test
    void failedHandlerAnswersWithAnErrorWithoutDetails() throws InterruptedException {
        var replier = serving(request -> switch (request.text()) {
            case "unchecked" -> throw new IllegalStateException("secret");
            case "checked" -> throw new IOException("secret");
            case "error" -> throw new StackOverflowError("secret");
            case "null" -> null;
            default -> request;
        });
        for (var kind : new String[] {"unchecked", "checked", "error", "null"}) {
            ask(kind);
            assertThat(error()).as(kind).contains("failed").doesNotContain("secret");
        }
        ask("next");
        assertThat(reply()).isEqualTo(Message.of("next"));
        Await.until("all are counted", () -> replier.statistics().answered() == 1);
        assertThat(replier.statistics().failed()).isEqualTo(4);
    }

    @Test
    void errorRepliesAreTheApplicationsIfItLikes() throws InterruptedException {
        serving(
                request -> {
                    throw new IOException(request.text());
                },
                pool,
                SETTINGS.withErrorReply(failure -> switch (String.valueOf(failure.getMessage())) {
                    case "throw" -> throw new IllegalStateException();
                    case "null" -> null;
                    default -> Message.of(failure.getClass().getSimpleName(), failure.getMessage());
                }));
        ask("disk");
        assertThat(reply()).isEqualTo(Message.of("IOException", "disk"));
        ask("throw");
        assertThat(error()).contains("failed");
        ask("null");
        assertThat(error()).contains("failed");
    }

    @Test
    void asynchronousHandlersHoldNoThread() throws InterruptedException {
        var stages = new LinkedBlockingQueue<CompletableFuture<Message>>();
        var replier = context.asyncReplier(
                request -> switch (request.text()) {
                    case "no stage" -> null;
                    case "throw" -> throw new IOException();
                    default -> {
                        var stage = new CompletableFuture<Message>();
                        stages.add(stage);
                        yield stage;
                    }
                },
                Runnable::run);
        replier.bind(endpoint);
        client.connect(endpoint);
        ask("1");
        ask("2");
        var first = stages.poll(10, TimeUnit.SECONDS);
        var second = stages.poll(10, TimeUnit.SECONDS);
        second.complete(Message.of("two"));
        assertThat(reply()).isEqualTo(Message.of("two"));
        first.completeExceptionally(new IOException());
        assertThat(error()).contains("failed");
        ask("3");
        stages.poll(10, TimeUnit.SECONDS).complete(null);
        assertThat(error()).contains("failed");
        ask("no stage");
        assertThat(error()).contains("failed");
        ask("throw");
        assertThat(error()).contains("failed");
        Await.until("all are counted", () -> replier.statistics().failed() == 4);
    }

    @Test
    void executorThatRefusesIsAnsweredForAndServesTheNext() throws InterruptedException {
        var refusing = new LinkedBlockingQueue<RuntimeException>();
        refusing.add(new RejectedExecutionException());
        refusing.add(new IllegalStateException());
        var replier = serving(
                request -> request,
                task -> {
                    var refusal = refusing.poll();
                    if (refusal != null) {
                        throw refusal;
                    }
                    task.run();
                },
                SETTINGS);
        ask("1");
        assertThat(error()).contains("no more requests");
        ask("2");
        assertThat(error()).contains("no more requests");
        ask("3");
        assertThat(reply()).isEqualTo(Message.of("3"));
        assertThat(replier.statistics().rejected()).isEqualTo(2);
    }

    @Test
    void noMoreAreInHandThanAllowed() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var replier = serving(
                request -> {
                    assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
                    return request;
                },
                pool,
                SETTINGS.withMaxInHand(2));
        for (var i = 0; i < 5; i++) {
            ask("x");
        }
        Await.until("two are in hand", () -> replier.statistics().inHand() == 2);
        assertThat(replier.statistics().received()).isEqualTo(2);
        gate.countDown();
        for (var i = 0; i < 5; i++) {
            assertThat(reply()).isEqualTo(Message.of("x"));
        }
        assertThat(replier.statistics().inHand()).isLessThanOrEqualTo(2);
    }

    @Test
    void closingWaitsForWhatIsInHand() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var replier = serving(request -> {
            assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
            return request;
        });
        ask("1");
        Await.until("it is in hand", () -> replier.statistics().inHand() == 1);
        var closing = Background.call("closing", () -> replier.close(LONG));
        awaitNoReader();
        ask("2");
        gate.countDown();
        assertThat(closing.result()).isZero();
        assertThat(reply()).isEqualTo(Message.of("1"));
        assertThat(replier.statistics().received()).isEqualTo(1);
        assertThatThrownBy(() -> replier.bind(Endpoints.inproc())).isInstanceOf(ClosedException.class);
    }

    @Test
    void closingSaysWhatWasLeft() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var replier = serving(request -> {
            assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
            return request;
        });
        ask("1");
        Await.until("it is in hand", () -> replier.statistics().inHand() == 1);
        assertThat(replier.close(SHORT)).isEqualTo(1);
        assertThat(Background.call("closing again", () -> replier.close(LONG)).result(Duration.ofSeconds(10)))
                .as("at once, as no reply can leave any more")
                .isEqualTo(1);
        gate.countDown();
        Await.until("it ends", () -> replier.statistics().unanswered() == 1);
        assertThat(replier.statistics().inHand()).isZero();
        assertThat(replier.close(LONG)).isZero();
    }

    @Test
    void interruptDoesNotShortenAClose() throws InterruptedException {
        var stage = new CompletableFuture<Message>();
        var replier = context.asyncReplier(request -> stage, Runnable::run);
        replier.bind(endpoint);
        client.connect(endpoint);
        ask("1");
        Await.until("it is in hand", () -> replier.statistics().inHand() == 1);
        var closing = Background.call("closing", () -> {
            var left = replier.close(LONG);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            return left;
        });
        closing.awaitInside("tryAcquire").interrupt();
        closing.awaitInside("tryAcquire");
        stage.complete(Message.of("still answered"));
        assertThat(closing.result()).isZero();
        assertThat(reply()).isEqualTo(Message.of("still answered"));
    }

    @Test
    void handlerThatInterruptsTheReaderStopsNothing() throws InterruptedException {
        serving(
                request -> {
                    Thread.currentThread().interrupt();
                    return request;
                },
                Runnable::run,
                SETTINGS);
        for (var i = 0; i < 3; i++) {
            ask("x");
            assertThat(reply()).isEqualTo(Message.of("x"));
        }
    }

    @Test
    void endsWithItsContext() {
        var replier = serving(request -> request);
        context.close();
        assertThat(replier.close(LONG)).isZero();
        assertThatThrownBy(() -> context.replier(request -> request, pool)).isInstanceOf(ClosedException.class);
        awaitNoReader();
    }

    private static void awaitNoReader() {
        Await.until(
                "nobody receives any more",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("lingmq-replier")));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> SETTINGS.withMaxInHand(0)).isInstanceOf(OptionException.class);
        assertThatThrownBy(() -> SETTINGS.withSocket(Options.REQ_RELAXED, true))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("ROUTER");
    }
}
