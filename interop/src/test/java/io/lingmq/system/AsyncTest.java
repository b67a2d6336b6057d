package io.lingmq.system;

import static io.lingmq.system.SocketFixture.assertQuiet;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Futures and streams. */
@ParameterizedClass
@EnumSource(Transport.class)
class AsyncTest {
    @AutoClose
    private final SocketFixture fixture;

    private final PushSocket push;
    private final PullSocket pull;

    AsyncTest(Transport transport) {
        fixture = new SocketFixture(transport);
        push = fixture.context().push();
        pull = fixture.context().pull();
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFutureCompletesWhenTheMessageComes() throws InterruptedException {
        fixture.join(pull, push);
        var future = pull.receiveAsync();
        assertThat(future.isDone()).isFalse();
        push.send("hello");
        assertThat(get(future).text()).isEqualTo("hello");
        push.send("there");
        Await.until("readable", () -> get(pull.receiveAsync()).text().equals("there"));
    }

    @Test
    void futuresAreServedInTheirOrder() throws InterruptedException {
        fixture.join(pull, push);
        var futures = new ArrayList<CompletableFuture<Message>>();
        for (var n = 0; n < 100; n++) {
            futures.add(pull.receiveAsync());
        }
        for (var n = 0; n < 100; n++) {
            push.send(String.valueOf(n));
        }
        for (var n = 0; n < 100; n++) {
            assertThat(get(futures.get(n)).text()).isEqualTo(String.valueOf(n));
        }
    }

    @Test
    void aCancelledWishLosesNoMessage() throws InterruptedException {
        fixture.join(pull, push);
        for (var n = 0; n < 200; n++) {
            var future = pull.receiveAsync();
            push.send(String.valueOf(n));
            if (n % 2 == 0) {
                Thread.onSpinWait();
            }
            if (future.cancel(false)) {
                assertThat(take(pull).text()).isEqualTo(String.valueOf(n));
            } else {
                assertThat(get(future).text()).isEqualTo(String.valueOf(n));
            }
        }
    }

    @Test
    void sendCompletesWhenTheSocketTakesTheMessage() throws InterruptedException {
        fixture.bound(push);
        var future = push.sendAsync(Message.of("hello"));
        var withdrawn = push.sendAsync(Message.of("never mind"));
        assertThat(future.isDone()).isFalse();
        assertThat(withdrawn.cancel(false)).isTrue();
        fixture.join(push, pull);
        assertThat(get(future)).isNull();
        assertThat(take(pull).text()).isEqualTo("hello");
        assertQuiet(pull);
    }

    @Test
    void manySendsKeepTheirOrder() throws InterruptedException {
        push.set(Options.SEND_HWM, 10);
        pull.set(Options.RECEIVE_HWM, 10);
        fixture.join(pull, push);
        var futures = new ArrayList<CompletableFuture<Void>>();
        for (var n = 0; n < 2000; n++) {
            futures.add(push.sendAsync(Message.of(String.valueOf(n))));
        }
        for (var n = 0; n < 2000; n++) {
            assertThat(take(pull).text()).isEqualTo(String.valueOf(n));
        }
        futures.forEach(AsyncTest::get);
    }

    @Test
    void continuationsMayUseTheSocketAgain() throws InterruptedException {
        fixture.join(pull, push);
        var sum = pull.receiveAsync()
                .thenCompose(first -> pull.receiveAsync().thenApply(second -> first.text() + second.text()));
        push.send("one ");
        push.send("two");
        assertThat(get(sum)).isEqualTo("one two");
    }

    /** Asks for as many messages as the test says. */
    private static final class Reader implements Flow.Subscriber<Message> {
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final List<String> texts = new ArrayList<>();
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
        }

        @Override
        public synchronized void onNext(Message message) {
            texts.add(message.text());
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(true);
        }

        synchronized List<String> texts() {
            return List.copyOf(texts);
        }
    }

    @Test
    void theStreamsPaceIsItsReaders() throws InterruptedException {
        fixture.join(pull, push);
        var reader = new Reader();
        pull.publisher().subscribe(reader);
        for (var n = 0; n < 10; n++) {
            push.send(String.valueOf(n));
        }
        get(reader.subscription).request(3);
        Await.until("three messages", () -> reader.texts().size() == 3);
        assertThat(reader.texts()).containsExactly("0", "1", "2");
        get(reader.subscription).request(2);
        Await.until("two more", () -> reader.texts().size() == 5);
        get(reader.subscription).cancel();
        assertThat(take(pull).text())
                .as("the others still belong to the socket")
                .isEqualTo("5");
    }

    @Test
    void theStreamRunsAsFastAsItIsAskedFor() throws InterruptedException {
        fixture.join(pull, push);
        var reader = new Reader();
        pull.publisher().subscribe(reader);
        get(reader.subscription).request(Long.MAX_VALUE);
        for (var n = 0; n < 10_000; n++) {
            push.send(String.valueOf(n));
        }
        Await.until("all of it", () -> reader.texts().size() == 10_000);
        for (var n = 0; n < 10_000; n++) {
            assertThat(reader.texts.get(n)).isEqualTo(String.valueOf(n));
        }
    }

    @Test
    void theStreamEndsWithItsSocket() {
        fixture.bound(pull);
        var reader = new Reader();
        pull.publisher().subscribe(reader);
        get(reader.subscription).request(1);
        pull.close();
        Await.until("its end", reader.end::isDone);
    }

    @Test
    void asksForAPositiveNumber() {
        var reader = new Reader();
        pull.publisher().subscribe(reader);
        get(reader.subscription).request(0);
        @Nullable
        Throwable failure = reader.end
                .handle((end, thrown) -> thrown)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
    }
}
