package io.lingmq.cli.inspect;

import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.cli.shell.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ling inspect}: what answers at an endpoint. */
public final class InspectCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "ENDPOINT", description = "Where to look: tcp://host:port or ipc://path.")
    private String endpoint = "";

    @Option(names = "--json", description = "Print a JSON object on one line.")
    private boolean json;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "DURATION",
            converter = Span.class,
            defaultValue = "3s",
            description = "How long all of it may take. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ZERO;

    private InspectCommand(Console console) {
        this.console = console;
    }

    /** What the help says. */
    public static HelpPage page() {
        return HelpPage.of(
                        "Show what answers at an endpoint: protocol, mechanism, socket type.",
                        "ling inspect tcp://localhost:5559",
                        "ling inspect ipc:///tmp/req.ipc --json",
                        "ling inspect tcp://localhost:5559 --json | jq -r .socket_type")
                .withDetails("It does not become a peer of what is there, and sends it no message. Ends with 0 if ZMTP"
                        + " is spoken there, with 1 if something else is, or nothing.");
    }

    /** The command. */
    public static CommandSpec spec(Console console) {
        return page().on(CommandSpec.forAnnotatedObject(new InspectCommand(console)));
    }

    @Override
    public Integer call() throws InterruptedException {
        var answer = look(Target.of(endpoint));
        console.out().print(json ? answer.json() : answer.text());
        return answer.isZmtp() ? ExitCode.OK : ExitCode.FAILED;
    }

    private Answer look(Target target) throws InterruptedException {
        try {
            var address = target.address();
            var begunNs = System.nanoTime();
            try (var wire = Wire.connect(target.open(), address, timeout, Probe.MOST_OCTETS)) {
                var connecting = Duration.ofNanos(System.nanoTime() - begunNs);
                return new Probe(wire).ask(Answer.connected(endpoint, connecting));
            }
        } catch (IOException | RuntimeException e) {
            throw CommandFailure.failed("cannot connect to " + endpoint + ": " + e.getMessage());
        }
    }
}
