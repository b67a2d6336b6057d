package io.lingmq.session;

import io.lingmq.engine.CommandSink;
import io.lingmq.engine.TrafficDecoder;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.wire.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/**
 * The reading half of an open connection: reads ahead until the pipe is full, and goes on when the socket has made
 * room.
 *
 * <p>Threading: the I/O thread's today. The {@link Role} makes it any thread's, one at a time, so that a receiver that
 * waits can read itself; nothing here knows which thread it is on but for the methods that steer the selector.
 */
final class Input {
    /** A connection with much to read lets the others of its thread have their turn after so many buffers. */
    private static final int BUFFERS_PER_TURN = 4;

    private final Reactor reactor;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final WirePipe lane;
    private final TrafficDecoder decoder;
    private final Consumer<Ending> over;
    private final Role role = new Role();
    private boolean paused;
    private volatile boolean stopped;
    private volatile long lastHeardNs = System.nanoTime();

    /**
     * The input of a connection whose handshake is complete.
     *
     * @param commands hears of commands, in the reading thread
     * @param over hears in the reading thread why nothing more will come
     */
    Input(
            Reactor reactor,
            SocketChannel channel,
            SelectionKey key,
            WirePipe lane,
            Settings settings,
            CommandSink commands,
            Consumer<Ending> over) {
        this.reactor = reactor;
        this.channel = channel;
        this.key = key;
        this.lane = lane;
        this.over = over;
        decoder = new TrafficDecoder(lane.input(), settings.get(Options.MAX_MESSAGE_SIZE), commands);
    }

    /** A subscription came as a command: it goes to the socket as the message that means the same. */
    void insert(byte[] body) {
        decoder.insert(body);
    }

    /** When something last came, as {@link System#nanoTime} has it. */
    long lastHeardNs() {
        return lastHeardNs;
    }

    /** Whether nobody reads, so that the peer's silence means nothing. */
    boolean isPaused() {
        return paused;
    }

    // ---- the I/O thread's

    /** The channel has something. */
    void read() {
        if (stopped || !role.tryEnter()) {
            return; // somebody else is reading; should it leave something, the selector will say so again
        }
        var buffer = reactor.readBuffer();
        try {
            for (var i = 0; i < BUFFERS_PER_TURN && !stopped; i++) {
                var messages = readOnce(buffer.clear());
                if (!lane.hasRoom()) {
                    pause();
                    return;
                }
                if (messages < 0 || buffer.limit() < buffer.capacity()) {
                    return;
                }
            }
        } finally {
            role.leave();
        }
    }

    /** Takes what came in one piece with the end of the handshake. */
    void take(ByteBuffer octets) {
        if (role.enter()) {
            try {
                decode(octets);
            } catch (ProtocolException e) {
                end(new Ending(Ending.Kind.RULE_BROKEN, e.reason()));
            } finally {
                role.leave();
            }
        }
    }

    private void pause() {
        if (stopped) {
            return;
        }
        paused = true;
        key.interestOpsAnd(~SelectionKey.OP_READ);
        var bell = lane.inputBell();
        bell.rest();
        if (lane.hasRoom() && bell.riseAgain()) {
            resume();
        }
    }

    /** The pipe's bell says that there is room again. */
    void resume() {
        if (stopped || !paused) {
            return;
        }
        if (!lane.hasRoom()) {
            pause();
            return;
        }
        paused = false;
        lastHeardNs = System.nanoTime();
        key.interestOpsOr(SelectionKey.OP_READ);
    }

    /** Nobody reads any more. */
    void stop() {
        stopped = true;
        role.takeForGood();
        lane.input().rollback();
    }

    // ---- in the role

    /** Returns how many messages came, -1 if nothing can come any more. */
    private long readOnce(ByteBuffer buffer) {
        try {
            var count = channel.read(buffer);
            if (count < 0) {
                return end(new Ending(Ending.Kind.LOST, "the peer closed the connection"));
            }
            buffer.flip();
            return count == 0 ? 0 : decode(buffer);
        } catch (ProtocolException e) {
            return end(new Ending(Ending.Kind.RULE_BROKEN, e.reason()));
        } catch (IOException e) {
            return end(new Ending(Ending.Kind.LOST, String.valueOf(e.getMessage())));
        }
    }

    private long decode(ByteBuffer octets) throws ProtocolException {
        lastHeardNs = System.nanoTime();
        var messages = 0L;
        try {
            decoder.decode(octets);
        } finally {
            messages = decoder.takeCount();
            if (messages > 0) {
                lane.arrived(messages);
            }
        }
        return messages;
    }

    private long end(Ending ending) {
        stopped = true;
        over.accept(ending);
        return -1;
    }
}
