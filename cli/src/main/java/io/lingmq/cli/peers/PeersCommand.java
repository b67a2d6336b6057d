package io.lingmq.cli.peers;

import io.lingmq.AnySocket;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Connections;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.cli.shell.OptionFlags;
import io.lingmq.cli.shell.Section;
import io.lingmq.cli.shell.Session;
import io.lingmq.cli.shell.Span;
import io.lingmq.cli.shell.WholeNumber;
import io.lingmq.cli.socket.Endpoints;
import io.lingmq.option.SocketType;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;

/** {@code ling peers}: one socket that only looks who is there. */
public final class PeersCommand implements Callable<Integer> {
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);
    private static final int MOST_ROWS = 20;

    private final Console console;
    private final Endpoints endpoints = new Endpoints();
    private final OptionFlags options;
    private final Presentation presentation = new Presentation();
    private final Limits limits = new Limits();
    private @Nullable SocketType type;

    private static final class Presentation {
        @Option(
                names = {"-f", "--format"},
                paramLabel = "text|json",
                description = {
                    "A line for each peer that comes, changes or goes, in place of a table; unless stdout is a terminal,"
                            + " text is the default.",
                    "text: since, state, type, address, routing id, counts, drops and endpoint, parted by tabs.",
                    "json: an object with all that, and with what the peer told of itself."
                })
        private @Nullable PeerFormat format;

        @Option(
                names = {"-i", "--interval"},
                paramLabel = "DURATION",
                converter = Span.class,
                defaultValue = "1s",
                description = "Look again after so long; when a peer comes or goes, at once. Default: 1s.")
        private Duration interval = Duration.ofSeconds(1);
    }

    private static final class Limits {
        @Option(
                names = {"-n", "--count"},
                paramLabel = "N",
                converter = WholeNumber.class,
                description = "End when N changes were shown.")
        private long count = Long.MAX_VALUE;

        @Option(
                names = {"-t", "--timeout"},
                paramLabel = "DURATION",
                converter = Span.class,
                description = "Fail when nothing changes for so long. 500ms, 5s, 2m, 1h.")
        private @Nullable Duration timeout;
    }

    private PeersCommand(Console console) {
        this.console = console;
        options = new OptionFlags(Set.of(SocketType.values()), console::note);
    }

    /** What the help says. */
    public static HelpPage page() {
        return HelpPage.of(
                        "Show who a socket's peers are, live: since when, what has passed, what was dropped.",
                        "ling peers router --bind tcp://*:5559                     # who connects to this port?",
                        "ling peers sub --connect tcp://a:5563 --connect tcp://b:5563",
                        "ling peers dealer --connect tcp://localhost:5559 --count 2 --timeout 5s   # is it there?",
                        "ling peers pull --bind tcp://*:5558 --format json | jq .address")
                .withDetails(
                        "The socket sends nothing and receives nothing: what peers send to it waits unread, up to its"
                                + " high-water mark, and is thrown away at the end.",
                        "A connect is there from the beginning: it is connecting, then open, and lost while it waits"
                                + " for its peer to come back. A peer that was accepted is gone when its connection is.");
    }

    /** The command. */
    public static CommandSpec spec(Console console) {
        var command = new PeersCommand(console);
        var spec = page().on(CommandSpec.wrapWithoutInspection(command));
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .paramLabel("TYPE")
                .type(SocketType.class)
                .description("The socket's type: req, rep, pub, sub, push, pull, pair, dealer, router, xpub,"
                        + " xsub or stream.")
                .setter(new Setting(command))
                .build());
        new Section("Endpoints")
                .add(command.endpoints.bind())
                .add(command.endpoints.connect())
                .on(spec);
        new Section("What is shown").add(command.presentation).on(spec);
        new Section("End").add(command.limits).on(spec);
        command.options.section("Socket options, where the type has them").on(spec);
        return spec;
    }

    private record Setting(PeersCommand command) implements ISetter {
        @Override
        public <T> @Nullable T set(@Nullable T value) {
            if (value instanceof SocketType given) {
                command.type = given;
            }
            return null;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        var given = type;
        if (given == null) {
            throw CommandFailure.usage(
                    "say the TYPE of the socket, for example: ling peers router --bind tcp://*:5559");
        }
        endpoints.check();
        if (presentation.interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw CommandFailure.usage("--interval takes " + Span.text(SHORTEST_INTERVAL) + " or more, not "
                    + Span.text(presentation.interval));
        }
        Session.run(context -> watch(context.socket(given)));
        return ExitCode.OK;
    }

    private void watch(AnySocket socket) throws InterruptedException {
        options.apply(socket);
        try (var display = display()) {
            var watch = new Watch(socket, display, presentation.interval);
            socket.monitor(event -> watch.news(), Runnable::run);
            var connections = new Connections();
            connections.follow(socket);
            endpoints.attach(socket, console, connections);
            watch.run(limits.count, limits.timeout, connections);
        }
    }

    private Display display() {
        var format = presentation.format;
        if (format == null && console.decorated()) {
            return new PeerTable(console.out(), MOST_ROWS, ZoneId.systemDefault());
        }
        return new PeerLines(console.out(), format == null ? PeerFormat.TEXT : format);
    }
}
