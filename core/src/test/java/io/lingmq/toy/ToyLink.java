package io.lingmq.toy;

import io.lingmq.transport.LayeredLink;
import io.lingmq.transport.Link;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A link over another one, which turns the bits of all octets round. */
final class ToyLink extends LayeredLink {
    private static final int MOST_AT_ONCE = 1000;

    ToyLink(Link below) {
        super(below);
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        var begin = buffer.position();
        var count = below.read(buffer);
        for (var i = begin; i < buffer.position(); i++) {
            buffer.put(i, (byte) ~buffer.get(i));
        }
        return count;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        var turned = ByteBuffer.allocate(Math.min(MOST_AT_ONCE, buffer.remaining()));
        for (var i = 0; i < turned.capacity(); i++) {
            turned.put((byte) ~buffer.get(buffer.position() + i));
        }
        var count = below.write(turned.flip());
        buffer.position(buffer.position() + count);
        return count;
    }
}
