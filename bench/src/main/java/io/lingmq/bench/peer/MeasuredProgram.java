package io.lingmq.bench.peer;

import java.io.IOException;
import java.util.List;
import java.util.Properties;

/**
 * One process of a measurement: {@code lingmq|jeromq|aeron WORK ARGUMENTS}. Aeron does {@code pace-recv} and
 * {@code pace-send} alone. Prints one line of {@code name=value} pairs.
 *
 * <pre>
 * thr-recv   ENDPOINT SIZE RUN_UP TIME [IDLE]    PULL, bound; first greeted by IDLE others; prints messages a second
 * thr-send   ENDPOINT SIZE RUN_UP                PUSH, connected; prints what sending costs
 * pace-recv  ENDPOINT SIZE RATE N RUN_UP TIME    PULL, bound; prints microseconds since messages should have left
 * pace-send  ENDPOINT SIZE RATE N RUN_UP         N PUSHes in N threads, together RATE messages a second
 * pace-route ENDPOINT SIZE RATE N RUN_UP TIME    ROUTER, bound; as pace-recv
 * pace-deal  ENDPOINT SIZE RATE N RUN_UP         N DEALERs in one thread, in turn
 * pace-pub   ENDPOINT SIZE RATE N RUN_UP         XPUB, bound; waits for N subscriptions; ten topics in turn
 * pace-sub   ENDPOINT SIZE RATE N RUN_UP TIME    N subscribers of one topic each, in one thread; as pace-recv
 * idle       ENDPOINT N                          N PUSHes that greet and then keep silent
 * proxy      FRONT BACK                          PULL bound at FRONT, PUSH connected to BACK
 * lat-rep    ENDPOINT RUN_UP                     REP, bound; sends all back; prints what that costs
 * lat-req    ENDPOINT SIZE RUN_UP TIME           REQ, connected; prints one-way microseconds
 * answer     ENDPOINT RUN_UP                     ROUTER, bound; sends all back; prints what that costs
 * ask        ENDPOINT SIZE N WINDOW RUN_UP TIME  N DEALERs in one thread, WINDOW requests of each on the way
 * call       ENDPOINT SIZE N KIND RUN_UP TIME    N REQs in N threads, of the KIND platform or virtual
 * inproc-thr SIZE RUN_UP TIME                    PUSH to PULL between two threads
 * inproc-lat SIZE RUN_UP TIME                    REQ and REP in two threads
 * fan-pub    ENDPOINT SIZE N                     XPUB, bound; waits for N subscriptions
 * fan-sub    ENDPOINT SIZE N RUN_UP TIME         N subscribers in one thread; prints deliveries a second
 * topics-pub ENDPOINT SIZE TOPICS                XPUB, bound; waits for the subscriptions
 * topics-sub ENDPOINT SIZE TOPICS RUN_UP TIME    one SUB of TOPICS topics; prints messages a second
 * conns      ENDPOINT N [SECONDS]                ROUTER, bound; prints memory for each of N peers, and CPU in silence
 * conns-cli  ENDPOINT N                          N DEALERs
 * version
 * </pre>
 *
 * <p>RUN_UP and TIME are milliseconds. Those with a TIME do the work for RUN_UP without measuring, then for TIME, then
 * they end. The others (but for {@code conns} and {@code version}) go on until the end of their input.
 */
public final class MeasuredProgram {
    private MeasuredProgram() {}

    /** Does the work that the arguments name. */
    public static void main(String[] args) throws InterruptedException, IOException {
        if (args.length < 2) {
            System.err.println("usage: lingmq|jeromq|aeron WORK ARGUMENTS");
            System.exit(2);
        }
        var library = library(args[0]);
        var bench = new Bench(args[0], library, System.in, System.out);
        var words = List.of(args).subList(2, args.length);
        run(args[1], bench, new Load(args[1], words));
        System.exit(0); // nobody waits for what is still under way
    }

    private static Library library(String name) {
        return switch (name) {
            case LingLibrary.NAME -> new LingLibrary();
            case JeroLibrary.NAME -> new JeroLibrary();
            case AeronLibrary.NAME -> new AeronLibrary();
            default -> throw new IllegalArgumentException("there is no library '" + name + "' here");
        };
    }

    private static void printVersion(Bench bench) throws IOException {
        var versions = new Properties();
        try (var stream = MeasuredProgram.class.getResourceAsStream("versions.properties")) {
            versions.load(stream);
        }
        bench.out().println(versions.getProperty(bench.name()));
    }

    private static void run(String work, Bench bench, Load load) throws InterruptedException, IOException {
        switch (work) {
            case "thr-recv" -> Throughput.receive(bench, load);
            case "thr-send" -> Throughput.send(bench, load);
            case "pace-recv" -> Paced.receive(bench, load);
            case "pace-send" -> PacedSenders.send(bench, load);
            case "pace-route" -> Paced.route(bench, load);
            case "pace-deal" -> PacedSenders.deal(bench, load);
            case "pace-pub" -> PacedSenders.publish(bench, load);
            case "pace-sub" -> Paced.subscribe(bench, load);
            case "inproc-thr" -> Throughput.inproc(bench, load);
            case "lat-rep" -> Latency.reply(bench, load);
            case "lat-req" -> Latency.request(bench, load);
            case "answer" -> Requests.answer(bench, load);
            case "ask" -> Requests.ask(bench, load);
            case "call" -> Calls.call(bench, load);
            case "inproc-lat" -> Latency.inproc(bench, load);
            case "fan-pub" -> FanOut.publish(bench, load);
            case "fan-sub" -> FanOut.subscribe(bench, load);
            case "topics-pub" -> Topics.publish(bench, load);
            case "topics-sub" -> Topics.subscribe(bench, load);
            case "conns" -> Connections.accept(bench, load);
            case "conns-cli" -> Connections.connect(bench, load);
            case "idle" -> Connections.idle(bench, load);
            case "proxy" -> Relay.run(bench, load);
            case "version" -> printVersion(bench);
            default -> throw new IllegalArgumentException("there is no work '" + work + "'");
        }
    }
}
