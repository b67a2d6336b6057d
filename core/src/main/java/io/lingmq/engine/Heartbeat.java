package io.lingmq.engine;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.wire.Command;
import io.lingmq.wire.Dialect;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Watches over a peer's signs of life: sends a PING at each interval, and gives the peer up when it gives no sign of
 * life for the time-out after one, or for the time that it named in its own PINGs.
 *
 * <p>Whatever comes is a sign of life. So is a channel that was full and takes octets again: the PING may lie behind a
 * large message. What is still on its way to the peer then has time to get there.
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
    private static final int LONGEST_CONTEXT = 16;
    private static final int TTL_SIZE = 2;

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

    /** The heartbeat of a connection with the given settings, beginning now; an old dialect has no PING to send. */
    public Heartbeat(Settings settings, Dialect dialect, long nowNs) {
        intervalNs = settings.nanos(Options.HEARTBEAT_INTERVAL);
        var timeout = settings.nanos(Options.HEARTBEAT_TIMEOUT);
        timeoutNs = timeout == 0 ? intervalNs : timeout;
        var ttl = (int) (settings.get(Options.HEARTBEAT_TTL).toMillis() / Options.HEARTBEAT_TTL_STEP.toMillis());
        ping = Command.frame(Command.PING, new byte[] {(byte) (ttl >>> 8), (byte) ttl});
        pings = dialect.hasCommands() && intervalNs > 0 && intervalNs != NEVER;
        nextPingNs = nowNs + intervalNs;
        lastHeardNs = nowNs;
    }

    /** Something came from the peer at the given time; what was told before changes nothing. */
    public void heard(long atNs) {
        if (atNs - lastHeardNs > 0) {
            lastHeardNs = atNs;
            awaitsSign = false;
        }
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
     * The PING that tells a new peer that more are going to come, or null if none are. No answer to it is waited for:
     * the next one is soon enough for that.
     */
    public byte @Nullable [] announcement() {
        return pings ? ping : null;
    }

    /**
     * The PING that is to be sent now, or null.
     *
     * @param arrivesByNs when, at the latest, what was written before it has reached the peer
     */
    public byte @Nullable [] pingDue(long nowNs, long arrivesByNs) {
        if (!pings || nowNs - nextPingNs < 0) {
            return null;
        }
        nextPingNs = nowNs + intervalNs;
        if (!awaitsSign && timeoutNs != NEVER) {
            awaitsSign = true;
            silentSince(nowNs, arrivesByNs);
        }
        return ping;
    }

    /** Whether the peer has been silent for too long. */
    public boolean isOver(long nowNs) {
        return (awaitsSign && nowNs - silenceEndsNs() >= 0) || (peerTtlNs > 0 && nowNs - lastHeardNs >= peerTtlNs);
    }

    private long silenceEndsNs() {
        return silentSinceNs + Math.min(timeoutNs, LONGEST_NS) + onItsWayNs;
    }

    /** When to look next; {@link #NEVER} if there is nothing to wait for. */
    public long nextLookNs() {
        var next = pings ? nextPingNs : NEVER;
        if (awaitsSign) {
            next = earlier(next, silenceEndsNs());
        }
        return peerTtlNs > 0 ? earlier(next, lastHeardNs + peerTtlNs) : next;
    }

    /** The earlier of two times of a clock that may overflow. */
    private static long earlier(long next, long otherNs) {
        return next == NEVER || otherNs - next < 0 ? otherNs : next;
    }

    /** Whether a PING carries what it must. */
    public static boolean isWellFormed(Command pingCommand) {
        return pingCommand.data().remaining() >= TTL_SIZE;
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
