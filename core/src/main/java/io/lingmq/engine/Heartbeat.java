package io.lingmq.engine;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.wire.Command;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Watches over a peer's signs of life: sends a PING at each interval, and gives the peer up when nothing comes for the
 * time-out after one, or for the time that the peer named in its own PINGs.
 *
 * <p>Threading: confined to its connection. Knows no clock: every method is told the time in nanoseconds.
 *
 * <p>Source: RFC 37/ZMTP, "Connection Heartbeating"; libzmq's {@code ZMQ_HEARTBEAT_*} options.
 */
public final class Heartbeat {
    /** When there is nothing to wait for. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long NANOS_PER_DECISECOND = 100_000_000L;
    private static final int LONGEST_CONTEXT = 16;
    private static final int TTL_SIZE = 2;

    private final long intervalNs;
    private final long timeoutNs;
    private final byte[] ping;
    private final boolean pings;
    private long nextPingNs;
    private boolean awaitsSign;
    private long silenceEndsNs;
    private long peerTtlNs;
    private long lastHeardNs;

    /** The heartbeat of a connection with the given settings, beginning now. */
    public Heartbeat(Settings settings, long nowNs) {
        intervalNs = settings.nanos(Options.HEARTBEAT_INTERVAL);
        var timeout = settings.nanos(Options.HEARTBEAT_TIMEOUT);
        timeoutNs = timeout == 0 ? intervalNs : timeout;
        var ttl = (int) (settings.get(Options.HEARTBEAT_TTL).toMillis() / 100);
        ping = Command.frame(Command.PING, new byte[] {(byte) (ttl >>> 8), (byte) ttl});
        pings = intervalNs > 0 && intervalNs != NEVER;
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

    /** The PING that is to be sent now, or null. */
    public byte @Nullable [] pingDue(long nowNs) {
        if (!pings || nowNs - nextPingNs < 0) {
            return null;
        }
        nextPingNs = nowNs + intervalNs;
        if (!awaitsSign && timeoutNs != NEVER) {
            awaitsSign = true;
            silenceEndsNs = nowNs + timeoutNs;
        }
        return ping;
    }

    /** Whether the peer has been silent for too long. */
    public boolean isOver(long nowNs) {
        return (awaitsSign && nowNs - silenceEndsNs >= 0) || (peerTtlNs > 0 && nowNs - lastHeardNs >= peerTtlNs);
    }

    /** When to look next; {@link #NEVER} if there is nothing to wait for. */
    public long nextLookNs() {
        var next = pings ? nextPingNs : NEVER;
        if (awaitsSign) {
            next = earlier(next, silenceEndsNs);
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

    /** The answer to a well-formed PING, whose time to live is noted. */
    public byte[] pong(Command pingCommand) {
        var data = pingCommand.dataBytes();
        peerTtlNs = (ByteBuffer.wrap(data).getShort() & 0xFFFF) * NANOS_PER_DECISECOND;
        var contextEnd = Math.min(data.length, TTL_SIZE + LONGEST_CONTEXT);
        return Command.frame(Command.PONG, Arrays.copyOfRange(data, TTL_SIZE, contextEnd));
    }
}
