package io.lingmq.cli.socket;

import io.lingmq.message.Message;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A message with places for another one.
 *
 * <p>A request of several frames is laid into the frame that has the {@code {}}: what stands before it goes to the
 * first of them, what stands behind to the last.
 */
final class Template {
    private final List<byte[]> frames;

    Template(Message message) {
        frames = message.frames();
    }

    Message fill(Message request) {
        var filled = new ArrayList<byte[]>();
        for (var frame : frames) {
            fill(frame, request, filled);
        }
        return Message.wrapFrames(filled);
    }

    private static void fill(byte[] frame, Message request, List<byte[]> filled) {
        var open = new ByteArrayOutputStream();
        for (var i = 0; i < frame.length; i++) {
            if (frame[i] == '{' && i + 1 < frame.length && frame[i + 1] == '}') {
                open = lay(request, open, filled);
                i++;
            } else {
                open.write(frame[i]);
            }
        }
        filled.add(open.toByteArray());
    }

    /** Adds all frames but the last, which stays open. */
    private static ByteArrayOutputStream lay(Message request, ByteArrayOutputStream begun, List<byte[]> filled) {
        var open = begun;
        open.writeBytes(request.sharedArray(0));
        for (var i = 1; i < request.frameCount(); i++) {
            filled.add(open.toByteArray());
            open = new ByteArrayOutputStream();
            open.writeBytes(request.sharedArray(i));
        }
        return open;
    }
}
