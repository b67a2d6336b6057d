package io.lingmq;

import io.lingmq.socket.SocketCore;

/**
 * A socket that receives the messages whose first frame begins with a topic it subscribed to. Without a subscription it
 * receives nothing.
 *
 * <p>Source: RFC 29/PUBSUB.
 */
public final class SubSocket extends ReceivingSocket implements TopicSubscriber {
    SubSocket(SocketCore core) {
        super(core);
    }

    @Override
    public void subscribe(byte[] topic) {
        core().subscribe(topic);
    }

    @Override
    public void unsubscribe(byte[] topic) {
        core().unsubscribe(topic);
    }
}
