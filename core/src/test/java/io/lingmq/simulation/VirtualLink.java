package io.lingmq.simulation;

import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SteppedReactor;
import io.lingmq.transport.Link;
import io.lingmq.transport.LinkWatcher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;

/** One end of a link through the virtual network. It behaves as TCP does, with small and uneven buffers. */
final class VirtualLink implements Link, SteppedReactor.Source {
    private enum Kind {
        DATA,
        END,
        RESET
    }

    /** What is on its way to this end. */
    private record Piece(Kind kind, byte[] octets, long atNs) {}

    private static final byte[] NOTHING = {};

    private final VirtualNetwork network;
    private final World world;
    private final String host;
    private final String peerHost;
    private final int window;
    private final ArrayDeque<Piece> onTheWay = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
    private VirtualLink peer;
    private int octetsOnTheWay;
    private int octetsArrived;
    private long lastArrivalNs;
    private boolean ended;
    private boolean outputIsShut;
    private boolean closed;
    private boolean silent;
    private boolean unwanted;
    private String error;
    private boolean wantsToRead;
    private boolean wantsToWrite;
    private SteppedReactor reactor;
    private LinkWatcher watcher;

    VirtualLink(VirtualNetwork network, String host, String peerHost, int window) {
        this.network = network;
        this.world = network.world;
        this.host = host;
        this.peerHost = peerHost;
        this.window = window;
    }

    void joinTo(VirtualLink other) {
        peer = other;
    }

    VirtualLink other() {
        return peer;
    }

    String host() {
        return host;
    }

    String peerHost() {
        return peerHost;
    }

    // ---- the session's

    @Override
    public void watch(Reactor on, LinkWatcher by) {
        reactor = (SteppedReactor) on;
        watcher = by;
        wantsToRead = true;
        reactor.watch(this);
    }

    @Override
    public void readInterest(boolean wanted) {
        wantsToRead = wanted;
        news();
    }

    @Override
    public void writeInterest(boolean wanted) {
        wantsToWrite = wanted;
        news();
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        ensureOpen();
        if (octetsArrived == 0) {
            if (error != null) {
                throw new IOException(error);
            }
            return ended ? -1 : 0;
        }
        var most = Math.min(octetsArrived, buffer.remaining());
        if (network.accident(0.1)) {
            most = 1 + world.random.nextInt(Math.max(1, most));
        }
        var count = take(buffer, Math.min(most, buffer.remaining()));
        if (unwanted || network.isLostAt(host, peerHost)) {
            loses(count);
        }
        var loss = network.loss(peerHost, host);
        loss.largestRead = Math.max(loss.largestRead, count);
        world.note(count);
        peer.news();
        return count;
    }

    private int take(ByteBuffer buffer, int most) {
        var left = most;
        while (left > 0) {
            var first = arrived.peek();
            var count = Math.min(left, first.remaining());
            buffer.put(first.slice().limit(count));
            first.position(first.position() + count);
            left -= count;
            if (!first.hasRemaining()) {
                arrived.poll();
            }
        }
        octetsArrived -= most;
        return most;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        ensureOpen();
        if (error != null) {
            throw new IOException(error);
        }
        if (outputIsShut) {
            throw new ClosedChannelException();
        }
        var count = Math.min(buffer.remaining(), peer.room());
        if (count > 1 && network.accident(0.15)) {
            count = 1 + world.random.nextInt(count);
        }
        if (count > 0) {
            var octets = new byte[count];
            buffer.get(octets);
            peer.send(Kind.DATA, octets);
        }
        return count;
    }

    @Override
    public void shutdownOutput() throws IOException {
        ensureOpen();
        if (error != null) {
            throw new IOException(error);
        }
        if (!outputIsShut) {
            outputIsShut = true;
            peer.send(Kind.END, NOTHING);
        }
    }

    /** As TCP: a link that is closed with something unread is reset, which the peer may hear before all else. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        world.tell(() -> "closed: " + this);
        if (reactor != null) {
            reactor.forget(this);
        }
        var unread = octetsArrived;
        if (unread > 0) {
            loses(unread);
            dropArrived();
        }
        if (error == null && !peer.closed) {
            if (unread > 0) {
                peer.send(Kind.RESET, NOTHING);
            } else if (!outputIsShut) {
                peer.send(Kind.END, NOTHING);
            }
        }
        forgetIfOver();
    }

    private void forgetIfOver() {
        if (closed && peer.closed) {
            network.forget(this);
            network.forget(peer);
        }
    }

    @Override
    public String peer() {
        if (network.isNameless()) {
            throw new AssertionError("has no name");
        }
        return peerHost;
    }

    private void ensureOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    // ---- the network's: this end is who gets it

    private int room() {
        return Math.max(0, window - octetsOnTheWay - octetsArrived);
    }

    private void send(Kind kind, byte[] octets) {
        lastArrivalNs = Math.max(lastArrivalNs, world.nowNs() + network.delayNs());
        if (kind == Kind.RESET && world.chance(0.5)) {
            dropOnTheWay();
        }
        onTheWay.add(new Piece(kind, octets, lastArrivalNs));
        octetsOnTheWay += octets.length;
        world.time.at(lastArrivalNs, this::arrive);
    }

    private void arrive() {
        if (silent) {
            return;
        }
        if (network.areParted(host, peerHost)) {
            world.in(network.retryNs(), this::arrive);
            return;
        }
        while (!onTheWay.isEmpty() && onTheWay.peek().atNs <= world.nowNs()) {
            arrive(onTheWay.poll());
        }
        news();
    }

    private void arrive(Piece piece) {
        octetsOnTheWay -= piece.octets.length;
        switch (piece.kind) {
            case DATA -> {
                if (closed) {
                    loses(piece.octets.length);
                    if (peer.error == null && !peer.closed) {
                        peer.send(Kind.RESET, NOTHING);
                    }
                } else if (error != null) {
                    loses(piece.octets.length);
                } else {
                    arrived.add(ByteBuffer.wrap(piece.octets));
                    octetsArrived += piece.octets.length;
                }
            }
            case END -> ended = true;
            case RESET -> breaks("connection reset by peer");
        }
    }

    /** The system gives the link up. What has arrived and was not read may be gone too. */
    private void breaks(String why) {
        if (error != null) {
            return;
        }
        error = why;
        world.tell(() -> "broken, " + why + ": " + this);
        network.loss(peerHost, host).uncleanEnds++;
        dropOnTheWay();
        if (world.chance(0.5)) {
            loses(octetsArrived);
            dropArrived();
        }
        news();
    }

    private void dropArrived() {
        arrived.clear();
        octetsArrived = 0;
    }

    private void dropOnTheWay() {
        loses(octetsOnTheWay);
        onTheWay.clear();
        octetsOnTheWay = 0;
    }

    private void loses(int octets) {
        var loss = network.loss(peerHost, host);
        loss.octets += octets;
        loss.uncleanEnds += octets > 0 ? 1 : 0;
    }

    /** Ends the link, for both ends at about the same time. */
    void cut() {
        world.in(world.between(0, 1_000_000), () -> breaks("connection reset"));
        world.in(world.between(0, 1_000_000), () -> peer.breaks("connection reset"));
    }

    /** Nothing passes any more, and nobody is told; until the systems give up. */
    void fallSilent(long forNs) {
        silent = true;
        peer.silent = true;
        world.in(forNs, this::cut);
    }

    /** If this is the end of that host, its application wants nothing more of what comes. */
    void isUnwantedAt(String whose, String from) {
        unwanted |= host.equals(whose) && peerHost.equals(from);
    }

    // ---- the reactor's

    private void news() {
        if (reactor != null) {
            reactor.news(this);
        }
    }

    private boolean isReadable() {
        return wantsToRead && (octetsArrived > 0 || ended || error != null);
    }

    private boolean isWritable() {
        return wantsToWrite && (error != null || peer.room() > 0);
    }

    @Override
    public boolean isReady() {
        return !closed && (isReadable() || isWritable());
    }

    @Override
    public void dispatch() {
        if (isReadable()) {
            watcher.readable();
        }
        if (!closed && isWritable()) {
            watcher.writable();
        }
    }

    @Override
    public void failed(Throwable cause) {
        world.violated("a connection failed: " + cause);
        watcher.failed(cause);
    }

    @Override
    public void unwatched() {
        close();
    }

    @Override
    public String toString() {
        return host + "-" + peerHost + "[" + octetsArrived + " arrived, " + octetsOnTheWay + " on the way of " + window
                + (closed ? ", closed" : "") + (ended ? ", ended" : "") + (error == null ? "" : ", " + error)
                + (wantsToRead ? ", wants to read" : "") + (wantsToWrite ? ", wants to write" : "") + "]";
    }
}
