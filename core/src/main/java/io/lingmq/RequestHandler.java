package io.lingmq;

import io.lingmq.message.Message;

/** Answers the requests of a {@link Replier}. Threading: called on its executor, for many requests at once. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Answers a request.
     *
     * @param request without its envelope
     * @return the reply; a null counts as a failure
     * @throws Exception or anything else if there is none: then an error reply is sent
     */
    Message handle(Message request) throws Exception;
}
