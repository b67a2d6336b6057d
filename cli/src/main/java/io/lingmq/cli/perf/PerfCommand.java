package io.lingmq.cli.perf;

import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code ling perf}: measures throughput, latency, fan-out and connections. */
public final class PerfCommand implements Callable<Integer> {
    private static final String CURVE = "curve";

    private final Console console;

    @Parameters(paramLabel = "WORK ARGUMENTS", arity = "1..*", description = "What to measure, and how; see above.")
    private final List<String> words = new ArrayList<>();

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
                        inproc-thr SIZE COUNT                PUSH to PULL between two threads
                        inproc-lat SIZE COUNT                REQ and REP in two threads
                        fan-pub    ENDPOINT SIZE COUNT SUBS  XPUB, bound; waits for SUBS subscriptions
                        fan-sub    ENDPOINT SIZE COUNT SUBS  SUBS subscribers in one thread; prints deliveries
                        conns      ENDPOINT N                ROUTER, bound; prints memory for each of N peers
                        conns-cli  ENDPOINT N                N DEALERs; they stay until the end of stdin""",
                        "SIZE is in bytes. All of it is done through the public API with default options; every"
                                + " message is received and its size checked.");
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
        switch (work) {
            case "thr-recv" -> Throughput.receive(given.three(), console);
            case "thr-send" -> Throughput.send(given.three());
            case "lat-rep" -> Latency.reply(given.three());
            case "lat-req" -> Latency.request(given.three(), console);
            case "inproc-thr" -> Throughput.inproc(given.two(), console);
            case "inproc-lat" -> Latency.inproc(given.two(), console);
            case "fan-pub" -> FanOut.publish(given.four());
            case "fan-sub" -> FanOut.subscribe(given.four(), console);
            case "conns" -> Connections.accept(given.endpoint(), given.peers(), console);
            case "conns-cli" -> Connections.connect(given.endpoint(), given.peers(), console);
            default ->
                throw CommandFailure.usage("there is no measurement '" + work + "'; ling perf --help names them");
        }
    }
}
