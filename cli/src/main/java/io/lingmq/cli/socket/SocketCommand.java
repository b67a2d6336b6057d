package io.lingmq.cli.socket;

import io.lingmq.AnySocket;
import io.lingmq.cli.shell.Connections;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.EventText;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.OptionFlags;
import io.lingmq.cli.shell.Section;
import io.lingmq.cli.shell.Session;
import io.lingmq.cli.shell.WholeNumber;
import io.lingmq.cli.socket.Conversing.Expectation;
import io.lingmq.cli.socket.Replying.Responder;
import io.lingmq.option.SocketType;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code ling req}, {@code ling pub} and so on: one socket, its messages as lines. */
public final class SocketCommand implements Callable<Integer> {
    private final SocketType type;
    private final Console console;
    private final Endpoints endpoints = new Endpoints();
    private final Subscriptions subscriptions = new Subscriptions();
    private final Outgoing outgoing = new Outgoing();
    private final Replies replies = new Replies();
    private final Expected expected = new Expected();
    private final Presentation presentation = new Presentation();
    private final Limits limits = new Limits();
    private final Users users = new Users();
    private final OptionFlags options;

    private static final class Expected {
        @Option(
                names = {"-e", "--expect"},
                paramLabel = "N",
                converter = WholeNumber.class,
                description = "End when all is sent and N messages were received. Unless said: as many as were sent for"
                        + " a dealer, none for others; --count, where nothing is sent.")
        private @Nullable Long messages;
    }

    private SocketCommand(SocketType type, Console console) {
        this.type = type;
        this.console = console;
        this.options = new OptionFlags(Set.of(type), console::note);
    }

    /** The command for one socket type, named as the type is. */
    public static CommandSpec spec(SocketType type, Console console) {
        var command = new SocketCommand(type, console);
        var spec = CommandSpec.wrapWithoutInspection(command);
        SocketPages.of(type).on(spec);
        command.sections(spec);
        return spec;
    }

    private void sections(CommandSpec spec) {
        var where = new Section("Endpoints").add(endpoints.bind()).add(endpoints.connect());
        var what = new Section("Messages");
        if (type.subscribes()) {
            where.add(subscriptions);
        }
        if (type == SocketType.REP) {
            what.add(replies);
        } else if (type.sends()) {
            what.add(outgoing);
        }
        where.on(spec);
        what.add(presentation).on(spec);
        var end = new Section("End").add(limits);
        if (converses()) {
            end.add(expected);
        }
        end.on(spec);
        new Section("Security").add(users).on(spec);
        options.section("Socket options").on(spec);
    }

    private boolean converses() {
        return type.sends() && type.receives() && type != SocketType.REQ && type != SocketType.REP;
    }

    @Override
    public Integer call() throws InterruptedException {
        endpoints.check();
        outgoing.check();
        var source = outgoing.source(console, presentation, type, limits.count());
        var responder = replies.responder(presentation.format(), console);
        var connections = new Connections();
        Session.run(users.context(), limits.timeout(), connections::why, context -> {
            var socket = context.socket(type);
            connections.follow(socket);
            open(socket, connections);
            connections.tell(console);
            var waits = new Waits(limits.timeout(), connections);
            try {
                activity(socket, waits, new Outbox(socket, source, outgoing, waits), responder)
                        .run();
            } finally {
                connections.end();
            }
        });
        return ExitCode.OK;
    }

    private void open(AnySocket socket, Connections connections) {
        options.apply(socket);
        if (presentation.verbose()) {
            socket.monitor(event -> console.note(EventText.of(event)), Runnable::run);
        }
        if (type.subscribes()) {
            subscriptions.make(socket, type, presentation.format());
        }
        endpoints.attach(socket, console, connections);
    }

    private Activity activity(AnySocket socket, Waits waits, Outbox outbox, Responder responder) {
        var printer = new Printer(console.out(), presentation, Outgoing.ADDRESSED.contains(type));
        var inbox = new Inbox(socket, printer, waits);
        return switch (type) {
            case PUSH, PUB -> new Sending(socket, outbox, console);
            case PULL, SUB -> new Receiving(inbox, limits);
            case REQ -> new Requesting(outbox, inbox);
            case REP -> new Replying(inbox, outbox, responder, limits);
            case DEALER, ROUTER, PAIR, XPUB, XSUB, STREAM -> {
                var expectation = new Expectation(outgoing.given(), expected.messages, limits.countOrEndless());
                yield new Conversing(socket, outbox, printer, console, waits, expectation);
            }
        };
    }
}
