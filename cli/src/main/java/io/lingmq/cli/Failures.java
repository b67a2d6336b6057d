package io.lingmq.cli;

import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.OutputClosed;
import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever ends a command early into one sentence on stderr and an exit code. */
final class Failures {
    private Failures() {}

    /** The command line makes no sense. */
    static int misunderstood(ParameterException failure, String[] args) {
        var line = failure.getCommandLine();
        tell(line, failure.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(failure, line.getErr())) {
            line.getErr().println("'" + line.getCommandSpec().qualifiedName() + " --help' shows how to write it");
        }
        return ExitCode.USAGE;
    }

    /** The command was understood and came to a bad end. */
    static int failed(Exception failure, CommandLine line, ParseResult parsed) throws Exception {
        if (failure instanceof InterruptedException) {
            return ExitCode.OK;
        }
        if (failure instanceof OutputClosed) {
            return ExitCode.OK;
        }
        if (failure instanceof CommandFailure known) {
            tell(line, known.getMessage());
            return known.exitCode();
        }
        if (failure instanceof LingException known) {
            tell(line, known.getMessage());
            return isMiswritten(known) ? ExitCode.USAGE : ExitCode.FAILED;
        }
        throw failure;
    }

    private static boolean isMiswritten(LingException failure) {
        return failure instanceof EndpointException
                && (failure.code() == ErrorCode.INVALID || failure.code() == ErrorCode.UNKNOWN_TRANSPORT);
    }

    private static void tell(CommandLine line, @Nullable String sentence) {
        line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + sentence);
    }
}
