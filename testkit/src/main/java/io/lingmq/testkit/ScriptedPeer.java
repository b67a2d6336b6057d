package io.lingmq.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A peer that says on a real connection exactly the octets it is told to, good or bad, and checks what it hears.
 *
 * <pre>{@code
 * try (var peer = ScriptedPeer.connect(endpoint)) {
 *     peer.open("DEALER").send(Zmtp.message("", "hello"));
 *     peer.expect(Zmtp.message("", "world"));
 * }
 * }</pre>
 *
 * <p>Threading: one thread at a time. Every call ends within the peer's patience, five seconds unless told otherwise.
 */
public final class ScriptedPeer implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int READ_SIZE = 64 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer arrived = ByteBuffer.allocate(READ_SIZE).flip();
    private Duration patience = PATIENCE;

    ScriptedPeer(SocketChannel channel) throws IOException {
        this.channel = channel;
        if (channel.getRemoteAddress() instanceof InetSocketAddress) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, 0);
    }

    /** Connects to a {@code tcp://} or {@code ipc://} endpoint; says nothing yet. */
    public static ScriptedPeer connect(String endpoint) {
        try {
            return new ScriptedPeer(SocketChannel.open(Endpoints.address(endpoint)));
        } catch (IOException e) {
            throw new UncheckedIOException("no connection to " + endpoint, e);
        }
    }

    /** Another limit for each of the calls that follow. */
    public ScriptedPeer patience(Duration limit) {
        patience = limit;
        return this;
    }

    /** Exchanges greetings, then READY commands: from here on the connection carries messages. */
    public ScriptedPeer open(String socketType) {
        return greet().ready(Zmtp.ready(socketType));
    }

    /** Sends a greeting and hears one. */
    public ScriptedPeer greet() {
        send(Zmtp.greeting());
        read(Zmtp.GREETING_SIZE);
        return this;
    }

    /** Sends a READY command frame and hears one. */
    public ScriptedPeer ready(byte[] readyFrame) {
        send(readyFrame);
        var answer = readFrame();
        if (!answer.isCommand("READY")) {
            throw new AssertionError("expected READY, heard " + answer);
        }
        return this;
    }

    /** Sends octets. */
    public ScriptedPeer send(byte[] octets) {
        try {
            trySend(octets);
        } catch (IOException e) {
            throw new UncheckedIOException("could not send " + octets.length + " octets", e);
        }
        return this;
    }

    /** Sends octets written in hex. */
    public ScriptedPeer sendHex(String hex) {
        return send(Hex.bytes(hex));
    }

    /**
     * Sends octets for as long as the other side keeps the connection open.
     *
     * @return whether all of them could be written
     */
    public boolean sendUnlessClosed(byte[] octets) {
        try {
            trySend(octets);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void trySend(byte[] octets) throws IOException {
        var rest = ByteBuffer.wrap(octets);
        var endNs = System.nanoTime() + patience.toNanos();
        while (rest.hasRemaining()) {
            if (channel.write(rest) == 0 && !await(SelectionKey.OP_WRITE, endNs)) {
                throw new AssertionError("the other side does not read: " + rest.remaining() + " octets are left");
            }
        }
    }

    /**
     * Sends octets one at a time with a pause after each, until all are sent or the other side has closed.
     *
     * @return how many were sent
     */
    public int sendSlowly(byte[] octets, Duration pause) {
        for (var i = 0; i < octets.length; i++) {
            if (!sendUnlessClosed(new byte[] {octets[i]}) || hasClosedWithin(pause)) {
                return i + 1;
            }
        }
        return octets.length;
    }

    private boolean hasClosedWithin(Duration time) {
        var endNs = System.nanoTime() + time.toNanos();
        try {
            while (await(SelectionKey.OP_READ, endNs)) {
                if (channel.read(ByteBuffer.allocate(READ_SIZE)) < 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The next octets, exactly so many. */
    public byte[] read(int count) {
        var octets = new byte[count];
        var got = 0;
        var endNs = System.nanoTime() + patience.toNanos();
        while (got < count) {
            if (!arrived.hasRemaining() && !fill(endNs)) {
                throw new AssertionError("wanted " + count + " octets, heard only "
                        + Hex.text(Arrays.copyOf(octets, got)) + ", then nothing or the end");
            }
            var taken = Math.min(count - got, arrived.remaining());
            arrived.get(octets, got, taken);
            got += taken;
        }
        return octets;
    }

    /** Whether more octets have come; false at the end of the stream or of the time. */
    private boolean fill(long endNs) {
        try {
            arrived.clear().flip();
            if (!await(SelectionKey.OP_READ, endNs)) {
                return false;
            }
            arrived.clear();
            var count = channel.read(arrived);
            arrived.flip();
            return count > 0;
        } catch (IOException e) {
            arrived.clear().flip();
            return false;
        }
    }

    /** Hears exactly these octets next. */
    public ScriptedPeer expect(byte[] octets) {
        var heard = read(octets.length);
        if (!Arrays.equals(octets, heard)) {
            throw new AssertionError("expected " + Hex.text(octets) + "\n but heard " + Hex.text(heard));
        }
        return this;
    }

    /** Hears exactly these octets next, written in hex. */
    public ScriptedPeer expectHex(String hex) {
        return expect(Hex.bytes(hex));
    }

    /** The next frame. */
    public HeardFrame readFrame() {
        var flags = read(1)[0] & 0xFF;
        var size = (flags & Zmtp.LONG) == 0
                ? read(1)[0] & 0xFF
                : Math.toIntExact(ByteBuffer.wrap(read(Long.BYTES)).getLong());
        return new HeardFrame(flags, read(size));
    }

    /** The frames of the next message as texts; commands before and between them are passed over. */
    public List<String> readMessage() {
        var frames = new ArrayList<String>();
        HeardFrame frame;
        do {
            frame = readFrame();
            if (!frame.isCommand()) {
                frames.add(frame.text());
            }
        } while (frame.isCommand() || frame.hasMore());
        return frames;
    }

    /**
     * Waits until the other side has closed the connection.
     *
     * @return what it still said before
     */
    public byte[] expectClosed() {
        var said = new byte[0];
        var endNs = System.nanoTime() + patience.toNanos();
        while (true) {
            var rest = new byte[arrived.remaining()];
            arrived.get(rest);
            said = Hex.join(said, rest);
            if (!fill(endNs)) {
                if (System.nanoTime() - endNs >= 0) {
                    throw new AssertionError("the connection is still open after " + patience.toMillis() + " ms; heard "
                            + Hex.text(Arrays.copyOf(said, Math.min(said.length, 100))));
                }
                return said;
            }
        }
    }

    /** Hears nothing for the given time, and the connection stays open. */
    public ScriptedPeer expectSilence(Duration time) {
        var endNs = System.nanoTime() + time.toNanos();
        if (arrived.hasRemaining() || fill(endNs) || System.nanoTime() - endNs < 0) {
            throw new AssertionError("expected silence, heard "
                    + (arrived.hasRemaining() ? Hex.text(read(arrived.remaining())) : "the end"));
        }
        return this;
    }

    private boolean await(int operation, long endNs) throws IOException {
        var leftMs = (endNs - System.nanoTime() + 999_999) / 1_000_000;
        if (leftMs <= 0) {
            return false;
        }
        key.interestOps(operation);
        selector.selectedKeys().clear();
        return selector.select(leftMs) > 0;
    }

    /** Says that nothing more will come, and keeps listening. */
    public ScriptedPeer endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Ends the connection with a reset, as a crashed machine would; TCP only. */
    public void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    /** Ends the connection. */
    @Override
    public void close() {
        try {
            // The descriptor lives until the selector has let go of it.
            channel.close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
