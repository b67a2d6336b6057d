package io.lingmq.cli.toy;

import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.cli.shell.LingCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A command of another module, {@code ling foam}, which the command line finds. */
public final class FoamCommand implements LingCommand {
    /** As the service loader wants it. */
    public FoamCommand() {}

    @Override
    public String name() {
        return "foam";
    }

    @Override
    public HelpPage page() {
        return HelpPage.of("Foam a little.", "ling foam --height 2");
    }

    @Override
    public CommandSpec spec(Console console) {
        return page().on(CommandSpec.forAnnotatedObject(new Run(console)));
    }

    /** One run of it. */
    static final class Run implements Callable<Integer> {
        private final Console console;

        @Option(names = "--height", description = "How high.")
        private int height;

        Run(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            if (height > 7) {
                throw CommandFailure.failed("a foam of " + height + " runs over");
            }
            console.out().println("o".repeat(height));
            return ExitCode.OK;
        }
    }
}
