package io.lingmq.simulation;

import io.lingmq.testkit.HeardFrame;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.transport.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A peer in a {@link Lab} that says exactly the octets it is told to, and checks what it hears. What it says leaves as
 * soon as it can; the world goes on while it waits for what it is to hear.
 */
public final class VirtualPeer implements AutoCloseable {
    private static final long TRY_AGAIN_NS = 100_000;
    private static final int READ_SIZE = 64 * 1024;

    private final Lab lab;
    private final World world;
    private final VirtualLink link;
    private final Octets heard = new Octets();
    private byte[] unsaid = {};
    private int said;
    private boolean hasEnded;

    VirtualPeer(Lab lab, World world, Link link) {
        this.lab = lab;
        this.world = world;
        this.link = (VirtualLink) link;
    }

    /** The other end of its link. */
    public Link linkToIt() {
        return link.other();
    }

    // ---- saying

    /** Exchanges greetings, then READY commands: from here on the connection carries messages. */
    public VirtualPeer open(String socketType) {
        return greet().ready(Zmtp.ready(socketType));
    }

    /** Sends a greeting and hears one. */
    public VirtualPeer greet() {
        send(Zmtp.greeting());
        read(Zmtp.GREETING_SIZE);
        return this;
    }

    /** Sends a READY command frame, perhaps with more behind it, and hears one. */
    public VirtualPeer ready(byte[] readyFrame) {
        send(readyFrame);
        var answer = readFrame();
        if (!answer.isCommand("READY")) {
            throw new AssertionError("expected READY, heard " + answer);
        }
        return this;
    }

    /** Sends octets. */
    public VirtualPeer send(byte[] octets) {
        var waits = said < unsaid.length;
        unsaid = Hex.join(Arrays.copyOfRange(unsaid, said, unsaid.length), octets);
        said = 0;
        if (!waits) {
            say();
        }
        return this;
    }

    private void say() {
        try {
            var rest = ByteBuffer.wrap(unsaid, said, unsaid.length - said);
            while (rest.hasRemaining() && link.write(rest) > 0) {
                said = rest.position();
            }
        } catch (IOException e) {
            said = unsaid.length; // the other side does not listen any more
        }
        if (said < unsaid.length) {
            world.in(TRY_AGAIN_NS, this::say);
        }
    }

    /** Whether all has left. */
    public boolean hasSaidAll() {
        return said == unsaid.length;
    }

    // ---- hearing

    /** The next octets, exactly so many. */
    public byte[] read(int count) {
        lab.until(count + " octets come, or the end", () -> hears(count));
        if (heard.size() < count) {
            throw new AssertionError("wanted " + count + " octets, heard only " + Hex.text(heard.take(heard.size())));
        }
        return heard.take(count);
    }

    /** Takes what there is; true if it is so much, or the other side has ended. */
    private boolean hears(int count) {
        var buffer = ByteBuffer.allocate(READ_SIZE);
        try {
            int came;
            while (!hasEnded && (came = link.read(buffer)) != 0) {
                hasEnded = came < 0;
                heard.add(Arrays.copyOf(buffer.array(), buffer.position()));
                buffer.clear();
            }
        } catch (IOException e) {
            hasEnded = true;
        }
        return hasEnded || heard.size() >= count;
    }

    /** Hears exactly these octets next. */
    public VirtualPeer expect(byte[] octets) {
        var came = read(octets.length);
        if (!Arrays.equals(octets, came)) {
            throw new AssertionError("expected " + Hex.text(octets) + "\n but heard " + Hex.text(came));
        }
        return this;
    }

    /** The next frame. */
    public HeardFrame readFrame() {
        var flags = read(1)[0] & 0xFF;
        var size = (flags & Zmtp.LONG) == 0
                ? read(1)[0] & 0xFF
                : Math.toIntExact(ByteBuffer.wrap(read(Long.BYTES)).getLong());
        return new HeardFrame(flags, read(size));
    }

    /** Waits until the other side has ended the connection; what it still said before. */
    public byte[] expectClosed() {
        lab.until("the other side ends the connection", () -> hears(Integer.MAX_VALUE));
        return heard.take(heard.size());
    }

    /** Ends the connection. */
    @Override
    public void close() {
        said = unsaid.length;
        link.close();
    }
}
