package io.lingmq.simulation;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Publishers and subscribers: each subscriber gets what it wants, in order, and nothing else. */
final class PublishCast implements Cast {
    private static final String[] TOPICS = {"a", "ab", "abc", "b", "bc", ""};
    private static final int MOST_AT_ONCE = 10;
    /** Subscriptions need a while to reach a publisher. */
    private static final long SUBSCRIBED_NS = 1_000_000_000;

    private final World world;
    private final VirtualNetwork network;
    private final Forwarder proxy;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private boolean sends = true;
    private boolean changes = true;
    private long calmNs = Long.MAX_VALUE;
    private long countedBefore;
    private long received;

    private final class Publisher {
        private final Player player;
        /** What was published since all is calm, by its number. */
        private final Map<Integer, String> calmTopics = new LinkedHashMap<>();

        private int count;

        Publisher(String host, SocketType type) {
            player = new Player(world, network, host, type, Dice.settings(world)).plays(this::play);
        }

        private void play() {
            if (player.type == SocketType.XPUB) {
                while (player.socket().tryReceive() != null) {
                    world.note(2);
                }
            }
            for (var i = world.random.nextInt(MOST_AT_ONCE); sends && i >= 0; i--) {
                var topic = TOPICS[world.random.nextInt(TOPICS.length)] + (world.chance(0.3) ? "z" : "");
                var body = ByteBuffer.allocate(4).putInt(count).array();
                if (!player.socket().trySend(Message.of(topic.getBytes(StandardCharsets.UTF_8), body))) {
                    return;
                }
                if (world.nowNs() - SUBSCRIBED_NS >= calmNs) {
                    calmTopics.put(count, topic);
                }
                count++;
            }
        }
    }

    private final class Subscriber {
        private final Player player;
        private final TreeSet<String> topics = new TreeSet<>();
        /** All that were ever subscribed to: an XSUB gets what was published before the publisher heard of a change. */
        private final TreeSet<String> ever = new TreeSet<>();

        private final Map<String, List<Integer>> runs = new HashMap<>();
        private final Map<String, TreeSet<Integer>> got = new HashMap<>();

        Subscriber(String host, SocketType type) {
            topics.add(TOPICS[world.random.nextInt(TOPICS.length)]);
            player = new Player(world, network, host, type, Dice.settings(world))
                    .plays(this::play)
                    .whenOpened(this::subscribeAll);
        }

        private void subscribeAll() {
            ever.addAll(topics);
            topics.forEach(topic -> player.socket().subscribe(topic.getBytes(StandardCharsets.UTF_8)));
        }

        private void play() {
            for (var i = 0; i < 3 * MOST_AT_ONCE; i++) {
                var message = player.socket().tryReceive();
                if (message == null) {
                    break;
                }
                received++;
                hasCome(message);
            }
            if (changes && world.chance(0.05)) {
                change(TOPICS[world.random.nextInt(TOPICS.length)]);
            }
        }

        private void change(String topic) {
            var octets = topic.getBytes(StandardCharsets.UTF_8);
            ever.add(topic);
            if (topics.add(topic)) {
                player.socket().subscribe(octets);
            } else if (topics.size() > 1) {
                topics.remove(topic);
                player.socket().unsubscribe(octets);
            }
        }

        private boolean wants(String topic) {
            return topics.stream().anyMatch(topic::startsWith);
        }

        private void hasCome(Message message) {
            var topic = message.text(0);
            var number = ByteBuffer.wrap(message.bytes(1)).getInt();
            world.note(number);
            if (!(player.type == SocketType.SUB ? wants(topic) : ever.stream().anyMatch(topic::startsWith))) {
                world.violated(player + " has got a message of topic '" + topic + "', and has subscribed to " + topics);
            }
            note(number);
        }

        private void note(int number) {
            var publisher = publishers.get(0).player.host;
            if (!got.computeIfAbsent(publisher, unused -> new TreeSet<>()).add(number)) {
                world.violated(player + " has got message " + number + " of " + publisher + " a second time");
            }
            var ends = runs.computeIfAbsent(player.lives() + publisher, unused -> new ArrayList<>());
            for (var i = 0; i < ends.size(); i++) {
                if (ends.get(i) < number) {
                    ends.set(i, number);
                    return;
                }
            }
            ends.add(number);
            if (ends.size() > links(publisher)) {
                world.violated(player + " has got message " + number + " of " + publisher + " out of order");
            }
        }

        private long links(String publisher) {
            var links = 1L;
            for (var leg : network.legs(publisher, proxy == null ? null : proxy.player().host, player.host)) {
                links *= leg.links;
            }
            return links;
        }

        private long missing(Publisher publisher) {
            var have = got.getOrDefault(publisher.player.host, new TreeSet<>());
            return publisher.calmTopics.entrySet().stream()
                    .filter(entry -> wants(entry.getValue()) && !have.contains(entry.getKey()))
                    .count();
        }
    }

    /** One publisher, and subscribers; or with X the raw types. Perhaps a proxy of XSUB and XPUB between them. */
    PublishCast(World world, VirtualNetwork network, int number, int count, boolean byProxy) {
        this.world = world;
        this.network = network;
        proxy = byProxy ? new Forwarder(world, network, "x" + number, SocketType.XSUB, SocketType.XPUB) : null;
        var publisher = new Publisher("b" + number, world.chance(0.5) ? SocketType.PUB : SocketType.XPUB);
        publishers.add(publisher);
        var at = byProxy ? proxy.back() : publisher.player.bindsTo("1").address();
        if (byProxy) {
            publisher.player.connectsTo(proxy.front());
        }
        for (var i = 0; i < count; i++) {
            var subscriber =
                    new Subscriber("u" + number + "-" + i, world.chance(0.7) ? SocketType.SUB : SocketType.XSUB);
            subscriber.player.connectsTo(at);
            subscribers.add(subscriber);
        }
    }

    @Override
    public List<Player> players() {
        var all = new ArrayList<Player>();
        publishers.forEach(publisher -> all.add(publisher.player));
        subscribers.forEach(subscriber -> all.add(subscriber.player));
        if (proxy != null) {
            all.add(proxy.player());
        }
        return all;
    }

    @Override
    public boolean isQuiet() {
        return players().stream().allMatch(player -> player.unsent() == 0);
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public void calm() {
        calmNs = world.nowNs();
        changes = false;
        countedBefore = counted();
    }

    @Override
    public void stopSending() {
        sends = false;
    }

    /** What is lost on the way to a proxy is so for all subscribers. */
    private long counted() {
        var atPublishers = publishers.stream()
                .mapToLong(publisher -> publisher.player.dropped(DropReason.SUBSCRIBER_FULL, DropReason.UNSENT))
                .sum();
        return proxy == null
                ? atPublishers
                : atPublishers * subscribers.size()
                        + proxy.player().dropped(DropReason.SUBSCRIBER_FULL, DropReason.UNSENT);
    }

    @Override
    public void check() {
        var counted = counted() - countedBefore;
        var missing = 0L;
        for (var subscriber : subscribers) {
            for (var publisher : publishers) {
                missing += subscriber.missing(publisher);
            }
        }
        if (missing > counted) {
            world.violated("of what was published after the last trouble " + missing + " messages are missing, and "
                    + counted + " counted");
        }
    }
}
