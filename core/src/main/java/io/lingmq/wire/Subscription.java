package io.lingmq.wire;

import io.lingmq.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A subscription or its cancellation as a message: one octet 1 or 0, then the topic prefix. This is how XPUB and XSUB
 * users see it, and how it travels to peers older than ZMTP 3.1.
 *
 * <p>Source: RFC 29/PUBSUB; RFC 23/ZMTP 3.0, "The Publish-Subscribe Pattern".
 *
 * @param subscribe true to subscribe, false to cancel
 * @param topic the prefix of the wanted messages' first frame
 */
public record Subscription(boolean subscribe, byte[] topic) {

    /** This subscription as a message. */
    public Message toMessage() {
        return Message.wrap(encode());
    }

    /** This subscription as the body of a message frame. */
    public byte[] encode() {
        var body = new byte[1 + topic.length];
        body[0] = (byte) (subscribe ? 1 : 0);
        System.arraycopy(topic, 0, body, 1, topic.length);
        return body;
    }

    /** This subscription as the command that means the same. */
    public Command toCommand() {
        return Command.of(subscribe ? Command.SUBSCRIBE : Command.CANCEL, topic);
    }

    /** Whether a frame's body means a subscription or a cancellation. */
    public static boolean isOne(byte[] body) {
        return body.length > 0 && (body[0] & 0xFE) == 0;
    }

    /** The subscription that a frame's body means, or null if it is none. */
    public static @Nullable Subscription parse(byte[] body) {
        if (!isOne(body)) {
            return null;
        }
        var topic = new byte[body.length - 1];
        System.arraycopy(body, 1, topic, 0, topic.length);
        return new Subscription(body[0] == 1, topic);
    }
}
