package io.lingmq.support;

import io.lingmq.reactor.Reactor;
import io.lingmq.testkit.Background;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** What a test does in a reactor's own thread. */
public final class OnReactor {
    private OnReactor() {}

    /** Does something in the reactor's thread, behind the tasks given before, and waits for what comes out. */
    public static <T> T call(Reactor reactor, Callable<T> work) {
        var result = new CompletableFuture<T>();
        reactor.post(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return Background.call("waiting for the reactor", result::get).result();
    }
}
