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
    public void play(Stage stage) throws InterruptedException {
        var first = stage.tcp(5563);
        var second = stage.tcp(5564);
        try (var subscriber = stage.context().sub();
                var present = stage.context().pub();
                var absent = stage.context().pub()) {
            present.bind(first.bind());
            subscriber.connect(first.connect());
            subscriber.connect(second.connect());
            subscriber.subscribe("B");
            stage.says(
                    "subscriber",
                    "connects to " + first.connect() + " and to " + second.connect()
                            + ", which is not there, and asks for \"B\"");
            awaitSubscription(stage, present);
            publish(present, "1");
            stage.says("publisher1", "publishes to A and to B");
            expect(stage, subscriber, "1");
            absent.bind(second.bind());
            awaitSubscription(stage, absent);
            publish(absent, "2");
            stage.says("publisher2", "comes, is asked for \"B\" too, and publishes to A and to B");
            expect(stage, subscriber, "2");
            stage.check(subscriber.tryReceive() == null, "the subscriber received more than it asked for");
        }
    }

    private static void awaitSubscription(Stage stage, PubSocket publisher) throws InterruptedException {
        stage.await("the subscription", () -> publisher.statistics().subscriptions() > 0);
    }

    private static void publish(PubSocket publisher, String number) throws InterruptedException {
        publisher.send("A", number + ":" + UNWANTED);
        publisher.send("B", number + ":" + WANTED);
    }

    private static void expect(Stage stage, SubSocket subscriber, String number) throws InterruptedException {
        var message = stage.expect(subscriber, "the subscriber", "B", number + ":" + WANTED);
        stage.says("subscriber", "[" + message.text(0) + "] " + message.text(1));
    }
}
