package io.lingmq.frame;

import io.lingmq.chain.ChainReader;
import io.lingmq.count.Copies;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.wire.Frame;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages out of a chain of ZMTP frames. A message that cannot be taken, since there is no memory for it, is
 * taken nevertheless, to nowhere: else the next one would begin in its midst.
 *
 * <p>Threading: that of the chain's reader.
 */
public final class MessageReader {
    private final ChainReader chain;
    private long frameEnd;
    private boolean more;

    /** A reader of a chain of whole messages. */
    public MessageReader(ChainReader chain) {
        this.chain = chain;
    }

    /** Takes the next message, which must be there. */
    public Message take() {
        var begin = chain.consumed();
        try {
            var whole = takeShortMessage();
            return whole != null ? Message.wrap(whole) : takeFrames();
        } catch (RuntimeException | Error e) {
            skipRest(begin);
            throw e;
        }
    }

    /** As {@link #take()}, into a buffer, in place of what that holds; where that fails, the buffer is empty. */
    public void take(MessageBuffer into) {
        var begin = chain.consumed();
        try {
            if (!takeShortMessage(into.clear())) {
                takeFrames(into);
            }
        } catch (RuntimeException | Error e) {
            into.clear();
            skipRest(begin);
            throw e;
        }
    }

    /** Takes the next frame, which must be there, and returns its body. */
    public byte[] takeFrame() {
        return chain.take(takeHeader());
    }

    /** Takes all messages there are, to nowhere; returns how many. */
    public long dropAll() {
        var walker = new FrameWalker();
        while (chain.refresh() > 0) {
            walker.walk(chain, chain.available());
        }
        return walker.messages();
    }

    /** Takes a whole message of one short frame, if that comes next and lies in one piece; null if not. */
    private byte @Nullable [] takeShortMessage() {
        var piece = chain.piece();
        var size = shortMessage(piece);
        if (size < 0) {
            return null;
        }
        var body = new byte[size];
        Copies.copy(piece, chain.pieceAt() + Frame.SHORT_HEADER, body, 0, size);
        chain.pass(Frame.SHORT_HEADER + size);
        return body;
    }

    /** As {@link #takeShortMessage()}, into a buffer; false if something else comes next. */
    private boolean takeShortMessage(MessageBuffer into) {
        var piece = chain.piece();
        var size = shortMessage(piece);
        if (size < 0) {
            return false;
        }
        into.add(piece, chain.pieceAt() + Frame.SHORT_HEADER, size);
        chain.pass(Frame.SHORT_HEADER + size);
        return true;
    }

    /** The size of the short message that comes next and lies in this piece; -1 if something else comes next. */
    private int shortMessage(byte[] piece) {
        var at = chain.pieceAt();
        if (piece.length - at < Frame.SHORT_HEADER || piece[at] != 0) {
            return -1;
        }
        var size = piece[at + 1] & 0xFF;
        return chain.isInOnePiece(Frame.SHORT_HEADER + size) ? size : -1;
    }

    private Message takeFrames() {
        var body = takeFrame();
        if (!more) {
            return Message.wrap(body);
        }
        var frames = new ArrayList<byte[]>();
        frames.add(body);
        while (more) {
            frames.add(takeFrame());
        }
        return Message.wrapFrames(frames);
    }

    private void takeFrames(MessageBuffer into) {
        do {
            chain.take(takeHeader(), into.add());
        } while (more);
    }

    /** Takes a frame's header and returns the size of its body. */
    private int takeHeader() {
        var flags = chain.next();
        var size = chain.next();
        if ((flags & Frame.LONG) != 0) {
            for (var i = 1; i < Long.BYTES; i++) {
                size = (size << 8) | chain.next();
            }
        }
        more = (flags & Frame.MORE) != 0;
        frameEnd = chain.consumed() + size;
        return size;
    }

    private void skipRest(long begin) {
        if (chain.consumed() == begin) {
            takeHeader();
        }
        chain.skip(frameEnd - chain.consumed());
        while (more) {
            chain.skip(takeHeader());
        }
    }
}
