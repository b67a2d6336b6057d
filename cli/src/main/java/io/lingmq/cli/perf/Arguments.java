package io.lingmq.cli.perf;

import io.lingmq.cli.shell.Attachment;
import io.lingmq.cli.shell.CommandFailure;
import java.util.List;
import java.util.Set;

/** The words behind the name of a measurement. */
record Arguments(String work, List<String> words) {
    private static final String INPROC = "inproc://x";
    /** Those whose socket connects; all others bind. */
    private static final Set<String> CONNECTING = Set.of("thr-send", "lat-req", "pace-send", "fan-sub", "conns-cli");

    /** SIZE COUNT. */
    Load two() {
        check(2, "SIZE COUNT");
        return new Load(INPROC, size(0), number(1, 1, "COUNT"), 1);
    }

    /** ENDPOINT SIZE COUNT. */
    Load three() {
        check(3, "ENDPOINT SIZE COUNT");
        return new Load(where(), size(1), number(2, 1, "COUNT"), 1);
    }

    /** ENDPOINT SIZE COUNT SUBS. */
    Load four() {
        check(4, "ENDPOINT SIZE COUNT SUBS");
        return new Load(where(), size(1), number(2, 1, "COUNT"), (int) number(3, 1, "SUBS"));
    }

    /** ENDPOINT SIZE COUNT of ENDPOINT SIZE COUNT RATE. */
    Load threeAndRate() {
        check(4, "ENDPOINT SIZE COUNT RATE");
        return new Load(where(), size(1), number(2, 2, "COUNT"), 1);
    }

    /** RATE. */
    int perSecond() {
        return (int) number(3, 1, "RATE");
    }

    String endpoint() {
        check(2, "ENDPOINT N");
        return where();
    }

    int peers() {
        return (int) number(1, 1, "N");
    }

    private void check(int count, String names) {
        if (words.size() != count) {
            throw CommandFailure.usage("write: ling perf " + work + " " + names);
        }
    }

    private String where() {
        return Attachment.of(!CONNECTING.contains(work), words.get(0), several -> "one of them")
                .endpoint();
    }

    private int size(int index) {
        return (int) number(index, 0, "SIZE");
    }

    private long number(int index, long least, String name) {
        try {
            var number = Long.parseLong(words.get(index));
            if (number >= least && number <= Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same sentence.
        }
        throw CommandFailure.usage(name + " cannot be '" + words.get(index) + "': write a whole number from " + least
                + " to " + Integer.MAX_VALUE);
    }
}
