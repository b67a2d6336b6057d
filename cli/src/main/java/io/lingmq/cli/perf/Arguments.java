package io.lingmq.cli.perf;

import io.lingmq.cli.shell.CommandFailure;
import java.util.List;

/** The words behind the name of a measurement. */
record Arguments(String work, List<String> words) {
    private static final String INPROC = "inproc://x";

    /** SIZE COUNT. */
    Load two() {
        check(2, "SIZE COUNT");
        return new Load(INPROC, (int) number(0, 0), number(1, 1), 1);
    }

    /** ENDPOINT SIZE COUNT. */
    Load three() {
        check(3, "ENDPOINT SIZE COUNT");
        return new Load(words.get(0), (int) number(1, 0), number(2, 1), 1);
    }

    /** ENDPOINT SIZE COUNT SUBS. */
    Load four() {
        check(4, "ENDPOINT SIZE COUNT SUBS");
        return new Load(words.get(0), (int) number(1, 0), number(2, 1), (int) number(3, 1));
    }

    /** ENDPOINT SIZE COUNT of ENDPOINT SIZE COUNT RATE. */
    Load threeAndRate() {
        check(4, "ENDPOINT SIZE COUNT RATE");
        return new Load(words.get(0), (int) number(1, 0), number(2, 2), 1);
    }

    /** RATE. */
    int perSecond() {
        return (int) number(3, 1);
    }

    String endpoint() {
        check(2, "ENDPOINT N");
        return words.get(0);
    }

    int peers() {
        return (int) number(1, 1);
    }

    private void check(int count, String names) {
        if (words.size() != count) {
            throw CommandFailure.usage("write: ling perf " + work + " " + names);
        }
    }

    private long number(int index, long least) {
        try {
            var number = Long.parseLong(words.get(index));
            if (number >= least && number <= Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same sentence.
        }
        throw CommandFailure.usage(
                "'" + words.get(index) + "' is not a number from " + least + " to " + Integer.MAX_VALUE);
    }
}
