package io.lingmq.pipe;

import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.wire.Frame;
import java.util.ArrayList;

/**
 * Takes messages out of a chain of ZMTP frames. A message that cannot be taken, since there is no memory for it, is
 * taken nevertheless, to nowhere: else the next one would begin in its midst.
 *
 * <p>Threading: that of the chain's reader.
 */
final class MessageReader {
    private final ChainReader chain;
    private long frameEnd;
    private boolean more;

    MessageReader(ChainReader chain) {
        this.chain = chain;
    }

    /** Takes the next message, which must be there. */
    Message take() {
        var begin = chain.consumed();
        try {
            var whole = chain.takeShortMessage();
            return whole != null ? Message.wrap(whole) : takeFrames();
        } catch (RuntimeException | Error e) {
            skipRest(begin);
            throw e;
        }
    }

    /** As {@link #take()}, into a buffer, in place of what that holds; where that fails, the buffer is empty. */
    void take(MessageBuffer into) {
        var begin = chain.consumed();
        try {
            if (!chain.takeShortMessage(into.clear())) {
                takeFrames(into);
            }
        } catch (RuntimeException | Error e) {
            into.clear();
            skipRest(begin);
            throw e;
        }
    }

    private Message takeFrames() {
        var body = chain.take(takeHeader());
        if (!more) {
            return Message.wrap(body);
        }
        var frames = new ArrayList<byte[]>();
        frames.add(body);
        while (more) {
            frames.add(chain.take(takeHeader()));
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
