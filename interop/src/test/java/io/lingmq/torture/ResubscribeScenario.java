package io.lingmq.torture;

import io.lingmq.Context;
import io.lingmq.PubSocket;
import io.lingmq.SubSocket;
import io.lingmq.option.Options;
import io.lingmq.testkit.FaultProxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Subscribers that change their minds while their connections are cut. In the meantime they miss what they miss, but
 * nothing comes twice or damaged; and after the last cut the publisher has exactly the subscriptions that they hold
 * now: one that was cancelled is not left behind, one that was made is not forgotten.
 */
final class ResubscribeScenario implements Scenario {
    @Override
    public Set<Promise> checks() {
        return EnumSet.of(Promise.PUBLISH_RECONNECT);
    }

    @Override
    public void run(Turn turn) throws Exception {
        var context = turn.keep(Context.builder()
                .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(1))
                .socketDefault(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(50))
                .socketDefault(Options.LINGER, Duration.ZERO)
                .open());
        var publisher = context.pub();
        publisher.set(Options.SEND_HWM, turn.between(1, 30));
        var proxy = turn.keep(FaultProxy.to(publisher.bind("tcp://127.0.0.1:*")));
        var subscriber = context.sub();
        subscriber.subscribe("a");
        subscriber.connect(proxy.endpoint());
        var ledger = turn.ledger("subscriber");
        var reader = ledger.reader(false);
        var reading = new ParcelReceiver(turn, subscriber, message -> reader.note(message, 1));
        var receiving = turn.start("receiving", reading);
        var publishing = turn.start("publishing", new Publishing(turn, "publisher", publisher, Map.of(ledger, "a")));
        Set<String> held = ConcurrentHashMap.newKeySet();
        var changing = turn.start("subscribing", () -> change(turn, subscriber, held));
        var random = turn.random();
        var cutting = turn.start("cutting", () -> {
            while (turn.goesOn()) {
                Pauses.ms(random.nextInt(40));
                if (random.nextBoolean()) {
                    proxy.cut();
                } else {
                    proxy.cutAfter(FaultProxy.Direction.FROM_CLIENT, random.nextInt(2000));
                }
            }
            return null;
        });
        turn.join(List.of(changing, cutting));
        turn.stop(List.of(publishing));
        proxy.cutAfter(FaultProxy.Direction.FROM_CLIENT, Long.MAX_VALUE / 2);
        var wanted = new TreeSet<>(held);
        wanted.add("a");
        turn.note("holds " + wanted + ", " + proxy.accepted() + " connections");
        reading.stop();
        turn.stop(List.of(receiving));
        hearTheLast(turn, publisher, subscriber, wanted);
        turn.await(
                "the publisher has " + wanted.size() + " topics",
                () -> publisher.statistics().subscriptions() == wanted.size());
        ledger.assertSound();
        turn.kept(Promise.PUBLISH_RECONNECT);
    }

    private static Void change(Turn turn, SubSocket subscriber, Set<String> held) {
        var random = turn.random();
        while (turn.goesOn()) {
            var topic = "t" + random.nextInt(20) + ";";
            if (held.remove(topic)) {
                subscriber.unsubscribe(topic);
            } else {
                held.add(topic);
                subscriber.subscribe(topic);
            }
            Pauses.aMoment(random);
        }
        return null;
    }

    /** Each topic that is held is heard, if not at once: the last cut may not have been noticed yet. */
    private static void hearTheLast(Turn turn, PubSocket publisher, SubSocket subscriber, Set<String> wanted)
            throws InterruptedException {
        for (var topic : wanted) {
            var endNs = System.nanoTime() + Turn.PATIENCE.toNanos();
            var heard = false;
            while (!heard) {
                publisher.send(topic, "the last");
                for (var message = subscriber.receive(Duration.ofMillis(100)); message != null && !heard; ) {
                    heard = message.text(1).equals("the last") && message.text().equals(topic);
                    message = subscriber.tryReceive();
                }
                if (System.nanoTime() - endNs > 0) {
                    throw new AssertionError("not heard: " + topic);
                }
            }
        }
        turn.note("all heard");
    }
}
