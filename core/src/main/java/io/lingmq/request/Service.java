package io.lingmq.request;

import io.lingmq.message.Message;
import java.util.concurrent.CompletionStage;

/** What a replier does with each request: the handler of the application, whatever its form is. */
@FunctionalInterface
public interface Service {
    /** Begins to serve a request; the stage completes with the reply. May throw anything. */
    CompletionStage<Message> serve(Message request) throws Exception;
}
