package io.lingmq.engine;

import io.lingmq.chain.ChainWriter;
import io.lingmq.frame.FrameWalker;
import io.lingmq.frame.Inbound;
import io.lingmq.wire.Frame;
import io.lingmq.wire.ProtocolException;
import io.lingmq.wire.Subscription;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Makes a message of each datagram. One that is no message is dropped and counted: the next one has nothing to do with
 * it, and may be another sender's.
 *
 * <p>Threading: confined to its connection. Touches no channel and no clock.
 */
final class DatagramInbound implements Inbound {
    private static final byte[] ALL = new Subscription(true, new byte[0]).encode();

    private final ChainWriter into;
    private final long largest;
    private final Packing packing;
    private final PackingFailures failures = new PackingFailures();
    private boolean owesSubscription;
    private boolean discards;
    private long messages;
    private long dropped;

    DatagramInbound(ChainWriter into, long maxMessageSize, Packing packing, boolean subscribesToAll) {
        this.into = into;
        this.packing = packing;
        largest = maxMessageSize < 0 ? Long.MAX_VALUE : maxMessageSize;
        owesSubscription = subscribesToAll;
    }

    @Override
    public void decode(ByteBuffer in) {
        if (owesSubscription) {
            owesSubscription = false;
            insert(ALL);
        }
        if (in.hasRemaining() && !discards) {
            sort(in);
        }
        in.position(in.limit());
    }

    private void sort(ByteBuffer datagram) {
        try {
            packing.unpack(datagram.slice(), into); // the buffer is others' again, with its order of octets
            check();
            whole();
        } catch (ProtocolException | BufferUnderflowException e) {
            drop();
        } catch (RuntimeException e) { // the link is for other senders too, and goes on
            failures.note(packing, e);
            drop();
        }
    }

    /** A packing may be lenient: what comes of its datagrams must not harm the pipe. */
    private void check() throws ProtocolException {
        var walker = new FrameWalker();
        into.walkUnmarked((octets, from, to) -> {
            walker.walk(octets, from, to);
            return to;
        });
        if (walker.messages() != 1 || walker.commands() > 0 || !walker.betweenMessages()) {
            throw new ProtocolException("a datagram that is not one message");
        }
        var size = into.unmarked() - walker.headerOctets();
        if (size > largest) {
            throw new ProtocolException("a message of " + size + " octets, where MAX_MESSAGE_SIZE allows " + largest);
        }
    }

    private void drop() {
        into.rollback();
        dropped++;
    }

    private void whole() {
        into.mark();
        messages++;
    }

    @Override
    public long takeCount() {
        var count = messages;
        messages = 0;
        return count;
    }

    @Override
    public long takeDropped() {
        var count = dropped;
        dropped = 0;
        return count;
    }

    @Override
    public void insert(byte[] body) {
        var frame = Frame.of(0, body);
        into.put(frame, 0, frame.length);
        whole();
    }

    @Override
    public void discard() {
        discards = true;
    }
}
