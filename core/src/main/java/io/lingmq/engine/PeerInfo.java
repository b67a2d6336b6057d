package io.lingmq.engine;

import io.lingmq.option.SocketType;
import io.lingmq.wire.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What greeting and handshake told about the peer.
 *
 * @param type its socket type, or null if it did not tell it
 * @param routingId its routing id, empty if it has none
 * @param takesSubscribeCommand whether it speaks ZMTP 3.1, where subscriptions are commands
 * @param metadata all that it told
 */
public record PeerInfo(@Nullable SocketType type, byte[] routingId, boolean takesSubscribeCommand, Metadata metadata) {}
