package io.lingmq.torture;

import java.util.Set;

/** One way to torture sockets: sets them up, has them talk under faults, and settles the ledger. */
interface Scenario {
    /** The word after {@code --scenario}. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** The rows of docs/PROMISES.md that it puts to the test; a single turn need not reach all of them. */
    Set<Promise> checks();

    /** What the machine lacks for it, in words; empty if nothing. */
    default String lacks() {
        return "";
    }

    /**
     * One turn.
     *
     * @throws AssertionError if a promise was not kept
     */
    void run(Turn turn) throws Exception;
}
