package io.lingmq.torture;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.SubSocket;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A publisher and subscribers of different topics and speeds, beside one that subscribes and cancels without a pause.
 * What a subscriber misses was counted for it, exactly; with XPUB_NO_DROP nobody misses anything.
 */
final class PublishScenario implements Scenario {
    @Override
    public Set<Promise> checks() {
        return EnumSet.of(
                Promise.PUBLISH_FULL,
                Promise.PUBLISH_NO_PEER,
                Promise.PUBLISH_INTERRUPT,
                Promise.PUBLISH_CANCEL,
                Promise.PUBLISH_CLOSE,
                Promise.PUBLISH_CONTEXT_CLOSE);
    }

    @Override
    public void run(Turn turn) throws Exception {
        new Play(turn).play();
        turn.kept(checks().toArray(new Promise[0]));
    }

    private static final class Play {
        private final Turn turn;
        private final boolean noDrop;
        private final Way way;
        private final Context near;
        private final Context far;
        private final AnySocket publisher;
        private final String endpoint;
        private final Map<TrafficLedger, String> ledgers = new LinkedHashMap<>();
        private final List<ParcelReceiver> reading = new ArrayList<>();
        private final List<TurnTask> receiving = new ArrayList<>();

        Play(Turn turn) {
            this.turn = turn;
            noDrop = turn.chance(40);
            way = turn.oneOf(Way.values());
            near = turn.keep(Context.builder()
                    .socketDefault(Options.LINGER, Duration.ofSeconds(30))
                    .open());
            far = way == Way.INPROC ? near : turn.keep(Context.open());
            publisher = near.socket(noDrop ? SocketType.XPUB : SocketType.PUB);
            publisher.set(Options.SEND_HWM, turn.between(1, 30));
            if (noDrop) {
                publisher.set(Options.XPUB_NO_DROP, true);
            }
            endpoint = publisher.bind(way.endpoint());
            turn.note("over " + way + ", no drop " + noDrop);
        }

        void play() throws Exception {
            publisher.send("to nobody");
            for (var i = turn.between(1, 4); i > 0; i--) {
                subscribe(turn.oneOf("", "a", "ab", "b"));
            }
            turn.await(
                    "all have subscribed",
                    () -> publisher.statistics().peers() == ledgers.size()
                            && publisher.statistics().subscriptions()
                                    == ledgers.values().stream().distinct().count() + ledgers.size());
            var fickle = turn.start("subscribing", this::subscribeAndCancel);
            var publishing = new ArrayList<TurnTask>();
            for (var i = turn.between(1, 3); i > 0; i--) {
                publishing.add(turn.start("publishing", new Publishing(turn, "publisher " + i, publisher, ledgers)));
            }
            var all = new ArrayList<>(publishing);
            all.addAll(receiving);
            turn.join(List.of(
                    Troubles.interrupts(turn, all), fickle, turn.start("reading subscriptions", this::readReports)));
            turn.stop(publishing);
            end();
        }

        private void subscribe(String topic) {
            SubSocket subscriber = far.sub();
            subscriber.set(Options.RECEIVE_HWM, turn.between(1, 30));
            subscriber.subscribe(topic.getBytes(StandardCharsets.UTF_8));
            subscriber.subscribe("y" + ledgers.size()); // nobody publishes that; it tells when this one is heard
            subscriber.connect(endpoint);
            turn.note(() -> "subscriber to '" + topic + "' " + Counted.told(List.of(subscriber)));
            var ledger = turn.ledger("subscriber to '" + topic + "' " + ledgers.size());
            ledgers.put(ledger, topic);
            var reader = ledger.reader(true);
            var work =
                    new ParcelReceiver(turn, subscriber, message -> reader.note(message, 1)).slow(turn.oneOf(0, 5, 30));
            reading.add(work);
            receiving.add(turn.start("receiving", work));
        }

        /** Topics that nobody publishes: they must neither disturb the others nor be counted. */
        private Void subscribeAndCancel() throws InterruptedException {
            try (SubSocket fickle = far.sub()) {
                fickle.connect(endpoint);
                for (var n = 0; turn.goesOn(); n++) {
                    fickle.subscribe("z" + n % 7);
                    fickle.unsubscribe("z" + n % 7);
                    if (n % 50 == 0) {
                        Pauses.ms(1);
                    }
                }
            }
            return null;
        }

        /** An XPUB refuses a peer whose subscriptions its application leaves unread for too long. */
        private Void readReports() throws InterruptedException {
            while (noDrop && turn.goesOn()) {
                publisher.receive(Duration.ofMillis(10));
            }
            return null;
        }

        /** The publisher goes, subscribers read to the end. */
        private void end() throws InterruptedException {
            var last = new Publishing(turn, "last words", publisher, ledgers);
            for (var i = 0; i < 30; i++) {
                last.publish();
            }
            if (way == Way.INPROC) {
                publisher.close();
            } else {
                Counted.assertEqual(
                        "what the close tells as lost",
                        0,
                        near.close(Duration.ofSeconds(40)).lost());
            }
            var publishers = List.of(publisher);
            turn.note("publisher " + Counted.told(publishers));
            var all = List.copyOf(ledgers.keySet());
            turn.await("all arrives", () -> TrafficLedger.missing(all) <= Counted.dropped(publisher));
            reading.forEach(ParcelReceiver::stop);
            turn.stop(receiving);
            TrafficLedger.settle(all, Counted.dropped(publisher), 0);
            if (noDrop && Counted.dropped(publisher) > 0) {
                throw new AssertionError("dropped in spite of XPUB_NO_DROP: " + Counted.told(publishers));
            }
        }
    }
}
