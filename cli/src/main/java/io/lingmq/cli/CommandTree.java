package io.lingmq.cli;

import io.lingmq.cli.demo.DemoCommand;
import io.lingmq.cli.perf.PerfCommand;
import io.lingmq.cli.proxy.Device;
import io.lingmq.cli.proxy.ProxyCommand;
import io.lingmq.cli.proxy.ProxyPages;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.cli.socket.SocketCommand;
import io.lingmq.cli.socket.SocketPages;
import io.lingmq.option.SocketType;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * All commands of {@code ling}.
 *
 * <p>Only the command that is asked for is built in full. For the others a name and a sentence are enough, and the
 * process starts in half the time.
 */
final class CommandTree {
    private static final String VERSION = "0.1.0";
    /** In the order in which a newcomer would meet them. */
    private static final List<SocketType> TYPES = List.of(
            SocketType.REQ,
            SocketType.REP,
            SocketType.PUB,
            SocketType.SUB,
            SocketType.PUSH,
            SocketType.PULL,
            SocketType.PAIR,
            SocketType.DEALER,
            SocketType.ROUTER,
            SocketType.XPUB,
            SocketType.XSUB);

    private record Entry(String name, HelpPage page, Supplier<CommandSpec> full) {}

    private CommandTree() {}

    /** Runs the command that the arguments ask for and returns what the process should end with. */
    static int run(Console console, String... args) {
        try {
            return commandLine(console, Set.of(distinct(args))).execute(args);
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    private static String[] distinct(String... args) {
        return List.of(args).stream().distinct().toArray(String[]::new);
    }

    private static CommandLine commandLine(Console console, Set<String> words) {
        var ansi = console.decorated() ? Ansi.ON : Ansi.OFF;
        var root = new CommandLine(root());
        for (var entry : entries(console)) {
            root.addSubcommand(
                    entry.name(), words.contains(entry.name()) ? entry.full().get() : stub(entry));
        }
        root.addSubcommand("help", new HelpCommand());
        return root.setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setParameterExceptionHandler(Failures::misunderstood)
                .setExecutionExceptionHandler(Failures::failed);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static CommandSpec root() {
        var page = HelpPage.of(
                "ZeroMQ sockets from the command line.",
                "ling demo",
                "ling rep --bind tcp://*:5559 --reply 'From Server1:{}'",
                "ling req --connect tcp://localhost:5559 --message Hello",
                "ling help sub");
        var root = page.on(CommandSpec.create());
        root.name("ling").version("ling " + VERSION);
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version and end.")
                .build());
        root.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nEnds with:%n")
                .exitCodeList(exitCodes());
        return root;
    }

    private static Map<String, String> exitCodes() {
        var codes = new LinkedHashMap<String, String>();
        codes.put(String.valueOf(ExitCode.OK), "The command did its work, or was ended by SIGINT or SIGTERM.");
        codes.put(String.valueOf(ExitCode.FAILED), "It failed; a sentence on stderr says why.");
        codes.put(String.valueOf(ExitCode.USAGE), "It was not understood.");
        return codes;
    }

    private static CommandSpec stub(Entry entry) {
        var spec = CommandSpec.create();
        spec.usageMessage().description(entry.page().summary());
        return spec;
    }

    private static List<Entry> entries(Console console) {
        var entries = new ArrayList<Entry>();
        entries.add(new Entry("demo", DemoCommand.page(), () -> DemoCommand.spec(console)));
        for (var type : TYPES) {
            var name = type.name().toLowerCase(Locale.ROOT);
            entries.add(new Entry(name, SocketPages.of(type), () -> SocketCommand.spec(type, console)));
        }
        for (var device : Device.values()) {
            entries.add(new Entry(device.command(), ProxyPages.of(device), () -> ProxyCommand.device(device, console)));
        }
        entries.add(new Entry("proxy", ProxyPages.proxy(), () -> ProxyCommand.proxy(console)));
        entries.add(new Entry("perf", PerfCommand.page(), () -> PerfCommand.spec(console)));
        return entries;
    }
}
