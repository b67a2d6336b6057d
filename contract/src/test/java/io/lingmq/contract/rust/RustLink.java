package io.lingmq.contract.rust;

import io.lingmq.transport.LayeredLink;
import io.lingmq.transport.Link;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A link over another one that changes every octet, by where it stands in the stream: it shows where TLS would lie, and
 * protects nothing. Threading: as {@link Link} says; what is read and what is written have a state each.
 */
final class RustLink extends LayeredLink {
    private static final int MOST_AT_ONCE = 4_000;
    private static final int PERIOD = 251;

    private int readSoFar;
    private int writtenSoFar;

    RustLink(Link below) {
        super(below);
    }

    private static byte changed(byte octet, int place) {
        return (byte) (octet ^ place % PERIOD);
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        var begin = buffer.position();
        var count = below.read(buffer);
        for (var i = begin; i < buffer.position(); i++) {
            buffer.put(i, changed(buffer.get(i), readSoFar));
            readSoFar = (readSoFar + 1) % PERIOD;
        }
        return count;
    }

    /** What the link below does not take is changed anew next time: it stands in the same place then. */
    @Override
    public int write(ByteBuffer buffer) throws IOException {
        var rusty = ByteBuffer.allocate(Math.min(MOST_AT_ONCE, buffer.remaining()));
        for (var i = 0; i < rusty.capacity(); i++) {
            rusty.put(changed(buffer.get(buffer.position() + i), writtenSoFar + i));
        }
        var count = below.write(rusty.flip());
        writtenSoFar = (writtenSoFar + count) % PERIOD;
        buffer.position(buffer.position() + count);
        return count;
    }
}
