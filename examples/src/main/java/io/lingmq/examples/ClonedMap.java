package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.PubSocket;
import io.lingmq.Requester;
import io.lingmq.message.Message;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/** Keeps a copy of a server's map: a snapshot that is asked for, and the numbered updates since. */
public final class ClonedMap {
    private ClonedMap() {}

    /** The map that others copy. */
    private static final class Original {
        private final PubSocket updates;
        private final Map<String, String> values = new TreeMap<>();
        private long number;

        Original(PubSocket updates) {
            this.updates = updates;
        }

        synchronized void put(String key, String value) throws InterruptedException {
            values.put(key, value);
            number++;
            updates.send(String.valueOf(number), key, value); // under the lock: in the order of the numbers
        }

        synchronized Message snapshot() {
            var snapshot = Message.builder().add(String.valueOf(number));
            values.forEach((key, value) -> snapshot.add(key).add(value));
            return snapshot.build();
        }
    }

    /** The copy. One thread uses it. */
    private static final class Copy {
        private final Requester server;
        private final Map<String, String> values = new TreeMap<>();
        private long number;

        Copy(Requester server) {
            this.server = server;
        }

        void update(Message update) throws InterruptedException {
            var next = Long.parseLong(update.text(0));
            if (next <= number) {
                return; // the snapshot has it
            }
            if (next > number + 1) {
                load(); // some were lost: begin anew
            } else {
                number = next;
                values.put(update.text(1), update.text(2));
            }
        }

        void load() throws InterruptedException {
            var snapshot = server.request("snapshot");
            number = Long.parseLong(snapshot.text(0));
            values.clear();
            for (var i = 1; i < snapshot.frameCount(); i += 2) {
                values.put(snapshot.text(i), snapshot.text(i + 1));
            }
        }
    }

    /** Runs the server and a client that copies its map. */
    public static void main(String... args) throws InterruptedException {
        var executor = Executors.newSingleThreadExecutor();
        try (var context = Context.open();
                var publisher = context.pub();
                var subscriber = context.sub();
                var requester = context.requester()) {
            var original = new Original(publisher);
            publisher.bind("inproc://updates");
            try (var replier = context.replier(request -> original.snapshot(), executor)) {
                replier.bind("inproc://snapshots");
                original.put("oslo", "-4 °C");

                subscriber.subscribe(""); // first the updates,
                subscriber.connect("inproc://updates");
                requester.connect("inproc://snapshots");
                publisher.awaitSubscriptions(1, Duration.ofSeconds(10));
                original.put("rome", "12 °C"); // (in the updates and in the snapshot)
                var copy = new Copy(requester);
                copy.load(); // then the snapshot
                System.out.println(copy.number + ": " + copy.values);

                original.put("oslo", "-5 °C");
                while (copy.number < 3) {
                    copy.update(subscriber.receive());
                }
                System.out.println(copy.number + ": " + copy.values);

                original.put("rome", "13 °C");
                subscriber.receive(); // one update is lost
                original.put("bern", "3 °C");
                copy.update(subscriber.receive());
                System.out.println(copy.number + ": " + copy.values);
            }
        } finally {
            executor.shutdown();
        }
    }
}
