package io.lingmq.bench.peer;

import java.io.IOException;
import java.util.List;
import java.util.Properties;

/**
 * One process of a measurement: {@code lingmq|jeromq WORK ARGUMENTS}. Prints one line of {@code name=value} pairs.
 *
 * <pre>
 * thr-recv   ENDPOINT SIZE COUNT [IDLE]     PULL, bound; first greeted by IDLE others; prints messages a second
 * thr-send   ENDPOINT SIZE COUNT            PUSH, connected
 * idle       ENDPOINT N                     N PUSHes that greet and then keep silent
 * proxy      FRONT BACK                     PULL bound at FRONT, PUSH connected to BACK
 * lat-rep    ENDPOINT SIZE COUNT            REP, bound; sends all back
 * lat-req    ENDPOINT SIZE COUNT            REQ, connected; prints one-way microseconds
 * inproc-thr SIZE COUNT                     PUSH to PULL between two threads
 * inproc-lat SIZE COUNT                     REQ and REP in two threads
 * fan-pub    ENDPOINT SIZE COUNT N          XPUB, bound; waits for N subscriptions
 * fan-sub    ENDPOINT SIZE COUNT N          N subscribers in one thread; prints deliveries a second
 * topics-pub ENDPOINT SIZE COUNT TOPICS     XPUB, bound; waits for the subscriptions
 * topics-sub ENDPOINT SIZE COUNT TOPICS     one SUB of TOPICS topics; prints messages a second
 * conns      ENDPOINT N [SECONDS]           ROUTER, bound; prints memory for each of N peers, and CPU in silence
 * conns-cli  ENDPOINT N                     N DEALERs
 * version
 * </pre>
 *
 * <p>{@code idle}, {@code proxy} and {@code conns-cli} stay until the end of their input.
 */
public final class Peer {
    private Peer() {}

    /** Does the work that the arguments name. */
    public static void main(String[] args) throws InterruptedException, IOException {
        if (args.length < 2) {
            System.err.println("usage: lingmq|jeromq WORK ARGUMENTS");
            System.exit(2);
        }
        var library = library(args[0]);
        var bench = new Bench(args[0], library, System.in, System.out);
        var words = List.of(args).subList(2, args.length);
        if (run(args[1], bench, new Load(args[1], words))) {
            library.close();
        }
        System.exit(0); // nobody waits for the peers that stay
    }

    private static Library library(String name) {
        return switch (name) {
            case LingLibrary.NAME -> new LingLibrary();
            case JeroLibrary.NAME -> new JeroLibrary();
            default -> throw new IllegalArgumentException("there is no library '" + name + "' here");
        };
    }

    private static void printVersion(Bench bench) throws IOException {
        var versions = new Properties();
        try (var stream = Peer.class.getResourceAsStream("versions.properties")) {
            versions.load(stream);
        }
        bench.out().println(versions.getProperty(bench.name()));
    }

    /** Whether what was sent is still to leave. */
    private static boolean run(String work, Bench bench, Load load) throws InterruptedException, IOException {
        switch (work) {
            case "thr-recv" -> Throughput.receive(bench, load);
            case "thr-send" -> Throughput.send(bench, load);
            case "inproc-thr" -> Throughput.inproc(bench, load);
            case "lat-req" -> Latency.request(bench, load);
            case "inproc-lat" -> Latency.inproc(bench, load);
            case "fan-sub" -> FanOut.subscribe(bench, load);
            case "topics-sub" -> Topics.subscribe(bench, load);
            case "conns" -> Connections.accept(bench, load);
            case "conns-cli" -> Connections.connect(bench, load);
            case "idle" -> Connections.idle(bench, load);
            case "proxy" -> Relay.run(bench, load);
            case "version" -> printVersion(bench);
            default -> {
                return runAndFlush(work, bench, load);
            }
        }
        return false;
    }

    private static boolean runAndFlush(String work, Bench bench, Load load) throws InterruptedException {
        switch (work) {
            case "lat-rep" -> Latency.reply(bench, load);
            case "fan-pub" -> FanOut.publish(bench, load);
            case "topics-pub" -> Topics.publish(bench, load);
            default -> throw new IllegalArgumentException("there is no work '" + work + "'");
        }
        return true;
    }
}
