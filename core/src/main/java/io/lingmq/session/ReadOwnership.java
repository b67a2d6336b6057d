package io.lingmq.session;

/**
 * Who hears that a connection's channel has octets: the selector; or a caller, a thread of the application that reads
 * inline again and again before it sleeps. With one owner two threads do not wake for each message. Who reads in the
 * end, the input's gate decides: a second reader costs time and does no harm.
 *
 * <pre>
 *              a caller has claimed it, and the I/O thread sees that
 *   SELECTOR --------------------------------------------------------> CALLER
 *            &lt;--------------------------------------------------------
 *              the caller has released it, or has not looked for 1 ms
 * </pre>
 *
 * <p>The claim is the caller's, the owner is the I/O thread's. Each side writes its own word before it reads the
 * other's. So where a claim is released while the I/O thread passes the channel on, at least one of them sees it: the
 * channel never stays with a caller that sleeps.
 *
 * <p>Threading: as each method says. Callers take turns, by the input's gate; {@link #release} is any thread's.
 */
final class ReadOwnership {
    /** Who hears that the channel has octets. */
    enum ReadOwner {
        SELECTOR,
        CALLER
    }

    /** How long a caller may be away from a channel that it owns. */
    static final long LONGEST_ABSENCE_NS = 1_000_000;

    /**
     * A caller that reads before the I/O thread has even run tells it after so many reads: it would be woken by each
     * message, see in the selector that nothing is left, and never learn of the caller.
     */
    private static final int READS_TO_TELL = 4;

    private volatile boolean claimed;
    private volatile ReadOwner owner = ReadOwner.SELECTOR;
    private volatile long lastLookNs;
    /** For the caller that looks. */
    private int reads;

    ReadOwnership(long nowNs) {
        lastLookNs = nowNs;
    }

    // ---- a caller's

    /** A caller looks now, and so claims the channel. */
    void looks(long nowNs) {
        lastLookNs = nowNs;
        if (!claimed) {
            claimed = true;
            reads = 0;
        }
    }

    /** The caller has read something; true if the I/O thread should be told of it now, since it has not noticed. */
    boolean tellsAfterRead() {
        return owner == ReadOwner.SELECTOR && ++reads == READS_TO_TELL;
    }

    /**
     * Any thread: callers look no longer; true if the I/O thread has to {@linkplain #takeBack take} the channel back.
     */
    boolean release() {
        if (!claimed) {
            return false;
        }
        claimed = false;
        return owner == ReadOwner.CALLER;
    }

    /** Any thread: whether a caller looks, as far as it has said. */
    boolean isClaimed() {
        return claimed;
    }

    // ---- the I/O thread's

    ReadOwner owner() {
        return owner;
    }

    /** Passes the channel to the caller that has claimed it; false if none has, or if it is a caller's already. */
    boolean passes() {
        if (owner == ReadOwner.CALLER || !claimed) {
            return false;
        }
        owner = ReadOwner.CALLER;
        if (!claimed) { // it has released it at this moment, and may not have seen that it has to say so
            owner = ReadOwner.SELECTOR;
        }
        return owner == ReadOwner.CALLER;
    }

    /** True if the channel was a caller's; now it is the selector's. */
    boolean takeBack() {
        if (owner == ReadOwner.SELECTOR) {
            return false;
        }
        owner = ReadOwner.SELECTOR;
        return true;
    }

    /** Ends the claim of a caller that has been away for long and is busy with other things; true if there was one. */
    boolean endsAbandoned(long nowNs) {
        if (owner == ReadOwner.SELECTOR || nowNs - lastLookNs <= LONGEST_ABSENCE_NS) {
            return false;
        }
        claimed = false;
        return true;
    }
}
