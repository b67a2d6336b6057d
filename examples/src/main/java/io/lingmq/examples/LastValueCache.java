package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.Interest;
import io.lingmq.Poller;
import io.lingmq.SubSocket;
import io.lingmq.XPubSocket;
import io.lingmq.error.ClosedException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A broker that passes on what is published, and welcomes each new subscriber with the last value of its topic. */
public final class LastValueCache {
    private static final byte SUBSCRIBE = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SubSocket publishers;
    private final XPubSocket subscribers;
    private final Map<String, Message> last = new HashMap<>();

    private LastValueCache(SubSocket publishers, XPubSocket subscribers) {
        this.publishers = publishers;
        this.subscribers = subscribers;
    }

    /** Runs the broker, a publisher, a subscriber that is early and one that is late. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var inward = context.sub();
                var outward = context.xpub()) {
            inward.bind("inproc://publishers");
            inward.subscribe("");
            outward.set(Options.XPUB_VERBOSE, true); // tell of each subscriber, not only of the first of a topic
            outward.bind("inproc://subscribers");
            var cache = new LastValueCache(inward, outward);
            new Thread(() -> cache.run(context.poller())).start();

            try (var publisher = context.pub();
                    var early = subscriber(context);
                    var late = context.sub()) {
                publisher.connect("inproc://publishers");
                publisher.awaitSubscriptions(1, PATIENCE);
                outward.awaitSubscriptions(1, PATIENCE);
                publisher.send("oslo", "-4 °C");
                System.out.println("early: " + early.receive().text(1));

                late.connect("inproc://subscribers");
                late.subscribe("oslo");
                System.out.println("late:  " + late.receive().text(1));

                publisher.send("oslo", "-5 °C");
                System.out.println("late:  " + late.receive().text(1));
            }
        }
    }

    private static SubSocket subscriber(Context context) {
        var subscriber = context.sub();
        subscriber.subscribe("oslo");
        subscriber.connect("inproc://subscribers");
        return subscriber;
    }

    private void run(Poller poller) {
        try (poller) {
            poller.add(publishers, Interest.READ);
            poller.add(subscribers, Interest.READ);
            while (true) {
                for (var ready : poller.poll()) {
                    if (ready.is(publishers)) {
                        pass(publishers.receive());
                    } else {
                        welcome(subscribers.receive());
                    }
                }
            }
        } catch (ClosedException e) {
            // Its sockets are closed, and with them it ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Message value) throws InterruptedException {
        last.put(value.text(0), value);
        subscribers.send(value);
    }

    private void welcome(Message subscription) throws InterruptedException {
        var octets = subscription.bytes();
        var value = last.get(subscription.text().substring(1));
        if (octets[0] == SUBSCRIBE && value != null) {
            subscribers.send(value); // those who were there hear it once more
        }
    }
}
