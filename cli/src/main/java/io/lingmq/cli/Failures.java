package io.lingmq.cli;

import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.OutputClosed;
import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.error.OptionException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever ends a command early into one sentence on stderr and an exit code. */
final class Failures {
    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(int.class, Integer.class, long.class, Long.class);

    private Failures() {}

    /** The command line makes no sense. */
    static int misunderstood(ParameterException failure, String[] args) {
        var line = failure.getCommandLine();
        tell(line, sentence(failure));
        if (!UnmatchedArgumentException.printSuggestions(failure, line.getErr())) {
            line.getErr().println("'" + line.getCommandSpec().qualifiedName() + " --help' shows how to write it");
        }
        return ExitCode.USAGE;
    }

    /** Names the option, the value and the rule. */
    private static @Nullable String sentence(ParameterException failure) {
        var why = failure.getCause();
        if (why instanceof CommandFailure) {
            return why.getMessage();
        }
        if (why != null && why.getCause() instanceof OptionException) {
            return why.getMessage();
        }
        var argument = failure.getArgSpec();
        return why instanceof TypeConversionException && argument != null
                ? name(argument) + " cannot be '" + failure.getValue() + "': " + rule(argument.type(), why)
                : failure.getMessage();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** As a converter of our own says it; picocli's say what is wrong and not what to write. */
    private static String rule(Class<?> type, Throwable failure) {
        var text = String.valueOf(failure.getMessage());
        if (text.startsWith("write ")) {
            return text;
        }
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(each -> each.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "write one of ", ""));
        }
        return WHOLE_NUMBERS.contains(type) ? "write a whole number" : text;
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
