package io.lingmq.cli.demo;

import io.lingmq.PubSocket;
import io.lingmq.SubSocket;

/** A subscriber of two publishers, one of which is not there yet. */
final class PublishSubscribe implements Scene {
    private static final String UNWANTED = "We don't want to see this";
    private static final String WANTED = "We would like to see this";

    @Override
    public String title() {
        return "Publish and subscribe, one of two publishers absent at first";
    }

    @Override
    public void play(SceneRun run) throws InterruptedException {
        var first = run.tcp(5563);
        var second = run.tcp(5564);
        try (var subscriber = run.context().sub();
                var present = run.context().pub();
                var absent = run.context().pub()) {
            present.bind(first.bind());
            subscriber.connect(first.connect());
            subscriber.connect(second.connect());
            subscriber.subscribe("B");
            run.says(
                    "subscriber",
                    "connects to " + first.connect() + " and to " + second.connect()
                            + ", which is not there, and asks for \"B\"");
            run.awaitSubscriber(present);
            publish(present, "1");
            run.says("publisher1", "publishes to A and to B");
            expect(run, subscriber, "1");
            absent.bind(second.bind());
            run.awaitSubscriber(absent);
            publish(absent, "2");
            run.says("publisher2", "comes, is asked for \"B\" too, and publishes to A and to B");
            expect(run, subscriber, "2");
            run.check(subscriber.tryReceive() == null, "the subscriber received more than it asked for");
        }
    }

    private static void publish(PubSocket publisher, String number) throws InterruptedException {
        publisher.send("A", number + ":" + UNWANTED);
        publisher.send("B", number + ":" + WANTED);
    }

    private static void expect(SceneRun run, SubSocket subscriber, String number) throws InterruptedException {
        var message = run.expect(subscriber, "the subscriber", "B", number + ":" + WANTED);
        run.says("subscriber", "[" + message.text(0) + "] " + message.text(1));
    }
}
