package io.lingmq.cli.completion;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as a shell needs to know it.
 *
 * @param name what is written behind {@code ling}
 * @param summary one sentence
 * @param flags its options
 */
record Choices(String name, String summary, List<Flag> flags) {
    private static final Set<String> FILES = Set.of("FILE", "PATH");

    /**
     * An option.
     *
     * @param names how it is written, letters and words
     * @param takesValue whether a value must follow
     * @param values what may follow, if that is a list of words
     * @param file whether a file may follow
     * @param summary one sentence
     */
    record Flag(List<String> names, boolean takesValue, List<String> values, boolean file, String summary) {
        static Flag of(OptionSpec option) {
            var label = option.paramLabel();
            var values = label.contains("|")
                    ? Arrays.stream(label.split("\\|", -1))
                            .filter(word -> word.equals(word.toLowerCase(Locale.ROOT)))
                            .toList()
                    : List.<String>of();
            return new Flag(
                    List.of(option.names()),
                    option.arity().min() > 0,
                    values,
                    FILES.contains(label),
                    sentence(option.description()));
        }

        private static String sentence(String... description) {
            return description.length == 0
                    ? ""
                    : description[0]
                            .split("(?<=[.;:]) ", 2)[0]
                            .replace("%%", "%")
                            .replace("%n", " ");
        }
    }

    static Choices of(String name, String summary, CommandSpec command) {
        return new Choices(
                name, summary, command.options().stream().map(Flag::of).toList());
    }

    /** All names of all options. */
    String words() {
        return flags.stream().flatMap(flag -> flag.names().stream()).collect(Collectors.joining(" "));
    }

    /** The options behind which something must or may follow. */
    Stream<Flag> withValue() {
        return flags.stream().filter(flag -> flag.takesValue() || !flag.values().isEmpty());
    }
}
