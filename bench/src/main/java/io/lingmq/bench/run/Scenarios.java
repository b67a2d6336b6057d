package io.lingmq.bench.run;

import java.util.ArrayList;
import java.util.List;

/** All scenarios. */
public final class Scenarios {
    /** Sizes of messages in bytes. */
    public static final List<Integer> SIZES = List.of(16, 64, 256, 1024, 16_384, 65_536);
    /** Sizes that go through a proxy. */
    public static final List<Integer> PROXIED_SIZES = List.of(64, 1024);
    /** Numbers of subscribers of one publisher. */
    public static final List<Integer> SUBSCRIBERS = List.of(1, 8, 100);
    /** Numbers of connected peers. */
    public static final List<Integer> PEERS = List.of(1, 10, 100, 1000, 5000);
    /** Numbers of silent peers beside a busy one. */
    public static final List<Integer> BYSTANDERS = List.of(0, 1, 10, 100, 1000);
    /** Numbers of topics that one subscriber asks for. */
    public static final List<Integer> TOPICS = List.of(1, 1000, 1_000_000);
    /** Transports between processes. */
    public static final List<String> TRANSPORTS = List.of("tcp", "ipc");

    /** Where the CPU that silent peers use is measured. */
    public static final int SILENT_PEERS = 100;

    private static final int SMALL = 16;
    private static final int USUAL = 64;
    private static final int SILENCE_SECONDS = 5;
    /** More would be beyond the descriptors that a process may have, some libraries taking several for a socket. */
    private static final int PEERS_OF_A_PROCESS = 1000;

    private static final long FEW_ROUND_TRIPS = 60_000;
    private static final long MANY_ROUND_TRIPS = 300_000;
    private static final long MOST_MESSAGES = 6_000_000;
    private static final long MOST_BYTES = 2_000_000_000;
    private static final long DELIVERIES = 4_000_000;
    private static final long TOPIC_MESSAGES = 1_000_000;

    private Scenarios() {}

    /** Every scenario, in the order of the report. */
    public static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        for (var transport : TRANSPORTS) {
            SIZES.forEach(size -> all.add(throughput(transport, size)));
        }
        TRANSPORTS.forEach(transport -> all.add(latency(transport)));
        all.add(new Scenario(
                "inproc-thr", (at, scale) -> List.of(Role.ends("inproc-thr", SMALL, scale.messages(10_000_000)))));
        all.add(new Scenario(
                "inproc-lat",
                (at, scale) -> List.of(Role.ends("inproc-lat", SMALL, scale.messages(MANY_ROUND_TRIPS)))));
        SUBSCRIBERS.forEach(count -> all.add(fanOut(count)));
        PROXIED_SIZES.forEach(size -> all.add(proxy(size)));
        PEERS.forEach(count -> all.add(peers(count)));
        BYSTANDERS.forEach(count -> all.add(bystanders(count)));
        TOPICS.forEach(count -> all.add(topics(count)));
        return List.copyOf(all);
    }

    /** Those that the words mean; all if there are no words. */
    public static List<Scenario> named(List<String> words) {
        for (var word : words) {
            if (all().stream().noneMatch(scenario -> scenario.isMeantBy(word))) {
                throw new IllegalArgumentException("there is no scenario '" + word + "'; --list names them");
            }
        }
        return all().stream()
                .filter(scenario -> words.isEmpty() || words.stream().anyMatch(scenario::isMeantBy))
                .toList();
    }

    private static long messagesOf(int size) {
        return Math.min(MOST_MESSAGES, MOST_BYTES / size);
    }

    private static Scenario throughput(String transport, int size) {
        return new Scenario(transport + "-thr-" + size, (at, scale) -> {
            var endpoint = at.fresh(transport);
            var count = scale.messages(messagesOf(size));
            return List.of(Role.ends("thr-recv", endpoint, size, count), Role.ends("thr-send", endpoint, size, count));
        });
    }

    private static Scenario latency(String transport) {
        return new Scenario(transport + "-lat", (at, scale) -> {
            var endpoint = at.fresh(transport);
            var count = scale.messages(FEW_ROUND_TRIPS);
            return List.of(Role.ends("lat-rep", endpoint, SMALL, count), Role.ends("lat-req", endpoint, SMALL, count));
        });
    }

    private static Scenario fanOut(int subscribers) {
        return new Scenario("fan-" + subscribers, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            var count = scale.messages(DELIVERIES / subscribers);
            return List.of(
                    Role.ends("fan-sub", endpoint, USUAL, count, subscribers),
                    Role.ends("fan-pub", endpoint, USUAL, count, subscribers));
        });
    }

    private static Scenario proxy(int size) {
        return new Scenario("proxy-" + size, (at, scale) -> {
            var front = at.fresh("tcp");
            var back = at.fresh("tcp");
            var count = scale.messages(messagesOf(size) / 2);
            return List.of(
                    Role.ends("thr-recv", back, size, count),
                    Role.stays("proxy", front, back),
                    Role.ends("thr-send", front, size, count));
        });
    }

    private static Scenario peers(int full) {
        return new Scenario("peers-" + full, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            var count = scale.many(full);
            var seconds = full == SILENT_PEERS ? SILENCE_SECONDS : 0;
            var roles = new ArrayList<>(List.of(Role.ends("conns", endpoint, count, seconds)));
            for (var left = count; left > 0; left -= PEERS_OF_A_PROCESS) {
                roles.add(Role.stays("conns-cli", endpoint, Math.min(left, PEERS_OF_A_PROCESS)));
            }
            return roles;
        });
    }

    private static Scenario bystanders(int full) {
        return new Scenario("beside-" + full, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            var idle = scale.many(full);
            var count = scale.messages(messagesOf(USUAL) / 2);
            var sender = Role.ends("thr-send", endpoint, USUAL, count);
            if (idle == 0) {
                return List.of(Role.ends("thr-recv", endpoint, USUAL, count), sender);
            }
            // The receiver announces that it has heard all the others, so they start between the two.
            return List.of(
                    Role.stays("idle", endpoint, idle),
                    Role.announces("thr-recv", endpoint, USUAL, count, idle),
                    sender);
        });
    }

    private static Scenario topics(int full) {
        return new Scenario("topics-" + full, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            var topics = scale.many(full);
            var count = scale.messages(TOPIC_MESSAGES);
            return List.of(
                    Role.ends("topics-sub", endpoint, USUAL, count, topics),
                    Role.ends("topics-pub", endpoint, USUAL, count, topics));
        });
    }

    /** The names of all scenarios. */
    public static List<String> names() {
        return all().stream().map(Scenario::name).toList();
    }
}
