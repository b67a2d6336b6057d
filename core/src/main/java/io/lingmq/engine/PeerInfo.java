package io.lingmq.engine;

import io.lingmq.event.Peer;
import io.lingmq.option.SocketType;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What greeting and handshake told about the peer.
 *
 * @param type its socket type, or null if it did not tell it
 * @param routingId its routing id, empty if it has none
 * @param dialect the version of ZMTP that it speaks
 * @param metadata all that it told
 */
public record PeerInfo(@Nullable SocketType type, byte[] routingId, Dialect dialect, Metadata metadata) {

    /** What it told, for those who ask the socket. */
    public Peer.Introduction introduction(String address) {
        return new Peer.Introduction(address, type, dialect.toString(), metadata.asTexts());
    }
}
