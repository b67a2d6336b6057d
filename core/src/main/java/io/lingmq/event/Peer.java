package io.lingmq.event;

import io.lingmq.option.SocketType;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One of a socket's peers, as it stood when it was asked for. Immutable.
 *
 * <p>There is one for each pipe of the socket. A peer that was accepted is there from its handshake until its
 * connection is lost; should it come back, it is another peer with another id. A connect over {@code tcp} or
 * {@code ipc} is there from the beginning, with the same id and with counts that go on, through all losses and
 * reconnects, until it is disconnected; with {@code IMMEDIATE} only while its connection stands. A connect over
 * {@code inproc} is there from the beginning too, and is another peer after each loss.
 *
 * @param id names the peer within the process; never used again
 * @param endpoint the text that was bound or connected, with the real port or path
 * @param state whether the peer is there
 * @param since when it came to that state, by the system's clock
 * @param routingId the name under which this ROUTER addresses the peer; on other sockets, the one that the peer
 *     announced; empty if it has none. {@code equals} compares it by identity
 * @param introduction what the present peer, or if there is none the last one, told of itself; null if none has come
 * @param counts what has passed, and what waits
 * @param dropped messages from or for this peer that were not delivered, by reason; reasons with none are left out.
 *     What a peer has lost that is gone, and what was for no peer, stands in the {@linkplain Statistics#dropped
 *     socket's statistics} alone, which hold the sum of all
 */
public record Peer(
        long id,
        String endpoint,
        State state,
        Instant since,
        byte[] routingId,
        @Nullable Introduction introduction,
        Counts counts,
        Map<DropReason, Long> dropped) {

    /** Whether the peer is there. */
    public enum State {
        /** A connect has not found its peer yet, or the handshake is not complete. */
        CONNECTING,
        /** The handshake is complete. */
        OPEN,
        /** The connection was lost; the socket tries to make a new one. */
        LOST
    }

    /** Copies what could be changed. */
    public Peer {
        routingId = routingId.clone();
        dropped = Map.copyOf(dropped);
    }

    /** A copy of it. */
    @Override
    public byte[] routingId() {
        return routingId.clone();
    }

    /** The peer's socket type; null if no peer has come, or if it did not tell. */
    public @Nullable SocketType type() {
        return introduction == null ? null : introduction.type();
    }

    /** Where the peer is; empty if none has come. */
    public String address() {
        return introduction == null ? "" : introduction.address();
    }

    /**
     * What a peer told of itself. Nothing here was checked, except the type: the peer may have written what it likes,
     * up to 64 KiB, control characters too.
     *
     * @param address the address at the other end of the connection; {@code inproc} within a process
     * @param type its socket type, null if it did not tell it
     * @param protocol what it speaks, {@code ZMTP 3.1} for instance; empty over {@code inproc}
     * @param metadata the properties of its handshake, as text in UTF-8; names are looked up without regard to case.
     *     Empty over {@code inproc}. Source: RFC 37/ZMTP, "Connection Metadata"
     */
    public record Introduction(
            String address, @Nullable SocketType type, String protocol, Map<String, String> metadata) {
        /** Copies the metadata. */
        public Introduction {
            var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            byName.putAll(metadata);
            metadata = Collections.unmodifiableMap(byName);
        }

        /** Without the metadata, of which only the size is told: a stranger's text may do things to a terminal. */
        @Override
        public String toString() {
            return "Introduction[address=" + address + ", type=" + type + ", protocol=" + protocol + ", metadata of "
                    + metadata.size() + " properties]";
        }
    }

    /**
     * What has passed between a socket and one peer, and what waits. The figures are of one moment each, but not of the
     * same one while messages pass.
     *
     * <p>Subscriptions that come from a peer count as messages; those that are sent count only over {@code inproc}.
     *
     * @param sent messages that the operating system has taken, or over {@code inproc} the peer's pipe
     * @param received messages that have come from the peer, read or not
     * @param octetsSent octets of messages that have left, in frames as they travel; 0 over {@code inproc}
     * @param octetsReceived octets of messages that have come, in frames as they travel; 0 over {@code inproc}
     * @param unsent messages that wait to be sent
     * @param unread messages that have come and wait to be received
     */
    public record Counts(long sent, long received, long octetsSent, long octetsReceived, long unsent, long unread) {}
}
