package io.lingmq.frame;

import io.lingmq.chain.ChainWriter;
import io.lingmq.count.Copies;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.wire.Frame;
import java.util.function.LongSupplier;

/**
 * Puts messages into a chain as ZMTP frames. A message that cannot be put in, since there is no memory for it, leaves
 * nothing behind: half a message must not go before the next.
 *
 * <p>Large bodies are put in by reference, unless they are in a buffer that its owner will use again.
 *
 * <p>Threading: that of the chain's writer.
 */
public final class MessageWriter {
    /** Beyond this size a collector does not move arrays around. */
    private static final int LARGEST_COPIED = 256 * 1024;

    private static final long LONG_QUEUE = 512 * 1024;

    private final ChainWriter chain;
    private final LongSupplier unread;

    /**
     * A writer of messages.
     *
     * @param unread how many messages of the chain wait for their reader, roughly
     */
    public MessageWriter(ChainWriter chain, LongSupplier unread) {
        this.chain = chain;
        this.unread = unread;
    }

    /** Puts in a whole message, for the reader to see. */
    public void publish(Frames message) {
        put(message);
        chain.publishAll();
    }

    /** Puts in a whole message, without marking it. */
    public void put(Frames message) {
        try {
            if (message instanceof Message kept) {
                putKept(kept);
            } else {
                putLent(message);
            }
        } catch (RuntimeException | Error e) {
            chain.rollback();
            throw e;
        }
    }

    private void putKept(Message message) {
        var last = message.frameCount() - 1;
        for (var i = 0; i < last; i++) {
            put(message.sharedArray(i), Frame.MORE);
        }
        put(message.sharedArray(last), 0);
    }

    private void put(byte[] body, int flags) {
        if (body.length < ChainWriter.SHARED_BODY || willWaitLong(body.length)) {
            putByCopying(body, 0, body.length, flags);
        } else {
            putHeader(flags, body.length);
            chain.putBody(body);
        }
    }

    /**
     * A body that waits behind many others would be moved by the garbage collector and grow old, which costs more than
     * to copy it at once into an array that is used again.
     */
    private boolean willWaitLong(int size) {
        return size < LARGEST_COPIED && unread.getAsLong() * size > LONG_QUEUE;
    }

    /** Of what its owner will change, large bodies are copied too. */
    private void putLent(Frames message) {
        var last = message.frameCount() - 1;
        for (var i = 0; i <= last; i++) {
            putByCopying(message.sharedArray(i), message.offset(i), message.size(i), i == last ? 0 : Frame.MORE);
        }
    }

    /** A short frame goes in as one piece: each store less is a wait less where the memory is far away. */
    private void putByCopying(byte[] body, int from, int size, int flags) {
        if (size <= Frame.SHORT_MAX) {
            var slab = chain.room(Frame.SHORT_HEADER + size);
            var at = Frame.putHeader(slab, chain.roomAt(), flags, size);
            Copies.copy(body, from, slab, at, size);
            chain.filled(at + size);
        } else {
            putHeader(flags, size);
            chain.put(body, from, size);
        }
    }

    private void putHeader(int flags, int size) {
        var slab = chain.room(Frame.LONG_HEADER);
        chain.filled(Frame.putHeader(slab, chain.roomAt(), flags, size));
    }
}
