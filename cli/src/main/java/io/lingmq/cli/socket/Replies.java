package io.lingmq.cli.socket;

import io.lingmq.cli.format.Format;
import io.lingmq.cli.shell.AnyText;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.socket.Replying.Responder;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How {@code ling rep} makes its replies. */
final class Replies {
    @Option(
            names = {"-r", "--reply"},
            paramLabel = "TEXT",
            preprocessor = AnyText.class,
            description = "The reply; {} in it stands for the request: --reply 'From Server1:{}'.")
    private @Nullable String template;

    @Option(names = "--echo", description = "Reply with the request itself; so it is when nothing else is said.")
    private boolean echo;

    @Option(
            names = {"-x", "--exec"},
            paramLabel = "COMMAND",
            description = "Run a shell command for each request: it reads the request on its stdin, and what it writes"
                    + " to its stdout, less a line feed at the end, is the reply.")
    private @Nullable String command;

    Responder responder(Format format, Console console) {
        var ways = Stream.of(template, command, echo ? "" : null)
                .filter(Objects::nonNull)
                .count();
        if (ways > 1) {
            throw CommandFailure.usage("choose one of --reply, --echo and --exec");
        }
        if (command != null && command.isBlank()) {
            throw CommandFailure.usage("--exec needs a COMMAND, for example --exec 'tr a-z A-Z'");
        }
        if (template != null) {
            return new Template(Texts.message(format, template))::fill;
        }
        return command == null ? request -> request : new ShellCommand(command, console)::reply;
    }
}
