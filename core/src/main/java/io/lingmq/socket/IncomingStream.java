package io.lingmq.socket;

/**
 * Whether the messages that a thread waits for come as a stream, so that each spin finds some; and whether the stream
 * falters.
 *
 * <pre>
 *          8 spins in a row find something           a spin is in vain, or the processor was another's
 *   NONE ----------------------------------> STEADY --------------------------------------------------> FALTERING
 *        &lt;--------------------------------------------------------------------------------------------
 *                                              3 ms are over
 * </pre>
 *
 * <p>A stream falters where a thread loses its processor. Then the sender and the receiver may have to share one, and a
 * receiver that spins keeps the sender from running. Where it yields, it waits until the sender, or whoever else is
 * there, has done all its work: so long that what is sent meanwhile comes late. A thread that sleeps for a moment is
 * put back on a processor as soon as its time is over.
 *
 * <p>What is found while the stream falters makes no stream, unless short spins find it: one message a millisecond
 * would be waited for in this way for ever.
 *
 * <p>Threading: any thread. Threads that share a socket share what is known here, roughly.
 */
final class IncomingStream {
    private enum State {
        NONE,
        STEADY,
        FALTERING
    }

    private static final int STEADY_AFTER = 8;

    /** A scheduler lets a busy thread run for so long while others wait. */
    static final long LONGEST_FALTER_NS = 3_000_000;

    private final long longestFalterNs;
    private State state = State.NONE;
    private int foundInARow;
    private long falteredNs;

    IncomingStream() {
        this(LONGEST_FALTER_NS);
    }

    /** Of a stream that falters for so long; for tests. */
    IncomingStream(long longestFalterNs) {
        this.longestFalterNs = longestFalterNs;
    }

    /** A spin is over, and found something or not. */
    void spun(boolean found, long nowNs) {
        if (found) {
            foundInARow++;
            if (state == State.NONE && foundInARow >= STEADY_AFTER) {
                state = State.STEADY;
            }
        } else {
            foundInARow = 0;
            displaced(nowNs);
        }
    }

    /** Another thread had the processor for long; true if the stream falters for that. */
    boolean displaced(long nowNs) {
        if (state != State.STEADY) {
            return false;
        }
        falteredNs = nowNs;
        foundInARow = 0;
        state = State.FALTERING;
        return true;
    }

    /** Whether the stream falters: it began to a short time ago. */
    boolean falters(long nowNs) {
        if (state == State.FALTERING && nowNs - falteredNs >= longestFalterNs) {
            state = State.NONE;
        }
        return state == State.FALTERING;
    }
}
