package io.lingmq.support;

import io.lingmq.message.Message;
import io.lingmq.pipe.InprocPipe;
import java.util.ArrayList;
import java.util.List;

/** Somebody at the far end of an inproc pipe, who says and hears messages. */
public final class LocalPeer {
    private final BellRecorder own = new BellRecorder();
    private final InprocPipe pipe;

    /** A peer of the given socket; each side may send so many messages before it has to wait, 0 for any number. */
    public LocalPeer(BellRecorder socket, int mark) {
        pipe = InprocPipe.pair(new InprocPipe.Side(socket, mark, 0, false), new InprocPipe.Side(own, 0, 0, false));
        if (mark > 0) {
            pipe.peer().adopt(0, InprocPipe.UNKNOWN, false);
        }
        pipe.opened(new byte[0]);
    }

    /** The socket's end. */
    public InprocPipe pipe() {
        return pipe;
    }

    /** The peer's own socket. */
    public BellRecorder own() {
        return own;
    }

    /** Says messages of one frame each. */
    public LocalPeer says(String... texts) {
        for (var text : texts) {
            if (!pipe.peer().send(Message.of(text))) {
                throw new AssertionError("the pipe is full");
            }
        }
        return this;
    }

    /** The next message that it hears, or null. */
    public Message hears() {
        return pipe.peer().receive();
    }

    /** The first frames of all messages that it hears. */
    public List<String> hearsAll() {
        var all = new ArrayList<String>();
        Message message;
        while ((message = hears()) != null) {
            all.add(message.text());
        }
        return all;
    }
}
