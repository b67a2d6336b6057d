package io.lingmq.torture;

import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.testkit.Bodies;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * A message of the torture test: it says whose it is and which, and carries a checksum over all of its frames, so that
 * a damaged, halved or mixed up message is known at once.
 *
 * <pre>
 *   first frame   stream: int, number: int, frames: int, checksum of all else: int, filling
 *   other frames  filling
 * </pre>
 *
 * @param stream whose message it is
 * @param number which of that stream, from 0
 */
record Parcel(int stream, int number) {
    private static final int HEAD = 4 * Integer.BYTES;
    private static final int CHECKSUM_AT = 3 * Integer.BYTES;
    private static final int MOST_FRAMES = 4;

    /** The message, of a random number of frames, each of at least and at most so many octets. */
    Message pack(Random random, int least, int most) {
        var frames = new ArrayList<byte[]>();
        var count = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(MOST_FRAMES);
        for (var i = 0; i < count; i++) {
            var size = least + random.nextInt(most - least + 1);
            frames.add(Bodies.of(number + i, Math.max(i == 0 ? HEAD : 0, size)));
        }
        var head = ByteBuffer.wrap(frames.get(0));
        head.putInt(stream).putInt(number).putInt(count);
        var sum = new CRC32();
        for (var frame : frames) {
            add(sum, frame, frame == frames.get(0));
        }
        head.putInt((int) sum.getValue());
        return Message.wrapFrames(frames);
    }

    /**
     * What a received message is.
     *
     * @param at the frame where the parcel begins; those before it are the pattern's
     * @throws AssertionError if it is not what was packed, octet for octet
     */
    static Parcel unpack(Frames message, int at) {
        var whole = message.toMessage();
        if (whole.frameCount() <= at || whole.size(at) < HEAD) {
            throw new AssertionError("damaged: no parcel but " + whole);
        }
        var head = ByteBuffer.wrap(whole.bytes(at));
        var parcel = new Parcel(head.getInt(), head.getInt());
        var frames = head.getInt();
        var told = head.getInt();
        var sum = new CRC32();
        for (var i = at; i < whole.frameCount(); i++) {
            add(sum, whole.bytes(i), i == at);
        }
        if (frames != whole.frameCount() - at || told != (int) sum.getValue()) {
            throw new AssertionError("damaged: " + parcel + " of " + frames + " frames came as " + whole);
        }
        return parcel;
    }

    private static void add(CRC32 sum, byte[] frame, boolean hasHead) {
        sum.update(frame, 0, hasHead ? CHECKSUM_AT : frame.length);
        if (hasHead) {
            sum.update(frame, HEAD, frame.length - HEAD);
        }
    }
}
