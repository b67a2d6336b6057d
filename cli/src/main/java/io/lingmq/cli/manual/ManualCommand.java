package io.lingmq.cli.manual;

import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.cli.shell.LingCommand;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ling manual}: a page for man, made from the commands themselves. */
public final class ManualCommand implements Callable<Integer> {
    private final Console console;
    private final Supplier<List<LingCommand>> commands;

    private ManualCommand(Console console, Supplier<List<LingCommand>> commands) {
        this.console = console;
        this.commands = commands;
    }

    /** What the help says. */
    public static HelpPage page() {
        return HelpPage.of(
                "Print the manual page of ling, for man.",
                "ling manual > ling.1 && man ./ling.1",
                "ling manual > ~/.local/share/man/man1/ling.1      # then: man ling");
    }

    /**
     * The command.
     *
     * @param commands all commands of ling
     */
    public static CommandSpec spec(Console console, Supplier<List<LingCommand>> commands) {
        return page().on(CommandSpec.wrapWithoutInspection(new ManualCommand(console, commands)));
    }

    @Override
    public Integer call() {
        console.out().print(manual());
        return ExitCode.OK;
    }

    private Roff manual() {
        var roff = new Roff()
                .title("LING", "1")
                .section("NAME")
                .paragraph("ling - ZeroMQ sockets from the command line")
                .section("SYNOPSIS")
                .paragraph("ling COMMAND [OPTIONS]")
                .section("COMMANDS");
        for (var command : commands.get()) {
            roff.subsection("ling " + command.name()).command(command.page());
            command.spec(console).options().forEach(roff::option);
        }
        return roff.section("EXIT STATUS")
                .item("0", "The command did its work, or was ended by SIGINT or SIGTERM.")
                .item("1", "It failed; a sentence on stderr says why.")
                .item("2", "It was not understood.");
    }
}
