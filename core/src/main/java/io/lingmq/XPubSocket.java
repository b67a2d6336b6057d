package io.lingmq;

import io.lingmq.socket.SocketCore;

/**
 * A publisher that receives the subscriptions: the octet 1 (subscribe) or 0 (cancel), then the topic. With XPUB_MANUAL
 * set, {@link #subscribe} and {@link #unsubscribe} act for the peer whose subscription was received last.
 *
 * <p>Source: RFC 29/PUBSUB.
 */
public final class XPubSocket extends SubscribingSocket {
    XPubSocket(SocketCore core) {
        super(core);
    }
}
