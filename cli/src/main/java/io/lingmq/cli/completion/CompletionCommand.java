package io.lingmq.cli.completion;

import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.cli.shell.LingCommand;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code ling completion}: what a shell is to read, made from the commands themselves. */
public final class CompletionCommand implements Callable<Integer> {
    private final Console console;
    private final Supplier<List<LingCommand>> commands;

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private Shell shell = Shell.BASH;

    private CompletionCommand(Console console, Supplier<List<LingCommand>> commands) {
        this.console = console;
        this.commands = commands;
    }

    /** What the help says. */
    public static HelpPage page() {
        return HelpPage.of(
                "Print what makes the tab key complete commands and options, for bash, zsh or fish.",
                "source <(ling completion bash)                                     # in ~/.bashrc",
                "source <(ling completion zsh)                                      # in ~/.zshrc, behind compinit",
                "ling completion fish > ~/.config/fish/completions/ling.fish");
    }

    /**
     * The command.
     *
     * @param commands all commands of ling
     */
    public static CommandSpec spec(Console console, Supplier<List<LingCommand>> commands) {
        return page().on(CommandSpec.forAnnotatedObject(new CompletionCommand(console, commands)));
    }

    @Override
    public Integer call() {
        var choices = commands.get().stream()
                .map(command -> Choices.of(command.name(), command.page().summary(), command.spec(console)))
                .toList();
        console.out().print(shell.script(choices));
        return ExitCode.OK;
    }
}
