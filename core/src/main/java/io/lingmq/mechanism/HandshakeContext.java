package io.lingmq.mechanism;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.wire.Metadata;

/**
 * What a mechanism may know of the connection that it makes a handshake for.
 *
 * @param type the own socket's type
 * @param settings the own endpoint's settings
 * @param peerAddress the peer's numeric network address without a port; empty where the transport has none
 * @param admission asks whether the peer may connect
 */
public record HandshakeContext(SocketType type, Settings settings, String peerAddress, Admission admission) {
    /** The own socket's routing id, perhaps empty. */
    public byte[] routingId() {
        return settings.get(Options.ROUTING_ID);
    }

    /** What the own socket tells its peers. */
    public Metadata own() {
        var own = Metadata.none().with(Metadata.SOCKET_TYPE, type.name());
        return type.announcesRoutingId() ? own.with(Metadata.IDENTITY, routingId()) : own;
    }
}
