package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The application's code runs where the application wants it, and no executor loses or holds up what is not its own.
 */
class CallbackExecutorTest {
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private Context context;
    private PullSocket pull;
    private PushSocket push;

    private void open(Executor executor) {
        context = Context.builder().executor(executor).open();
        pull = context.pull();
        push = context.push();
        pull.bind("inproc://here");
        push.connect("inproc://here");
    }

    @AfterEach
    void close() throws Exception {
        if (context != null) {
            context.close(Duration.ofSeconds(5));
        }
        for (var each : toClose) {
            each.close();
        }
    }

    private ExecutorService closedAtTheEnd(ExecutorService executor) {
        toClose.add(executor::shutdownNow);
        return executor;
    }

    private static <T> T result(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Asks for all. */
    private static final class Reader implements Flow.Subscriber<Message> {
        private final ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Thread> calledBy = new ConcurrentLinkedQueue<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Message message) {
            calledBy.add(Thread.currentThread());
            texts.add(message.text());
        }

        @Override
        public void onError(Throwable failure) {
            texts.add("error");
        }

        @Override
        public void onComplete() {
            texts.add("complete");
        }
    }

    @Test
    void futuresStreamsAndMonitorsUseIt() {
        var threads = new ConcurrentLinkedQueue<Thread>();
        open(closedAtTheEnd(Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, "of the application");
            threads.add(thread);
            return thread;
        })));
        var heardBy = new CompletableFuture<Thread>();
        pull.monitor(event -> heardBy.complete(Thread.currentThread()));
        pull.bind("tcp://127.0.0.1:*");
        var completedBy = pull.receiveAsync().thenApply(message -> Thread.currentThread());
        var nothingBy = completedBy.thenCompose(
                thread -> pull.receiveAsync(Duration.ofMillis(1)).thenApply(message -> Thread.currentThread()));
        push.trySend(Message.of("1"));

        assertThat(threads).contains(result(completedBy), result(nothingBy), result(heardBy));
        var reader = new Reader();
        pull.publisher().subscribe(reader);
        push.trySend(Message.of("2"));
        Await.until("the message comes", () -> reader.texts.contains("2"));
        assertThat(threads).containsAll(reader.calledBy);
    }

    @Test
    void oneStreamMayHaveItsOwn() {
        open(task -> {
            throw new RejectedExecutionException("not this one");
        });
        var own = new ConcurrentLinkedQueue<Thread>();
        var reader = new Reader();
        pull.publisher(closedAtTheEnd(Executors.newSingleThreadExecutor(task -> {
                    var thread = new Thread(task);
                    own.add(thread);
                    return thread;
                })))
                .subscribe(reader);
        push.trySend(Message.of("1"));
        Await.until("the message comes", () -> reader.texts.contains("1"));

        assertThat(own).containsAll(reader.calledBy);
    }

    @Test
    void oneThatRefusesLosesNothing() {
        var executor = closedAtTheEnd(Executors.newSingleThreadExecutor());
        open(executor);
        var first = pull.receiveAsync();
        push.trySend(Message.of("1"));
        assertThat(result(first).text()).isEqualTo("1");
        executor.shutdown();
        var second = pull.receiveAsync().thenApply(Message::text);
        push.trySend(Message.of("2"));
        assertThat(result(second)).isEqualTo("2");

        var reader = new Reader();
        pull.publisher().subscribe(reader);
        push.trySend(Message.of("3"));
        Await.until("the message comes", () -> reader.texts.contains("3"));
        pull.close();
        Await.until("the end comes", () -> reader.texts.contains("complete"));
    }

    /** The caller of the executor is a thread of the context, and not the one that sends, nor an I/O thread. */
    @Test
    void oneThatRunsTasksAtOnceHoldsUpNobody() throws InterruptedException {
        open(Runnable::run);
        var sender = Thread.currentThread();
        var goOn = new CountDownLatch(1);
        var blocked = pull.receiveAsync().thenApply(message -> {
            awaitQuietly(goOn);
            return Thread.currentThread();
        });
        push.trySend(Message.of("1"));
        var other = context.pull();
        other.bind("tcp://127.0.0.1:*");
        var toOther = context.push();
        toOther.connect(other.lastEndpoint());
        toOther.send("2");
        assertThat(result(other.receiveAsync()).text())
                .as("while the first blocks")
                .isEqualTo("2");
        goOn.countDown();

        assertThat(result(blocked)).isNotSameAs(sender);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends, blocking calls, and the question who may connect, do not depend on it. */
    @Test
    void oneThatNeverRunsAnythingHoldsUpOnlyItsOwn() throws InterruptedException {
        open(task -> {});
        var sent = push.sendAsync(Message.of("1"));
        assertThat(pull.receive(Duration.ofSeconds(30)).text()).isEqualTo("1");

        assertThat(sent).as("it is told where nothing runs").isNotDone();

        var handler = context.rep();
        handler.bind("inproc://zeromq.zap.01");
        var server = context.pull();
        server.set(Options.PLAIN_SERVER, true);
        server.bind("tcp://127.0.0.1:*");
        var client = context.push();
        client.set(Options.PLAIN_USERNAME, "alice");
        client.set(Options.PLAIN_PASSWORD, "pwd");
        client.connect(server.lastEndpoint());
        var question = handler.receive(Duration.ofSeconds(30));
        handler.send("1.0", question.text(1), "200", "OK", "alice", "");
        client.send("2");
        assertThat(server.receive(Duration.ofSeconds(30)).text()).isEqualTo("2");
    }

    /** On one thread what blocks holds up what is behind it; that is the application's choice. Nothing is lost. */
    @Test
    void oneThreadKeepsTheOrderOfAll() throws InterruptedException {
        open(closedAtTheEnd(Executors.newSingleThreadExecutor()));
        var seen = new ConcurrentLinkedQueue<String>();
        CompletableFuture<?> last = null;
        for (var i = 0; i < 1000; i++) {
            last = pull.receiveAsync().thenAccept(message -> seen.add(message.text()));
        }
        for (var i = 0; i < 1000; i++) {
            push.send("" + i);
        }
        result(last);

        assertThat(seen.stream().map(Integer::valueOf)).hasSize(1000).isSorted();
    }

    @Test
    void virtualThreadsWillDo() throws InterruptedException {
        assumeTrue(VirtualThreads.exist(), "needs virtual threads");
        open(task -> VirtualThreads.unstarted("virtual-callback", task).start());
        var goOn = new CountDownLatch(1);
        var blocked = pull.receiveAsync().thenApply(message -> {
            awaitQuietly(goOn);
            return Thread.currentThread().getName();
        });
        var opening = pull.receiveAsync().thenAccept(message -> goOn.countDown());
        push.send("1");
        push.send("2");
        result(opening);
        assertThat(result(blocked)).isEqualTo("virtual-callback");

        var reader = new Reader();
        pull.publisher().subscribe(reader);
        for (var i = 0; i < 1000; i++) {
            push.send("" + i);
        }
        Await.until("all have come", () -> reader.texts.size() == 1000);
        assertThat(reader.texts.stream().map(Integer::valueOf)).isSorted();
    }
}
