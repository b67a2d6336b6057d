package io.lingmq.session;

import io.lingmq.time.Ticker;

/**
 * What a connection has handed to the operating system, and how fast that passes on. A channel that was full and takes
 * octets again has passed others on to the peer: that is a sign of life, though the peer says nothing.
 *
 * <p>What was taken is not there yet. It lies in buffers on the way, and what follows it, a PING for example, has to
 * wait behind it: {@link #arrivesByNs} tells until when, by the pace at which a full channel took more, or by a
 * cautious guess where it never was full.
 *
 * <p>Threading: written by the thread in the gate of the connection's output; read by any thread.
 */
final class Passage {
    /** Slower lines, with large buffers, want a longer time-out. */
    private static final double CAUTIOUS_OCTETS_PER_NS = 1024 * 1024 / 1e9;

    /** More than this does not fit into the buffers on the way. */
    private static final long MOST_ON_THE_WAY = 16L * 1024 * 1024;

    /** Buffers on the way grow while they are filled, so what a full channel takes is partly theirs. */
    private static final int SHARE_OF_THE_PEER = 2;

    /** A shorter time tells little of the pace. */
    private static final long LEAST_MEASURED_NS = 1_000_000;

    private volatile long written;
    private final Ticker ticker;
    private volatile long lastMovedNs;
    private volatile long arrivesByNs;
    private double octetsPerNs = CAUTIOUS_OCTETS_PER_NS;
    private boolean full;
    private long fullSinceNs;
    private long writtenAtFull;

    Passage(Ticker ticker) {
        this.ticker = ticker;
        lastMovedNs = ticker.nowNs();
        arrivesByNs = lastMovedNs;
    }

    /** The channel took so many octets; whether it left some. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time writes
    void wrote(int count, boolean leftSome) {
        var nowNs = ticker.nowNs();
        written += count;
        if (full && count > 0) {
            moved(nowNs);
        } else if (leftSome && !full) {
            full = true;
            fullSinceNs = nowNs;
            writtenAtFull = written;
        }
        var waitNs = Math.max(0, arrivesByNs - nowNs) + timeFor(count);
        arrivesByNs = nowNs + Math.min(waitNs, timeFor(MOST_ON_THE_WAY));
    }

    private void moved(long nowNs) {
        lastMovedNs = nowNs;
        var timeNs = nowNs - fullSinceNs;
        if (timeNs > LEAST_MEASURED_NS) {
            octetsPerNs = (double) (written - writtenAtFull) / timeNs / SHARE_OF_THE_PEER;
        }
    }

    /** There is nothing left to write. */
    void drained() {
        full = false;
    }

    /** How many octets the channel has taken. */
    long written() {
        return written;
    }

    /** When the channel last took something after it had been full, as the reactor's clock has it. */
    long lastMovedNs() {
        return lastMovedNs;
    }

    /** When, at the latest, what was taken has reached the peer, as the reactor's clock has it. */
    long arrivesByNs() {
        return arrivesByNs;
    }

    private long timeFor(long octets) {
        return (long) (octets / octetsPerNs);
    }
}
