package io.lingmq.request;

import io.lingmq.message.Message;
import java.nio.ByteBuffer;

/**
 * What stands in front of a request's body: the ids of those it came through, or of the request, and an empty frame.
 *
 * <p>A requester sends {@code [id] [] [body …]}. REPs, and ROUTERs of all languages whose program sends the envelope
 * back as it came, give it back in front of the reply.
 *
 * <p>Threading: stateless. Source: RFC 28/REQREP.
 */
final class Envelope {
    /** What {@link #delimiterAt} gives where there is no delimiter. */
    static final int NONE = -1;

    private static final byte[] DELIMITER = new byte[0];

    private Envelope() {}

    /** A request as it is sent. */
    static Message request(long id, Message body) {
        return body.withSharedFirst(DELIMITER)
                .withSharedFirst(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
    }

    /** Whether a message has the form of a reply to a {@link #request}. */
    static boolean isReply(Message message) {
        return message.frameCount() >= 3 && message.size(0) == Long.BYTES && message.size(1) == 0;
    }

    /** The id in a reply. */
    static long id(Message reply) {
        return ByteBuffer.wrap(reply.sharedArray(0)).getLong();
    }

    /** The body of a reply. */
    static Message body(Message reply) {
        return reply.withoutFirst(2);
    }

    /**
     * Where the first empty frame stands that has a body behind it, in a message that a ROUTER received: the frame in
     * front of all others is the sender's.
     */
    static int delimiterAt(Message received) {
        for (var i = 1; i < received.frameCount() - 1; i++) {
            if (received.size(i) == 0) {
                return i;
            }
        }
        return NONE;
    }
}
