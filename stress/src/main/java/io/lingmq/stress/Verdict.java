package io.lingmq.stress;

import java.util.Collection;

/**
 * What the runs of one test say about it. A test with {@value #BROKEN} at the end of its name shows what goes wrong
 * when a class is not built or used as it should be: it must fail at least once, or the tests beside it prove nothing.
 *
 * @param test its name
 * @param good whether it did as it should
 * @param reason in words
 */
record Verdict(String test, boolean good, String reason) {
    static final String BROKEN = "Broken";

    /** How one run of a test ended. */
    enum Outcome {
        /** Only what is acceptable was seen. */
        PASSED,
        /** Something forbidden was seen. */
        FAILED,
        /** The run gave no answer: it crashed or did not end. */
        ERROR
    }

    static Verdict of(String test, Collection<Outcome> runs) {
        if (runs.isEmpty() || runs.contains(Outcome.ERROR)) {
            return new Verdict(test, false, "a run gave no answer");
        }
        var failed = runs.contains(Outcome.FAILED);
        if (test.endsWith(BROKEN)) {
            return new Verdict(test, failed, failed ? "caught, as it must be" : "is broken, and was not caught");
        }
        return new Verdict(test, !failed, failed ? "something forbidden was seen" : "sound");
    }

    @Override
    public String toString() {
        return (good ? "ok      " : "FAILED  ") + test + ": " + reason;
    }
}
