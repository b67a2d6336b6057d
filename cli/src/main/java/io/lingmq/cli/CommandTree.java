package io.lingmq.cli;

import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.cli.shell.LingCommand;
import io.lingmq.error.LingException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * All commands of {@code ling}.
 *
 * <p>Only the command that is asked for is built in full. For the others a name and a sentence are enough, and the
 * process starts in half the time.
 */
final class CommandTree {
    private static final String VERSION = "0.1.0";
    private static final Set<String> HELP_WORDS = Set.of("-h", "--help", Commands.HELP);
    /** What is shown where nothing is asked for. */
    private static final String[] HELP = {"--help"};

    private static final String OTHERS_HEADING = "%nCommands of other modules:%n";

    private CommandTree() {}

    /** Runs the command that the arguments ask for and returns what the process should end with. */
    static int run(Console console, String... args) {
        try {
            var words = args.length == 0 ? HELP : args;
            return commandLine(console, words).execute(words);
        } catch (CommandFailure e) {
            console.note("ling: " + e.getMessage());
            return e.exitCode();
        } catch (LingException e) {
            console.note("ling: " + e.getMessage());
            return ExitCode.FAILED;
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    private static CommandLine commandLine(Console console, String... args) {
        var ansi = console.decorated() ? Ansi.ON : Ansi.OFF;
        var root = new CommandLine(root());
        var words = Set.copyOf(List.of(args).stream().distinct().toList());
        var own = Commands.own();
        own.forEach(command -> add(root, command, words, console));
        root.addSubcommand(Commands.HELP, new HelpCommand());
        var others = Commands.mayBeOfAnother(own, args) ? Commands.ofOtherModules(own) : List.<LingCommand>of();
        others.forEach(command -> add(root, command, words, console));
        if (!others.isEmpty()) {
            showApart(root, others.stream().map(LingCommand::name).toList());
        }
        if (asksForHelp(args)) {
            HelpPage.fit(root, console.columns().getAsInt());
        }
        return root.setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setParameterExceptionHandler(Failures::misunderstood)
                .setExecutionExceptionHandler(Failures::failed);
    }

    private static boolean asksForHelp(String... args) {
        return Stream.of(args).anyMatch(HELP_WORDS::contains);
    }

    private static void add(CommandLine root, LingCommand command, Set<String> words, Console console) {
        root.addSubcommand(
                command.name(), words.contains(command.name()) ? command.spec(console) : stub(command.page()));
    }

    /** Lists the commands of other modules under a heading of their own. */
    private static void showApart(CommandLine root, List<String> others) {
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> {
            var own = new LinkedHashMap<>(help.subcommands());
            var apart = new LinkedHashMap<String, CommandLine.Help>();
            others.forEach(name -> apart.put(name, own.remove(name)));
            return help.commandList(own) + help.createHeading(OTHERS_HEADING) + help.commandList(apart);
        });
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

    private static CommandSpec stub(HelpPage page) {
        var spec = CommandSpec.create();
        spec.usageMessage().description(page.summary());
        return spec;
    }
}
