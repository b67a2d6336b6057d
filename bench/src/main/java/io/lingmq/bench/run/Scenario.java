package io.lingmq.bench.run;

import java.util.List;

/**
 * Something to measure: the processes that do it, the same for each library.
 *
 * @param name for the command line and the results
 * @param length how long one run takes, which decides how many there are
 * @param contenders who can do it
 * @param leastJdk the JDK that it needs
 * @param work makes the processes
 */
public record Scenario(String name, Length length, List<Contender> contenders, int leastJdk, Work work) {
    private static final int ANY_JDK = 0;

    /** How long a run takes. */
    public enum Length {
        /** Seconds. */
        SHORT(1),
        /** Half a minute, which tells as much as several runs of the others. */
        LONG(3);

        private final int divisor;

        Length(int divisor) {
            this.divisor = divisor;
        }
    }

    /** One whose runs are short, for all who speak ZeroMQ. */
    Scenario(String name, Work work) {
        this(name, Length.SHORT, Contender.ZEROMQ, ANY_JDK, work);
    }

    Scenario lasting(Length runs) {
        return new Scenario(name, runs, contenders, leastJdk, work);
    }

    Scenario by(List<Contender> those) {
        return new Scenario(name, length, those, leastJdk, work);
    }

    Scenario fromJdk(int least) {
        return new Scenario(name, length, contenders, least, work);
    }

    /** Whether the JDK at hand has what it needs. */
    public boolean isPossible() {
        return Runtime.version().feature() >= leastJdk;
    }

    /** How often it is run, where the short ones are run so often; once at the least. */
    public int runs(int ofShortOnes) {
        return Math.max(1, ofShortOnes / length.divisor);
    }

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
