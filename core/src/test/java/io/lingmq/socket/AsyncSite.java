package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pattern.Patterns;
import io.lingmq.routing.Drops;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Two sockets for asynchronous calls, which do not know each other yet. */
final class AsyncSite implements AutoCloseable {
    final ContextCore context = new ContextCore(1, "async-test");
    final SocketCore push = context.socket(SocketType.PUSH, Settings.defaults());
    final SocketCore pull = context.socket(SocketType.PULL, Settings.defaults());

    void join() {
        pull.bind("inproc://here");
        push.connect("inproc://here");
    }

    static Message m(String text) {
        return Message.of(text);
    }

    static <T> T result(CompletableFuture<T> future) {
        return Background.call("waiting for a future", future::get).result();
    }

    static Throwable failure(CompletableFuture<?> future) {
        var failure = Background.call("waiting for a future", future::get).failure(Await.PATIENCE);
        assertThat(failure).isInstanceOf(ExecutionException.class);
        return failure.getCause();
    }

    /** Calls of a socket with timers of the test. */
    AsyncCalls calls(SocketType type, SocketCore socket, Scheduler timers) {
        var drops = new Drops();
        var pattern = Patterns.of(type, drops, new SplittableRandom(1));
        var callbacks = Callbacks.onOwnThreads(context.callbacks(), timers);
        return new AsyncCalls(socket, pattern, callbacks, new Abandoned(type, drops));
    }

    @Override
    public void close() {
        context.close(Duration.ofSeconds(5));
    }
}
