package io.lingmq.socket;

import io.lingmq.reactor.Reactor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for something to be over. An interrupt does not end the wait, since who closes must not lose messages for it;
 * the thread is interrupted afterwards, as it was before. An I/O thread does not wait: what it waits for may be its own
 * work.
 */
final class Completion {
    private Completion() {}

    /** Waits at most the given time; true if it is over, be it with a failure. */
    static boolean within(long timeoutNs, CompletableFuture<?> future) {
        var beginNs = System.nanoTime();
        var interrupted = false;
        try {
            while (!future.isDone() && !Reactor.isIoThread()) {
                try {
                    future.get(Math.max(0, timeoutNs - (System.nanoTime() - beginNs)), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    return false;
                } catch (ExecutionException e) {
                    return true;
                }
            }
            return future.isDone();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
