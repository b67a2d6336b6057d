package io.lingmq.simulation;

import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a peer of an older version of ZMTP says and hears on one connection: without a version, 1.0 or 2.0. It knows
 * nothing of the library's own reading and writing of them.
 */
final class OldSpeech {
    /** The versions. */
    enum Version {
        NONE,
        V1,
        V2
    }

    private static final byte[] NOTHING = {};
    private static final byte[] SIGNATURE = {(byte) 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F};
    private static final int MORE = 1;
    private static final int LONG = 2;
    private static final int LONGEST_SHORT = 255;
    private static final int OLD_LONG = 0xFF;

    final byte[] id;
    private final Version version;
    private final Octets unread = new Octets();
    private final List<byte[]> frames = new ArrayList<>();
    private boolean hasGreeted;
    private boolean isGreeted;
    private boolean knowsName;

    OldSpeech(byte[] id, Version version) {
        this.id = id;
        this.version = version;
    }

    // ---- saying

    /** The greeting and the routing id, which is empty, if they are still to be said. */
    byte[] greeting(SocketType type) {
        var octets = new ByteArrayOutputStream();
        if (!hasGreeted && version != Version.NONE) {
            octets.writeBytes(SIGNATURE);
            octets.write(version == Version.V1 ? 0 : 1);
            octets.write(type.libzmqNumber());
        }
        if (!hasGreeted) {
            putFrame(octets, 0, NOTHING);
        }
        return octets.toByteArray();
    }

    boolean hasGreeted() {
        return hasGreeted;
    }

    void greetingIsTaken() {
        hasGreeted = true;
    }

    byte[] encode(Message message) {
        var octets = new ByteArrayOutputStream();
        for (var i = 0; i < message.frameCount(); i++) {
            putFrame(octets, i < message.frameCount() - 1 ? MORE : 0, message.bytes(i));
        }
        return octets.toByteArray();
    }

    /**
     * ZMTP 2.0 has the flags first, and the length of the body; before it was the length of both, and then the flags.
     */
    private void putFrame(ByteArrayOutputStream octets, int flags, byte[] body) {
        if (version == Version.V2) {
            var isLong = body.length > LONGEST_SHORT;
            octets.write(isLong ? flags | LONG : flags);
            putLength(octets, isLong, body.length);
        } else {
            var isLong = body.length + 1 >= OLD_LONG;
            if (isLong) {
                octets.write(OLD_LONG);
            }
            putLength(octets, isLong, body.length + 1);
            octets.write(flags);
        }
        octets.writeBytes(body);
    }

    private static void putLength(ByteArrayOutputStream octets, boolean isLong, int length) {
        if (isLong) {
            octets.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
        } else {
            octets.write(length);
        }
    }

    // ---- hearing

    void hears(byte[] octets) {
        unread.add(octets);
    }

    /** The next message that is there as a whole, or null. */
    Message next() {
        if (!isGreeted && version != Version.NONE) {
            if (unread.size() < SIGNATURE.length + 2) {
                return null;
            }
            unread.take(SIGNATURE.length + 2); // with the version and the socket type
        }
        isGreeted = true;
        while (hasFrame()) {
            var more = takeFrame();
            if (!knowsName) {
                knowsName = true; // the first frame is the peer's routing id
                frames.clear();
            } else if (!more) {
                var message = Message.ofFrames(frames);
                frames.clear();
                return message;
            }
        }
        return null;
    }

    private int header() {
        if (unread.size() == 0) {
            return 2;
        }
        return version == Version.V2 ? ((unread.at(0) & LONG) == 0 ? 2 : 9) : (unread.at(0) == OLD_LONG ? 10 : 2);
    }

    private long body() {
        if (version == Version.V2) {
            return header() == 2 ? unread.at(1) : unread.number(1, Long.BYTES);
        }
        return (header() == 2 ? unread.at(0) : unread.number(1, Long.BYTES)) - 1;
    }

    private boolean hasFrame() {
        return unread.size() >= header() && unread.size() >= header() + body();
    }

    private boolean takeFrame() {
        var header = header();
        var body = (int) body();
        var flags = unread.at(version == Version.V2 ? 0 : header - 1);
        unread.take(header);
        frames.add(unread.take(body));
        return (flags & MORE) != 0;
    }
}
