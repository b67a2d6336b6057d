package io.lingmq;

import io.lingmq.message.Message;
import java.util.concurrent.CompletionStage;

/**
 * Answers the requests of a {@link Replier}, each when its reply is there, without holding a thread meanwhile.
 * Threading: called on its executor, for many requests at once.
 */
@FunctionalInterface
public interface AsyncRequestHandler {
    /**
     * Begins to answer a request.
     *
     * @param request without its envelope
     * @return completes with the reply; a null, of the stage or in it, counts as a failure. A stage that never
     *     completes keeps its place among the requests in hand for ever
     * @throws Exception or anything else if there is none: then an error reply is sent
     */
    CompletionStage<Message> handle(Message request) throws Exception;
}
