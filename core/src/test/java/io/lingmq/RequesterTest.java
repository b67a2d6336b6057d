package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.BusyException;
import io.lingmq.error.ClosedException;
import io.lingmq.error.TimedOutException;
import io.lingmq.message.Message;
import io.lingmq.option.RequesterSettings;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Endpoints;
import io.lingmq.testkit.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many requests at once, asked of servers that this test plays with ROUTERs. */
class RequesterTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final RequesterSettings SETTINGS =
            RequesterSettings.defaults().withTimeout(LONG);

    private final Context context = Context.open();
    private final RouterSocket server = context.router();
    private final String endpoint = Endpoints.inproc();
    private Requester requester = connected(SETTINGS);

    RequesterTest() {
        server.bind(endpoint);
    }

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private Requester connected(RequesterSettings settings) {
        var made = context.requester(settings);
        made.connect(endpoint);
        return made;
    }

    private void use(RequesterSettings settings) {
        requester.close();
        requester = connected(settings);
    }

    private Background<Message> asking(String question) {
        return Background.call("asking " + question, () -> requester.request(question));
    }

    /** The next request with its envelope: the peer's id, the request's id, an empty frame, the body. */
    private Message received() throws InterruptedException {
        return received(server);
    }

    private static Message received(RouterSocket by) throws InterruptedException {
        var message = by.receive(LONG);
        assertThat(message).as("a request").isNotNull();
        assertThat(message.size(1)).isEqualTo(8);
        assertThat(message.size(2)).isZero();
        return message;
    }

    private static Message reply(Message request, String text) {
        return request.slice(0, 3).followedBy(Message.of(text));
    }

    private static String body(Message request) {
        return request.text(3);
    }

    @Test
    void eachCallerGetsTheReplyToItsOwnRequest() throws InterruptedException {
        var first = asking("1");
        var requestOfFirst = received();
        var second = asking("2");
        var requestOfSecond = received();
        server.send(reply(requestOfSecond, "second"));
        server.send(reply(requestOfFirst, "first"));

        assertThat(second.result()).isEqualTo(Message.of("second"));
        assertThat(first.result()).isEqualTo(Message.of("first"));
        assertThat(requester.statistics().answered()).isEqualTo(2);
    }

    @Test
    void multipartRequestsAndRepliesAreWhole() throws InterruptedException {
        var future = requester.requestAsync(Message.of("a", "", "b"));
        var request = received();
        assertThat(request.withoutFirst(3)).isEqualTo(Message.of("a", "", "b"));
        server.send(request.slice(0, 3).followedBy(Message.of("", "x", "")));

        assertThat(future.join()).isEqualTo(Message.of("", "x", ""));
    }

    @Test
    void repliesToAnyRepAndThroughAnyBroker() throws InterruptedException {
        try (var front = context.router();
                var back = context.dealer();
                var rep = context.rep();
                var proxy = Proxy.between(front, back)) {
            proxy.start();
            var frontend = Endpoints.inproc();
            var backend = Endpoints.inproc();
            front.bind(frontend);
            back.bind(backend);
            rep.connect(backend);
            requester.disconnect(endpoint);
            requester.connect(frontend);
            var reply = requester.requestAsync("hello");
            assertThat(rep.receive(LONG)).isEqualTo(Message.of("hello"));
            rep.send("world");
            assertThat(reply.join()).isEqualTo(Message.of("world"));
        }
    }

    @Test
    void requestWithoutReplyEndsInTime() throws InterruptedException {
        assertThat(requester.request(Message.of("1"), SHORT)).isNull();
        use(SETTINGS.withTimeout(SHORT));
        assertThatThrownBy(() -> requester.request("2")).isInstanceOf(TimedOutException.class);
        assertThatThrownBy(() -> requester.requestAsync("3").join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(TimedOutException.class)
                .hasMessageContaining(endpoint);
        assertThat(requester.statistics().timedOut()).isEqualTo(2);
        assertThat(requester.statistics().inFlight()).isZero();
    }

    @Test
    void lateReplyIsCountedAndTakenForNoOther() throws InterruptedException {
        assertThat(requester.request(Message.of("1"), SHORT)).isNull();
        var late = received();
        var second = asking("2");
        var request = received();
        server.send(reply(late, "late"));
        server.send(reply(request, "in time"));
        server.send(reply(request, "once more"));

        assertThat(second.result()).isEqualTo(Message.of("in time"));
        Await.until("both are counted", () -> requester.statistics().late() == 2);
    }

    @Test
    void whatIsNoReplyIsCountedAndEndsNothing() throws InterruptedException {
        var asking = asking("1");
        var request = received();
        var peer = request.sharedArray(0);
        var empty = new byte[0];
        var lies = List.of(
                Message.of(peer, empty),
                Message.of(peer, request.sharedArray(1)),
                Message.of(peer, request.sharedArray(1), empty),
                Message.of(peer, request.sharedArray(1), new byte[1], new byte[1]),
                Message.of(peer, empty, empty, empty),
                Message.of(peer, new byte[9], empty, empty),
                Message.of(peer, new byte[8], empty, empty),
                Message.of(peer, empty, request.sharedArray(1), empty, empty),
                Message.of(peer, new byte[1 << 20], empty, empty));
        for (var lie : lies) {
            server.send(lie);
        }
        server.send(reply(request, "true"));

        assertThat(asking.result()).isEqualTo(Message.of("true"));
        assertThat(requester.statistics().unknown()).isEqualTo(lies.size());
    }

    @Test
    void cancelledRequestLeavesTheTable() throws InterruptedException {
        var future = requester.requestAsync("1");
        var request = received();
        assertThat(future.cancel(true)).isTrue();
        assertThat(requester.statistics().inFlight()).isZero();
        assertThat(requester.statistics().cancelled()).isEqualTo(1);
        server.send(reply(request, "late"));
        Await.until("it is late", () -> requester.statistics().late() == 1);
    }

    @Test
    void futureEndedByATimeOfItsOwnGivesUp() {
        var future = requester.requestAsync("1").orTimeout(1, TimeUnit.MILLISECONDS);
        assertThatThrownBy(future::join).isInstanceOf(CompletionException.class);
        Await.until("given up", () -> requester.statistics().cancelled() == 1);
        assertThat(requester.statistics().inFlight()).isZero();
    }

    @Test
    void interruptGivesTheRequestUp() throws InterruptedException {
        var asking = asking("1");
        received();
        asking.interrupt();
        assertThat(asking.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
        assertThat(requester.statistics().cancelled()).isEqualTo(1);
        assertThat(requester.statistics().inFlight()).isZero();
    }

    @Test
    void whatWasGivenUpBeforeItWasSentIsNeverSent() throws InterruptedException {
        var elsewhere = Endpoints.inproc();
        requester.disconnect(endpoint);
        requester.connect(elsewhere);
        var cancelled = requester.requestAsync("cancelled");
        assertThat(requester.request(Message.of("too late"), SHORT)).isNull();
        cancelled.cancel(false);
        var future = requester.requestAsync("in time");
        try (var late = context.router()) {
            late.bind(elsewhere);
            var request = received(late);
            assertThat(body(request)).isEqualTo("in time");
            late.send(reply(request, "yes"));
            assertThat(future.join()).isEqualTo(Message.of("yes"));
            assertThat(late.tryReceive()).isNull();
        }
        assertThat(requester.statistics().sent()).isEqualTo(1);
    }

    @Test
    void timeoutSaysWhyNothingWasSent() {
        requester.disconnect(endpoint);
        assertThatThrownBy(() -> requester.requestAsync(Message.of("x"), SHORT).join())
                .hasMessageContaining("no endpoint");
        requester.connect(Endpoints.inproc());
        assertThatThrownBy(() -> requester.requestAsync(Message.of("x"), SHORT).join())
                .hasMessageContaining("no server is connected");
    }

    @Test
    void atTheLimitFuturesFailAndCallersWait() throws InterruptedException {
        use(SETTINGS.withMaxInFlight(1));
        var first = requester.requestAsync("1");
        var request = received();
        assertThatThrownBy(() -> requester.requestAsync("2").join())
                .cause()
                .isInstanceOf(BusyException.class)
                .hasMessageContaining("withMaxInFlight");
        assertThat(requester.request(Message.of("3"), SHORT)).isNull();
        var fourth = asking("4").awaitInside("tryAcquire");
        server.send(reply(request, "one"));
        assertThat(first.join()).isEqualTo(Message.of("one"));
        request = received();
        assertThat(body(request)).isEqualTo("4");
        server.send(reply(request, "four"));
        assertThat(fourth.result()).isEqualTo(Message.of("four"));
        assertThat(requester.statistics().refused()).isEqualTo(1);
    }

    @Test
    void closingEndsAllThatIsOpen() throws InterruptedException {
        use(SETTINGS.withMaxInFlight(2));
        var sent = asking("sent");
        received();
        var future = requester.requestAsync("future");
        var waiting = asking("waiting").awaitInside("tryAcquire");
        requester.close();
        requester.close();

        assertThat(sent.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
        assertThat(waiting.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(future::join).cause().isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> requester.request("x")).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> requester.requestAsync("x").join()).cause().isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> requester.connect(endpoint)).isInstanceOf(ClosedException.class);
        assertThat(requester.statistics().inFlight()).isZero();
    }

    @Test
    void endsWithItsContext() throws InterruptedException {
        var idle = context.requester();
        var asking = asking("1");
        received();
        context.close();
        assertThat(asking.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
        Await.until("closed", () -> idle.toString().contains("closed"));
        assertThatThrownBy(() -> idle.request("x")).isInstanceOf(ClosedException.class);
        assertThatThrownBy(context::requester).isInstanceOf(ClosedException.class);
        Await.until(
                "no thread is left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("lingmq-requester")));
    }

    @Test
    void slowCodeBehindAFutureHoldsUpNobody() throws InterruptedException {
        var stuck = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        var slow = requester.requestAsync("slow").thenAccept(reply -> {
            begun.countDown();
            Background.run("nested", () -> requester.request(Message.of("nested"), LONG));
            assertThat(uninterrupted(stuck)).isTrue();
        });
        server.send(reply(received(), "1"));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        server.send(reply(received(), "2"));
        var next = asking("next");
        server.send(reply(received(), "3"));
        assertThat(next.result()).isEqualTo(Message.of("3"));
        stuck.countDown();
        slow.join();
    }

    private static boolean uninterrupted(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    // ---- many

    @Test
    void virtualThreadsAskToo() throws InterruptedException {
        var answering = echoing();
        var right = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (var t = 0; t < 500; t++) {
            var question = Message.of("question " + t);
            Runnable work = () -> {
                try {
                    right.addAndGet(question.equals(requester.request(question)) ? 1 : 0);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            };
            threads.add(VirtualThreads.exist() ? VirtualThreads.unstarted("v" + t, work) : new Thread(work));
        }
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }
        answering.interrupt();
        assertThat(right).hasValue(500);
    }

    private Background<Boolean> echoing() {
        return Background.run("echoing", () -> {
            while (true) {
                server.send(received());
            }
        });
    }

    @Test
    void stormOfCancellationsLeavesNothing() {
        var answering = echoing();
        var open = new ArrayList<CompletableFuture<Message>>();
        for (var i = 0; i < 20_000; i++) {
            var future = requester.requestAsync("x");
            if (i % 3 == 0) {
                open.add(future);
            } else {
                future.cancel(true);
            }
            if (open.size() > 300) {
                open.forEach(CompletableFuture::join);
                open.clear();
            }
        }
        open.forEach(CompletableFuture::join);
        Await.until("all replies have come", () -> {
            var now = requester.statistics();
            return now.answered() + now.late() == now.sent();
        });
        answering.interrupt();
        var end = requester.statistics();
        assertThat(end.inFlight()).isZero();
        assertThat(end.taken()).isEqualTo(20_000);
        assertThat(end.taken()).isEqualTo(end.answered() + end.cancelled() + end.timedOut());
    }

    @Test
    void closingInFullFlowEndsEachCallOnce() {
        var answering = echoing();
        var threads = new ArrayList<Background<Boolean>>();
        for (var t = 0; t < 4; t++) {
            threads.add(Background.run("asking " + t, () -> {
                try {
                    for (var i = 0; ; i++) {
                        var question = Message.of("question " + i);
                        assertThat(requester.request(question)).isEqualTo(question);
                    }
                } catch (ClosedException e) {
                    return;
                }
            }));
        }
        Await.until("in full flow", () -> requester.statistics().answered() > 500);
        requester.close();
        threads.forEach(Background::result);
        answering.interrupt();
        var end = requester.statistics();
        assertThat(end.inFlight()).isZero();
        assertThat(end.taken()).isEqualTo(end.answered() + end.closed());
    }

    @Test
    void futuresCompleteOnTheExecutorOfTheContext() throws Exception {
        var executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "of the application"));
        var gate = new CountDownLatch(1);
        RequestHandler handler = request -> {
            gate.await();
            return request;
        };
        try (var own = Context.builder().executor(executor).open();
                var asking = own.requester();
                var answering = own.replier(handler, Runnable::run)) {
            asking.connect(answering.bind("tcp://127.0.0.1:*"));
            var where = asking.requestAsync(Message.of("x"), Duration.ofSeconds(20))
                    .thenApply(reply -> Thread.currentThread().getName());
            gate.countDown();
            assertThat(where.get(20, TimeUnit.SECONDS)).isEqualTo("of the application");
        } finally {
            executor.shutdownNow();
        }
    }
}
