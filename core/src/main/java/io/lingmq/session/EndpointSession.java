package io.lingmq.session;

import java.util.concurrent.CompletableFuture;

/**
 * What a socket holds for each endpoint that it bound or connected.
 *
 * <p>Threading: any thread.
 */
public interface EndpointSession {
    /** The endpoint as the user knows it. */
    String endpoint();

    /**
     * Ends the endpoint. Messages that are not sent yet have the given time to leave, in the background; a second call
     * can shorten the time.
     */
    void close(long lingerNs);

    /**
     * What its peers have sent and the socket has not received is thrown away, and counted: before {@link #close},
     * where the application has chosen to part with them.
     */
    default void discard() {}

    /** Completes when nothing of the endpoint is left, with the number of messages that could not leave. */
    CompletableFuture<Long> finished();

    /** Completes when new peers cannot come any more and the address is free; sooner than {@link #finished}. */
    CompletableFuture<Void> released();

    /** Whether it has ended by itself, or has been closed, so that there is nothing left to close. */
    default boolean isOver() {
        return false;
    }
}
