package io.lingmq.engine;

import io.lingmq.chain.ChainReader;
import io.lingmq.frame.FrameWalker;
import io.lingmq.pipe.WirePipe;
import io.lingmq.wire.Dialect;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes canonical frames: urgent commands (PING, PONG) first, then other commands, then messages; and never anything
 * between two frames of one message.
 *
 * <p>Threading: confined to whoever writes the connection. Touches no channel and no clock.
 */
public final class Outflow implements Outbound {
    private static final byte[] NOTHING = new byte[0];

    private final FrameWalker messages = new FrameWalker();
    private final OutgoingCommands commands;
    private byte[] urgent = NOTHING;
    private int urgentWritten;
    private int restPlanned;
    private int urgentPlanned;
    private int commandsPlanned;
    private int messagesPlanned;

    /** The outflow to a peer that speaks the given version of ZMTP. */
    public Outflow(Dialect dialect) {
        commands = new OutgoingCommands(dialect);
    }

    @Override
    public void addUrgent(byte[] frame) {
        if (frame.length > 0) {
            var left = urgentSize();
            var joined = Arrays.copyOfRange(urgent, urgentWritten, urgent.length + frame.length);
            System.arraycopy(frame, 0, joined, left, frame.length);
            urgent = joined;
            urgentWritten = 0;
        }
    }

    @Override
    public int urgentSize() {
        return urgent.length - urgentWritten;
    }

    @Override
    public boolean fill(ByteBuffer target, @Nullable WirePipe pipe) {
        clearPlan();
        if (pipe == null) {
            fillUrgent(target);
            return urgentPlanned < urgentSize();
        }
        commands.take(pipe); // once: one that came behind the next look would stand in the midst of a message
        var output = pipe.output();
        if ((urgentSize() > 0 || commands.size() > 0) && !messages.betweenMessages()) {
            var rest = messages.restOfMessage(output);
            restPlanned = copied(output, target, rest);
            if (restPlanned < rest) {
                return true;
            }
        }
        if (!commands.isBegun()) { // else the frame that was begun is finished first
            fillUrgent(target);
        }
        commandsPlanned = commands.copyTo(target);
        if (restPlanned > 0 || commands.moreFollow(commandsPlanned)) {
            return true;
        }
        messagesPlanned = copied(output, target, Long.MAX_VALUE);
        return !target.hasRemaining() || urgentPlanned < urgentSize();
    }

    private void fillUrgent(ByteBuffer target) {
        urgentPlanned = Math.min(urgentSize(), target.remaining());
        target.put(urgent, urgentWritten, urgentPlanned);
    }

    private void clearPlan() {
        restPlanned = 0;
        urgentPlanned = 0;
        commandsPlanned = 0;
        messagesPlanned = 0;
    }

    private static int copied(ChainReader source, ByteBuffer target, long most) {
        var begin = target.position();
        source.copyTo(target, most);
        return target.position() - begin;
    }

    /** Allocates nothing: what the system has taken is counted, or the next connection would say it once more. */
    @Override
    public long wrote(int count, @Nullable WirePipe pipe) {
        var left = count;
        if (pipe == null) {
            wroteUrgent(left);
            return 0;
        }
        var before = messages.messages();
        var rest = Math.min(left, restPlanned);
        messages.walk(pipe.output(), rest);
        restPlanned -= rest;
        left -= rest;
        left -= wroteUrgent(left);
        var told = Math.min(left, commandsPlanned);
        commands.wrote(told);
        commandsPlanned -= told;
        left -= told;
        var bodies = Math.min(left, messagesPlanned);
        messages.walk(pipe.output(), bodies);
        messagesPlanned -= bodies;
        return messages.messages() - before;
    }

    private int wroteUrgent(int most) {
        var count = Math.min(most, urgentPlanned);
        urgentWritten += count;
        urgentPlanned -= count;
        if (urgentSize() == 0) {
            urgent = NOTHING;
            urgentWritten = 0;
        }
        return count;
    }

    @Override
    public long lost(WirePipe pipe) {
        urgent = NOTHING;
        urgentWritten = 0;
        commands.lost(pipe);
        if (messages.betweenMessages()) {
            return 0;
        }
        messages.walk(pipe.output(), messages.restOfMessage(pipe.output()));
        return 1;
    }
}
