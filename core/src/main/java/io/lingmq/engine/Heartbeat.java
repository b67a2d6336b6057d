package io.lingmq.engine;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.wire.Command;
import io.lingmq.wire.Dialect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Watches over a peer's signs of life: sends PINGs, and gives the peer up when it gives no sign of life for the
 * time-out after one, or for the time that it named in its own PINGs.
 *
 * <p>Whatever comes is a sign of life. So is a channel that was full and takes octets again: the PING may lie behind a
 * large message. What is still on its way to the peer then has time to get there.
 *
 * <p>Where the interval was set, a PING goes out at each interval, to every peer that has commands. Where it was not,
 * this is for quiet connections and must do no harm to any other: a PING goes out only when nothing has come for the
 * interval, and only to a peer of ZMTP 3.1, since older ones need not answer. It says that it waits for no unasked
 * signs of life. And the peer is given up only if it had nothing to read but PINGs since its last PONG: one that has
 * got messages may be full, and not see the PING behind them. Of those the operating system takes care: it gives a
 * connection up whose octets nobody acknowledges.
 *
 * <p>This process may stand still, by a debugger, a suspended machine or the collection of garbage. Then the peer was
 * not silent: it has one more interval.
 *
 * <p>Threading: confined to its connection. Knows no clock: every method is told the time in nanoseconds.
 *
 * <p>Source: RFC 37/ZMTP, "Connection Heartbeating"; libzmq's {@code ZMQ_HEARTBEAT_*} options.
 */
public final class Heartbeat {
    /** When there is nothing to wait for. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Longer times are as good as for ever, and sums of them with a time do not overflow. */
    private static final long LONGEST_NS = Long.MAX_VALUE / 8;

    private static final long NANOS_PER_DECISECOND = 100_000_000L;
    private static final long SHORTEST_STANDSTILL_NS = 100_000_000;
    private static final int LONGEST_CONTEXT = 16;
    private static final int TTL_SIZE = 2;

    /** How often {@link Options#HEARTBEAT_INTERVAL}'s default fits into the time-out that goes with it. */
    private static final int QUIET_TIMEOUT_INTERVALS = 2;

    /** The context of a PING that is sent only because all is quiet. */
    private static final byte[] QUIET = "quiet".getBytes(StandardCharsets.US_ASCII);

    private final boolean onlyWhenQuiet;
    private final long intervalNs;
    private final long timeoutNs;
    private final byte[] ping;
    private final boolean pings;
    private long nextPingNs;
    private boolean awaitsSign;
    private long silentSinceNs;
    private long onItsWayNs;
    private long peerTtlNs;
    private long lastHeardNs;
    private long ttlBeginsNs;
    private long graceEndsNs;
    private long pingsSent;
    private long writtenAtPing;
    private long written;
    private long readByPeer;
    private boolean channelIsFull;

    /** The heartbeat of a connection with the given settings, beginning now; an old dialect has no PING to send. */
    public Heartbeat(Settings settings, Dialect dialect, long nowNs) {
        onlyWhenQuiet = !settings.isSet(Options.HEARTBEAT_INTERVAL);
        intervalNs = settings.nanos(Options.HEARTBEAT_INTERVAL);
        timeoutNs = timeoutNs(settings);
        ping = Command.frame(Command.PING, pingData(settings));
        var understands = onlyWhenQuiet ? dialect.takesAnyCommand() : dialect.hasCommands();
        pings = understands && intervalNs > 0 && intervalNs != NEVER;
        nextPingNs = nowNs + intervalNs;
        lastHeardNs = nowNs;
        ttlBeginsNs = nowNs;
        graceEndsNs = nowNs;
    }

    private long timeoutNs(Settings settings) {
        if (onlyWhenQuiet && !settings.isSet(Options.HEARTBEAT_TIMEOUT)) {
            return QUIET_TIMEOUT_INTERVALS * intervalNs;
        }
        var timeout = settings.nanos(Options.HEARTBEAT_TIMEOUT);
        return timeout == 0 ? intervalNs : timeout;
    }

    /** What a PING says. One for quiet connections comes too seldom for a time to live. */
    private byte[] pingData(Settings settings) {
        if (onlyWhenQuiet) {
            return ByteBuffer.allocate(TTL_SIZE + QUIET.length)
                    .position(TTL_SIZE)
                    .put(QUIET)
                    .array();
        }
        var ttl = (int) (settings.get(Options.HEARTBEAT_TTL).toMillis() / Options.HEARTBEAT_TTL_STEP.toMillis());
        return new byte[] {(byte) (ttl >>> 8), (byte) ttl};
    }

    /** Something came from the peer at the given time; what was told before changes nothing. */
    public void heard(long atNs) {
        if (atNs - lastHeardNs > 0) {
            lastHeardNs = atNs;
            ttlBeginsNs = atNs;
            awaitsSign = false;
        }
    }

    /** How many PINGs for quiet connections the peer has answered: if all, it has read what was written before. */
    public void answered(long pongs) {
        if (pongs == pingsSent) {
            readByPeer = writtenAtPing;
        }
    }

    /**
     * How many messages were written so far.
     *
     * @param isFull whether the channel takes no more now
     */
    public void wrote(long messages, boolean isFull) {
        written = messages;
        channelIsFull = isFull;
    }

    private boolean mayBeFull() {
        return channelIsFull || written != readByPeer;
    }

    /**
     * Somebody looks, so much later than was planned. If that is long, this process stood still: the peer is asked at
     * once, and has one more interval for its answer.
     */
    public void lookIsLate(long byNs, long nowNs) {
        if (pings && isStandstill(byNs, intervalNs)) {
            nextPingNs = nowNs;
            graceEndsNs = nowNs + intervalNs;
        }
        if (peerTtlNs > 0 && isStandstill(byNs, peerTtlNs)) {
            ttlBeginsNs = nowNs;
        }
    }

    /** What came during a shorter one lies in the system's buffers, and is looked for before a peer is given up. */
    private static boolean isStandstill(long lateNs, long intervalNs) {
        return lateNs > Math.max(SHORTEST_STANDSTILL_NS, intervalNs / 2);
    }

    /**
     * The channel, which had been full, took octets at the given time, or the PING could not be written yet for a
     * reason that is not the peer's.
     *
     * @param arrivesByNs when, at the latest, what had been written then has reached the peer
     */
    public void moved(long atNs, long arrivesByNs) {
        if (awaitsSign && atNs - silentSinceNs > 0) {
            silentSince(atNs, arrivesByNs);
        }
    }

    private void silentSince(long atNs, long arrivesByNs) {
        silentSinceNs = atNs;
        onItsWayNs = Math.max(0, Math.min(arrivesByNs - atNs, LONGEST_NS));
    }

    /** As {@link #pingDue(long, long)}, where nothing is on its way. */
    byte @Nullable [] pingDue(long nowNs) {
        return pingDue(nowNs, nowNs);
    }

    /**
     * The PING that tells a new peer that more are going to come, or null if none are, or only when all is quiet. No
     * answer to it is waited for: the next one is soon enough for that.
     */
    public byte @Nullable [] announcement() {
        return pings && !onlyWhenQuiet ? ping : null;
    }

    /**
     * The PING that is to be sent now, or null.
     *
     * @param arrivesByNs when, at the latest, what was written before it has reached the peer
     */
    public byte @Nullable [] pingDue(long nowNs, long arrivesByNs) {
        if (onlyWhenQuiet && lastHeardNs + intervalNs - nextPingNs > 0) {
            nextPingNs = lastHeardNs + intervalNs;
        }
        if (!pings || nowNs - nextPingNs < 0) {
            return null;
        }
        nextPingNs = nowNs + intervalNs;
        if (onlyWhenQuiet && awaitsSign) {
            return null; // it has one, and a link loses nothing
        }
        pingsSent++;
        writtenAtPing = written;
        if (!awaitsSign && timeoutNs != NEVER) {
            awaitsSign = true;
            silentSince(nowNs, arrivesByNs);
        }
        return ping;
    }

    /** Whether the peer has been silent for too long. */
    public boolean isOver(long nowNs) {
        return (silenceCounts() && nowNs - silenceEndsNs() >= 0) || (peerTtlNs > 0 && nowNs - ttlBeginsNs >= peerTtlNs);
    }

    private boolean silenceCounts() {
        return awaitsSign && !(onlyWhenQuiet && mayBeFull());
    }

    private long silenceEndsNs() {
        return later(silentSinceNs + Math.min(timeoutNs, LONGEST_NS) + onItsWayNs, graceEndsNs);
    }

    /** When to look next; {@link #NEVER} if there is nothing to wait for. */
    public long nextLookNs() {
        var next = pings ? nextPingNs : NEVER;
        if (silenceCounts()) {
            next = earlier(next, silenceEndsNs());
        }
        return peerTtlNs > 0 ? earlier(next, ttlBeginsNs + peerTtlNs) : next;
    }

    /** The earlier of two times of a clock that may overflow. */
    private static long earlier(long next, long otherNs) {
        return next == NEVER || otherNs - next < 0 ? otherNs : next;
    }

    private static long later(long oneNs, long otherNs) {
        return otherNs - oneNs > 0 ? otherNs : oneNs;
    }

    /** Whether a PING carries what it must. */
    public static boolean isWellFormed(Command pingCommand) {
        return pingCommand.data().remaining() >= TTL_SIZE;
    }

    /** Whether whoever sends a well-formed PING waits for signs of life also while its PINGs cannot be seen. */
    public static boolean wantsSigns(Command pingCommand) {
        var data = pingCommand.dataBytes();
        return !Arrays.equals(data, TTL_SIZE, data.length, QUIET, 0, QUIET.length);
    }

    /** Whether a PONG answers a PING for quiet connections. */
    public static boolean answersQuietPing(Command pong) {
        return Arrays.equals(pong.dataBytes(), QUIET);
    }

    /** The time to live that a well-formed PING names, in nanoseconds; 0 if it names none. */
    public static long timeToLiveNs(Command pingCommand) {
        return (ByteBuffer.wrap(pingCommand.dataBytes()).getShort() & 0xFFFF) * NANOS_PER_DECISECOND;
    }

    /** The peer wants to be given up when it is silent for so long; 0 takes that back. */
    public void peerTimeToLive(long timeNs) {
        peerTtlNs = timeNs;
    }

    /** The answer to a well-formed PING. */
    public static byte[] pong(Command pingCommand) {
        var data = pingCommand.dataBytes();
        var contextEnd = Math.min(data.length, TTL_SIZE + LONGEST_CONTEXT);
        return Command.frame(Command.PONG, Arrays.copyOfRange(data, TTL_SIZE, contextEnd));
    }

    /** A sign of life that nobody has asked for. */
    public static byte[] sign() {
        return Command.frame(Command.PONG, new byte[0]);
    }
}
