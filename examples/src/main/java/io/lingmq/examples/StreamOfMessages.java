package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;

/** Reads a socket as a stream that takes a message when it has done the one before, which holds up the sender. */
public final class StreamOfMessages {
    private StreamOfMessages() {}

    /** Does one message at a time. */
    private static final class OneByOne implements Flow.Subscriber<Message> {
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        @SuppressWarnings("NullAway.Init") // onSubscribe is called first
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            subscription.request(1);
        }

        @Override
        public void onNext(Message message) {
            told.add("done: " + message.text());
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            told.add("failed: " + failure);
        }

        @Override
        public void onComplete() {
            told.add("the socket is closed");
        }
    }

    /** Fills a socket that nobody reads, then subscribes to it. */
    public static void main(String... args) throws InterruptedException {
        var subscriber = new OneByOne();
        try (var context = Context.open();
                var push = context.push(Settings.of(Options.SEND_HWM, 2))) {
            push.connect("inproc://work");
            try (var pull = context.pull(Settings.of(Options.RECEIVE_HWM, 2))) {
                pull.bind("inproc://work");
                var sent = 0;
                while (push.trySend(Message.of("job " + (sent + 1)))) {
                    sent++;
                }
                System.out.println("sent: " + sent + ", then there was no room");

                pull.publisher().subscribe(subscriber);
                for (var i = 0; i < sent; i++) {
                    System.out.println(subscriber.told.take());
                }
            }
            System.out.println(subscriber.told.take());
        }
    }
}
