package io.lingmq.simulation;

import io.lingmq.message.Message;
import java.nio.ByteBuffer;

/**
 * A connection as a STREAM sees it. A stream knows no messages; so each one is written behind two numbers: how long its
 * first frame is, and how long its frames are together.
 */
final class StreamPeer {
    private static final int HEAD = 8;

    final byte[] id;
    /** Which host it is; null until it has said something. */
    String host;

    private final Octets unread = new Octets();
    private int last = -1;

    StreamPeer(byte[] id) {
        this.id = id;
    }

    /** A message as it is written to a peer of that name. */
    static Message packed(byte[] id, Message message) {
        var head = ByteBuffer.allocate(HEAD)
                .putInt(message.size(0))
                .putInt((int) message.totalSize())
                .array();
        return message.withFirst(head).withFirst(id);
    }

    void hears(byte[] octets) {
        unread.add(octets);
    }

    /** The first frame of the next message that is there as a whole, or null. */
    Message next() {
        if (unread.size() < HEAD || unread.size() < HEAD + unread.number(4, 4)) {
            return null;
        }
        var head = ByteBuffer.wrap(unread.take(HEAD));
        var body = head.getInt();
        var rest = head.getInt() - body;
        var first = Message.wrap(unread.take(body));
        unread.take(rest);
        return first;
    }

    /** Whether a message of this number may be next: within a connection nothing is left out. */
    boolean isNext(int sequence) {
        var follows = last < 0 || sequence == last + 1;
        last = sequence;
        return follows;
    }
}
