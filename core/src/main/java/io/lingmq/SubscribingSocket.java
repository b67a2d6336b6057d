package io.lingmq;

import io.lingmq.socket.SocketCore;

/** A socket that sends, receives and subscribes. */
abstract sealed class SubscribingSocket extends TwoWaySocket implements TopicSubscriber
        permits XPubSocket, XSubSocket, AnySocket {
    SubscribingSocket(SocketCore core) {
        super(core);
    }

    @Override
    public final void subscribe(byte[] topic) {
        core().subscribe(topic);
    }

    @Override
    public final void unsubscribe(byte[] topic) {
        core().unsubscribe(topic);
    }
}
