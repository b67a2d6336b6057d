package io.lingmq.cli.shell;

import picocli.CommandLine.Model.CommandSpec;

/**
 * A command of {@code ling}. A module brings one of its own and changes no file of the command line for it: the module
 * {@code provides} this interface, or names the class in {@code META-INF/services/io.lingmq.cli.shell.LingCommand}. The
 * class needs a public constructor without parameters. {@code ling --help} lists the command apart from ling's own.
 *
 * <p>A name that another command has is refused, with the names of both classes, wherever ling looks for commands of
 * other modules. It does not look where it is asked for one of its own commands; so those always work.
 *
 * <p>Threading: used by the main thread, which an interrupt asks to end.
 */
public interface LingCommand {
    /** What is written after {@code ling}: lower case words and digits with hyphens. */
    String name();

    /** What the help of the command says; its summary stands in the list of all commands. Must be quick to make. */
    HelpPage page();

    /**
     * Builds the command, only when it is asked for. {@code CommandSpec.forAnnotatedObject} makes a specification of an
     * annotated object, and {@link HelpPage#on} enters the page. What the user object of the specification does is run
     * by picocli: a {@code Callable} returns what the process ends with, one of {@link ExitCode}. It may throw
     * {@link CommandFailure} with a sentence for the user.
     *
     * @param console the streams to use, in place of those of {@link System}
     */
    CommandSpec spec(Console console);
}
