package io.lingmq.cli.perf;

import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.cli.shell.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ling perf}: measures throughput, latency, fan-out and connections. */
public final class PerfCommand implements Callable<Integer> {
    private static final String CURVE = "curve";

    private final Console console;

    @Parameters(paramLabel = "WORK ARGUMENTS", arity = "1..*", description = "What to measure, and how; see above.")
    private final List<String> words = new ArrayList<>();

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            converter = Span.class,
            defaultValue = "20s",
            description = "How long to do the same work within this process first, until the JVM has compiled it, at"
                    + " most; 0s measures it cold. Default: ${DEFAULT-VALUE}.")
    private Duration longestWarmUp = Duration.ZERO;

    private PerfCommand(Console console) {
        this.console = console;
    }

    /** What the help says. */
    public static HelpPage page() {
        return HelpPage.of(
                        "Measure throughput, latency, fan-out and connections.",
                        "ling perf thr-recv tcp://127.0.0.1:5555 64 1000000    # and in another terminal:",
                        "ling perf thr-send tcp://127.0.0.1:5555 64 1000000",
                        "ling perf inproc-lat 16 300000")
                .withDetails(
                        """
                        thr-recv   ENDPOINT SIZE COUNT       PULL, bound; prints messages a second
                        thr-send   ENDPOINT SIZE COUNT       PUSH, connected
                        lat-rep    ENDPOINT SIZE COUNT       REP, bound; sends all back
                        lat-req    ENDPOINT SIZE COUNT       REQ, connected; prints one-way microseconds
                        pace-recv  ENDPOINT SIZE COUNT RATE  PULL, bound; prints one-way microseconds
                        pace-send  ENDPOINT SIZE COUNT RATE  PUSH, connected; evenly, RATE a second
                        inproc-thr SIZE COUNT                PUSH to PULL between two threads
                        inproc-lat SIZE COUNT                REQ and REP in two threads
                        fan-pub    ENDPOINT SIZE COUNT SUBS  XPUB, bound; waits for SUBS subscriptions
                        fan-sub    ENDPOINT SIZE COUNT SUBS  SUBS SUBs, one thread; prints deliveries
                        conns      ENDPOINT N                ROUTER, bound; prints memory of a peer
                        conns-cli  ENDPOINT N                N DEALERs; stay until the end of stdin""",
                        "SIZE is in bytes. All of it is done through the public API with default options; every"
                                + " message is received and its size checked. Before it measures, each side warms up on its own:"
                                + " see --warm-up.");
    }

    /** The command. */
    public static CommandSpec spec(Console console) {
        return page().on(CommandSpec.forAnnotatedObject(new PerfCommand(console)));
    }

    @Override
    public Integer call() throws InterruptedException {
        var work = words.get(0);
        var arguments = words.subList(1, words.size());
        if (arguments.contains(CURVE)) {
            throw CommandFailure.failed("curve is not supported yet: leave the word out to measure without it");
        }
        run(work, new Arguments(work, arguments));
        return ExitCode.OK;
    }

    private void run(String work, Arguments given) throws InterruptedException {
        var warmUp = new WarmUp(longestWarmUp, console);
        switch (work) {
            case "thr-recv" -> new Throughput(warmUp, given.three(), console).receive();
            case "thr-send" -> new Throughput(warmUp, given.three(), console).send();
            case "lat-rep" -> new Latency(warmUp, given.three(), console).reply();
            case "lat-req" -> new Latency(warmUp, given.three(), console).request();
            case "pace-recv" -> pace(warmUp, given).receive();
            case "pace-send" -> pace(warmUp, given).send();
            case "inproc-thr" -> new Throughput(warmUp, given.two(), console).inproc();
            case "inproc-lat" -> new Latency(warmUp, given.two(), console).inproc();
            case "fan-pub" -> new FanOut(warmUp, given.four(), console).publish();
            case "fan-sub" -> new FanOut(warmUp, given.four(), console).subscribe();
            case "conns" -> Connections.accept(given.endpoint(), given.peers(), console);
            case "conns-cli" -> Connections.connect(given.endpoint(), given.peers(), console);
            default ->
                throw CommandFailure.usage("there is no measurement '" + work + "'; ling perf --help names them");
        }
    }

    private Pace pace(WarmUp warmUp, Arguments given) {
        return new Pace(warmUp, given.threeAndRate(), given.perSecond(), console);
    }
}
