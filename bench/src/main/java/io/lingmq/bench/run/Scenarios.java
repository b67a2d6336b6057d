package io.lingmq.bench.run;

import java.util.ArrayList;
import java.util.List;

/**
 * All scenarios.
 *
 * <p>Those who connect start when the other side listens: how each library comes back from a refused connection is not
 * what is measured here.
 */
public final class Scenarios {
    /** Sizes of messages in bytes over tcp. */
    public static final List<Integer> TCP_SIZES =
            List.of(16, 64, 1024, 4096, 8192, 16_384, 65_536, 1_048_576, 16_777_216);
    /** Sizes over ipc. */
    public static final List<Integer> IPC_SIZES = List.of(64, 1024, 65_536);
    /** Sizes that go through a proxy. */
    public static final List<Integer> PROXIED_SIZES = List.of(64, 1024);
    /** Clients of one server. */
    public static final List<Requests> REQUESTS = List.of(new Requests(1, 8), new Requests(1, 64), new Requests(10, 8));
    /** Threads that each ask and wait for the answer. */
    public static final int CALLERS = 100;
    /** Numbers of subscribers of one publisher. */
    public static final List<Integer> SUBSCRIBERS = List.of(8, 100);
    /** Numbers of connected peers. */
    public static final List<Integer> PEERS = List.of(10, 100, 1000, 5000);
    /** Numbers of silent peers beside a busy one; throughput over tcp is the same without any. */
    public static final List<Integer> BYSTANDERS = List.of(1000);
    /** Numbers of topics that one subscriber asks for. */
    public static final List<Integer> TOPICS = List.of(1, 1000, 1_000_000);

    /** Where the CPU that silent peers use is measured. */
    public static final int SILENT_PEERS = 100;

    private static final List<Contender> JAVA = List.of(Contender.LINGMQ, Contender.JEROMQ);
    private static final int VIRTUAL_THREADS_JDK = 21;
    private static final int SMALL = 16;
    private static final int USUAL = 64;
    private static final int SILENCE_SECONDS = 5;
    /** More would be beyond the descriptors that a process may have, some libraries taking several for a socket. */
    private static final int PEERS_OF_A_PROCESS = 1000;

    /**
     * How many requests are on the way.
     *
     * @param clients how many ask
     * @param window how many requests of each have no answer yet
     */
    public record Requests(int clients, int window) {
        /** As in {@code 10x8}. */
        @Override
        public String toString() {
            return clients + "x" + window;
        }
    }

    private Scenarios() {}

    /** Every scenario, near to those that it is compared with: a host is not the same for long. */
    public static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        TCP_SIZES.forEach(size -> all.add(throughput("tcp", size)));
        BYSTANDERS.forEach(count -> all.add(bystanders(count)));
        IPC_SIZES.forEach(size -> all.add(throughput("ipc", size)));
        all.add(latency("tcp"));
        all.add(latency("ipc"));
        all.addAll(PacedScenarios.all());
        REQUESTS.forEach(requests -> all.add(requests(requests)));
        all.add(calls("calls-" + CALLERS, "platform"));
        all.add(calls("calls-" + CALLERS + "-virtual", "virtual").by(JAVA).fromJdk(VIRTUAL_THREADS_JDK));
        all.add(inproc("inproc-thr"));
        all.add(inproc("inproc-lat"));
        SUBSCRIBERS.forEach(count -> all.add(fanOut(count)));
        PROXIED_SIZES.forEach(size -> all.add(proxy(size)));
        PEERS.forEach(count -> all.add(peers(count)));
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

    private static Scenario throughput(String transport, int size) {
        return new Scenario(transport + "-thr-" + size, (at, scale) -> {
            var endpoint = at.fresh(transport);
            return List.of(
                    Role.ends("thr-recv", endpoint, size, scale.runUpMs(), scale.measuredMs())
                            .announcing(),
                    Role.stays("thr-send", endpoint, size, scale.runUpMs()));
        });
    }

    private static Scenario latency(String transport) {
        return new Scenario(transport + "-lat", (at, scale) -> {
            var endpoint = at.fresh(transport);
            return List.of(
                    Role.stays("lat-rep", endpoint, scale.runUpMs()).announcing(),
                    Role.ends("lat-req", endpoint, SMALL, scale.runUpMs(), scale.measuredMs()));
        });
    }

    private static Scenario requests(Requests requests) {
        return new Scenario("requests-" + requests, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            return List.of(
                    Role.stays("answer", endpoint, scale.runUpMs()).announcing(),
                    Role.ends(
                            "ask",
                            endpoint,
                            SMALL,
                            requests.clients(),
                            requests.window(),
                            scale.runUpMs(),
                            scale.measuredMs()));
        });
    }

    private static Scenario calls(String name, String threads) {
        return new Scenario(name, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            return List.of(
                    Role.stays("lat-rep", endpoint, scale.runUpMs()).announcing(),
                    Role.ends("call", endpoint, SMALL, CALLERS, threads, scale.runUpMs(), scale.measuredMs()));
        });
    }

    private static Scenario inproc(String work) {
        return new Scenario(work, (at, scale) -> List.of(Role.ends(work, SMALL, scale.runUpMs(), scale.measuredMs())));
    }

    private static Scenario fanOut(int subscribers) {
        return new Scenario("fan-" + subscribers, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            return List.of(
                    Role.stays("fan-pub", endpoint, USUAL, subscribers).announcing(),
                    Role.ends("fan-sub", endpoint, USUAL, subscribers, scale.runUpMs(), scale.measuredMs()));
        });
    }

    private static Scenario proxy(int size) {
        return new Scenario("proxy-" + size, (at, scale) -> {
            var front = at.fresh("tcp");
            var back = at.fresh("tcp");
            return List.of(
                    Role.ends("thr-recv", back, size, scale.runUpMs(), scale.measuredMs())
                            .announcing(),
                    Role.stays("proxy", front, back).announcing(),
                    Role.stays("thr-send", front, size, scale.runUpMs()));
        });
    }

    private static Scenario peers(int full) {
        return new Scenario("peers-" + full, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            var count = scale.many(full);
            var seconds = full == SILENT_PEERS ? SILENCE_SECONDS : 0;
            var roles = new ArrayList<>(
                    List.of(Role.ends("conns", endpoint, count, seconds).announcing()));
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
            // The receiver announces that it has heard all the others, so they start before it does.
            return List.of(
                    Role.stays("idle", endpoint, idle),
                    Role.ends("thr-recv", endpoint, USUAL, scale.runUpMs(), scale.measuredMs(), idle)
                            .announcing(),
                    Role.stays("thr-send", endpoint, USUAL, scale.runUpMs()));
        });
    }

    private static Scenario topics(int full) {
        return new Scenario("topics-" + full, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            var topics = scale.many(full);
            return List.of(
                    Role.stays("topics-pub", endpoint, USUAL, topics).announcing(),
                    Role.ends("topics-sub", endpoint, USUAL, topics, scale.runUpMs(), scale.measuredMs()));
        });
    }

    /** The names of all scenarios. */
    public static List<String> names() {
        return all().stream().map(Scenario::name).toList();
    }
}
