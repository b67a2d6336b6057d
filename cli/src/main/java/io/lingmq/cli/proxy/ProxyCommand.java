package io.lingmq.cli.proxy;

import io.lingmq.AnySocket;
import io.lingmq.Proxy;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Connections;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.cli.shell.OptionFlags;
import io.lingmq.cli.shell.Section;
import io.lingmq.cli.shell.Session;
import io.lingmq.cli.shell.Words;
import io.lingmq.error.NotSupportedException;
import io.lingmq.option.SocketType;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code ling proxy} and its ready-made forms: pass messages between two sockets until interrupted. */
public final class ProxyCommand implements Callable<Integer> {
    private final Console console;
    private final OptionFlags options;
    private final Function<String, Side> readFrontend;
    private final Function<String, Side> readBackend;

    @Option(names = "--frontend", paramLabel = "SIDE", description = "The side of the clients or publishers.")
    private @Nullable String frontend;

    @Option(names = "--backend", paramLabel = "SIDE", description = "The side of the workers or subscribers.")
    private @Nullable String backend;

    @Option(
            names = "--capture",
            paramLabel = "TYPE:SIDE",
            description = "A third socket that gets a copy of every message, for example pub:bind:tcp://*:5570.")
    private @Nullable String capture;

    private ProxyCommand(
            Console console,
            Set<SocketType> types,
            Function<String, Side> readFrontend,
            Function<String, Side> readBackend) {
        this.console = console;
        this.options = new OptionFlags(types, console::note);
        this.readFrontend = readFrontend;
        this.readBackend = readBackend;
    }

    /** The proxy between sockets of any types. */
    public static CommandSpec proxy(Console console) {
        return new ProxyCommand(console, Set.of(SocketType.values()), Side::typed, Side::typed)
                .spec(ProxyPages.proxy());
    }

    /** One of the proxies between sockets of fixed types. */
    public static CommandSpec device(Device device, Console console) {
        return new ProxyCommand(
                        console,
                        Set.of(device.frontend(), device.backend()),
                        text -> Side.of(device.frontend(), text),
                        text -> Side.of(device.backend(), text))
                .spec(ProxyPages.of(device));
    }

    private CommandSpec spec(HelpPage page) {
        var spec = page.on(CommandSpec.wrapWithoutInspection(this));
        new Section("Sockets").add(this).on(spec);
        options.section("Socket options, for each socket that has them").on(spec);
        return spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (frontend == null || backend == null) {
            throw CommandFailure.usage("say both --frontend and --backend");
        }
        var frontSide = readFrontend.apply(frontend);
        var backSide = readBackend.apply(backend);
        var captureSide = capture == null ? null : Side.typed(capture);
        Session.run(context -> {
            var front = frontSide.open(context, options);
            var back = backSide.open(context, options);
            var tap = captureSide == null ? null : captureSide.open(context, options);
            var proxy = join(front, back, tap);
            var connections = new Connections();
            connections.tell(console);
            frontSide.attach(front, console, connections);
            backSide.attach(back, console, connections);
            if (captureSide != null && tap != null) {
                captureSide.attach(tap, console, connections);
            }
            try {
                proxy.run();
            } finally {
                report(proxy.statistics());
            }
        });
        return ExitCode.OK;
    }

    /** Before they are anywhere: types that cannot be joined are a mistake of who wrote them. */
    private static Proxy join(AnySocket front, AnySocket back, @Nullable AnySocket tap) {
        try {
            var proxy = Proxy.between(front, back);
            if (tap != null) {
                proxy.capture(tap);
            }
            return proxy;
        } catch (NotSupportedException e) {
            throw CommandFailure.usage(e.text());
        }
    }

    private void report(Proxy.Statistics total) {
        console.note("frontend: " + traffic(total.frontend()));
        console.note("backend: " + traffic(total.backend()));
        if (total.dropped() > 0) {
            console.note("dropped: " + Words.messages(total.dropped()) + " that could be sent to nobody");
        }
        if (total.captureDropped() > 0) {
            console.note("capture: " + total.captureDropped() + " copies dropped, because it could not keep up");
        }
    }

    private static String traffic(Proxy.Side side) {
        return traffic(side.received()) + " received, " + traffic(side.sent()) + " sent";
    }

    private static String traffic(Proxy.Traffic traffic) {
        return Words.messages(traffic.messages()) + " (" + traffic.bytes() + " bytes)";
    }
}
