package io.lingmq.session;

/**
 * Decides which messages of a connection are written together, by how they come and not by how long they could wait.
 *
 * <pre>
 *             64 to 256 writes in a row, no pause between, no answer
 *   SINGLE ------------------------------------------------------> BATCHED
 *          &lt;------------------------------------------------------
 *             a look finds few, and no sender wrote
 * </pre>
 *
 * <ul>
 *   <li>SINGLE: each message is written at once, by its sender. That is so at every rate which the connection can
 *       follow in that way, some hundred thousand a second.
 *   <li>BATCHED: messages gather, and the sender writes when enough have done so, or before it waits. The I/O thread
 *       looks for those that nobody writes, after a timed park of some fifty microseconds. Where the sender writes, or
 *       will soon since so much comes, the timed parks are longer, up to a millisecond: on a machine whose processors
 *       are all busy looks cost a tenth of the rate.
 * </ul>
 *
 * <p>A sender that keeps an even pace and lost its processor for a moment catches up without a pause. That is no stream
 * yet: what gathered would wait for the I/O thread, which may have to share a processor with the sender. So a stream
 * that ends before a sender had so much that it wrote itself makes the next one begin later: after twice as many writes
 * in a row, up to {@value #MOST_WRITES}. One in which a sender does write makes the next one begin soon.
 *
 * <p>A pause is more than {@value #PAUSE_NS} ns after a write. The write itself does not count: a slow one would make
 * every stream look like single messages. Nor are messages a stream that answer others, however fast that goes.
 *
 * <p>Threading: {@link #writesSingly} and {@link #wroteSingly} under the socket's lock; {@link #senderWrote} by any
 * thread; the looks are the I/O thread's. Where two meet, one look comes too early or too late, once.
 */
final class Batching {
    private enum Mode {
        SINGLE,
        BATCHED
    }

    /** What the I/O thread does when it has written all there was. */
    enum Next {
        /** Nothing, until a sender calls it. */
        REST,
        /**
         * Looks again after a {@linkplain #parkNs timed park}: what comes meanwhile, and nobody else writes, waits for
         * that.
         */
        COME_BACK
    }

    private static final long PAUSE_NS = 10_000;
    private static final int FEWEST_WRITES = 64;
    private static final int MOST_WRITES = 256;
    /** So few in a timed park can be written one by one. Large ones are fewer; of those a sender soon writes itself. */
    private static final int FEW = 16;

    /** The system adds some fifty microseconds to each. */
    static final long SHORTEST_PARK_NS = 20_000;

    private static final long SENDERS_PARK_NS = 100_000;
    private static final long LONGEST_PARK_NS = 800_000;
    /** Where so many octets come in the longest timed park the sender soon has enough for a write of its own. */
    private static final long FULL_RATE = 256 * 1024;

    private volatile Mode mode = Mode.SINGLE;
    private long lastWriteNs;
    private int inARow;
    /** So many writes in a row begin a stream. */
    private int writesOfAStream = FEWEST_WRITES;

    private volatile boolean senderWrote;
    private long parkNs = SHORTEST_PARK_NS;
    private long lastLookNs;

    Batching(long nowNs) {
        lastWriteNs = nowNs;
        lastLookNs = nowNs;
    }

    // ---- SINGLE

    /**
     * Whether a message that comes now, where nothing else waits, is written at once by its sender.
     *
     * @param lastHeardNs when the peer last said something
     */
    boolean writesSingly(long nowNs, long lastHeardNs) {
        if (nowNs - lastWriteNs > PAUSE_NS || lastHeardNs - lastWriteNs > 0) {
            inARow = 0;
            becomeSingle();
        } else if (inARow >= writesOfAStream) {
            become(Mode.BATCHED);
        }
        return mode == Mode.SINGLE;
    }

    /** Such a message was written; that has ended now, and nothing is left that a look would be for. */
    void wroteSingly(long nowNs) {
        lastWriteNs = nowNs;
        inARow++;
        if (senderWrote) {
            senderWrote = false;
        }
    }

    // ---- BATCHED

    /** A sender wrote what had gathered. */
    void senderWrote() {
        if (!senderWrote) {
            writesOfAStream = FEWEST_WRITES;
            senderWrote = true;
        }
    }

    /** Whether a sender has written since the last look, so that the I/O thread need not. */
    boolean senderSeesToIt() {
        if (!senderWrote) {
            return false;
        }
        senderWrote = false;
        parkNs = Math.max(SENDERS_PARK_NS, Math.min(2 * parkNs, LONGEST_PARK_NS));
        return true;
    }

    /** What follows a look that ends now, and found and wrote so many messages of so many octets together. */
    Next afterLook(long messages, long octets, long nowNs) {
        var sinceNs = nowNs - lastLookNs;
        lastLookNs = nowNs;
        if (senderWrote) {
            return Next.COME_BACK;
        }
        if (messages < FEW) {
            parkNs = SHORTEST_PARK_NS;
            becomeSingle();
            return Next.REST;
        }
        parkNs = octets * LONGEST_PARK_NS / FULL_RATE > sinceNs ? LONGEST_PARK_NS : SHORTEST_PARK_NS;
        return Next.COME_BACK;
    }

    /** How long the I/O thread parks before it comes back. */
    long parkNs() {
        return parkNs;
    }

    private void becomeSingle() {
        if (mode == Mode.BATCHED) {
            writesOfAStream = Math.min(2 * writesOfAStream, MOST_WRITES);
            become(Mode.SINGLE);
        }
    }

    private void become(Mode next) {
        if (mode != next) {
            mode = next;
        }
    }
}
