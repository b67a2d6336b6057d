package io.lingmq.bench.run;

import java.util.List;

/**
 * Something to measure: the processes that do it, the same for each library.
 *
 * @param name for the command line and the results
 * @param work makes the processes
 */
public record Scenario(String name, Work work) {
    /** Makes the processes of one run. */
    @FunctionalInterface
    public interface Work {
        /** The processes, in the order in which they start. */
        List<Role> roles(Endpoints endpoints, Scale scale);
    }

    /** Whether a word of the command line means this scenario: its name or the beginning of it. */
    public boolean isMeantBy(String word) {
        return name.equals(word) || name.startsWith(word + "-");
    }
}
