package io.lingmq.engine;

import io.lingmq.pipe.ChainReader;
import io.lingmq.pipe.FrameWalker;
import io.lingmq.pipe.WirePipe;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decides what a connection writes next: urgent octets (greeting, handshake, PING, PONG) first, then subscriptions,
 * then messages; and never anything between two frames of one message.
 *
 * <p>Octets are copied with {@link #fill} and count as gone only when {@link #wrote} says so, so that a connection that
 * is lost loses no more than what was handed to the operating system and the message it had begun.
 *
 * <p>Threading: confined to whoever writes the connection. Touches no channel and no clock.
 */
public final class Outflow {
    private static final byte[] NOTHING = new byte[0];

    private final FrameWalker messages = new FrameWalker();
    private final FrameWalker subscriptions = new FrameWalker();
    private byte[] urgent = NOTHING;
    private int restPlanned;
    private int urgentPlanned;
    private int controlPlanned;
    private int messagesPlanned;

    /** Adds octets that go out before all else. */
    public void addUrgent(byte[] octets) {
        if (octets.length > 0) {
            var joined = Arrays.copyOf(urgent, urgent.length + octets.length);
            System.arraycopy(octets, 0, joined, urgent.length, octets.length);
            urgent = joined;
        }
    }

    /** Whether urgent octets are waiting. */
    public boolean hasUrgent() {
        return urgent.length > 0;
    }

    /** How many urgent octets are waiting. */
    public int urgentSize() {
        return urgent.length;
    }

    /** Fills the buffer with urgent octets only: the connection is not open yet. */
    public void fill(ByteBuffer target) {
        restPlanned = 0;
        controlPlanned = 0;
        messagesPlanned = 0;
        fillUrgent(target);
    }

    /** Fills the buffer with what is to be written next. */
    public void fill(ByteBuffer target, WirePipe pipe) {
        var output = pipe.output();
        var begin = target.position();
        var interrupts = urgent.length > 0 || pipe.control().refresh() > 0;
        if (interrupts && !messages.betweenMessages()) {
            var rest = output.restOfMessage(messages);
            output.copyTo(target, rest);
            restPlanned = target.position() - begin;
            if (restPlanned < rest) {
                clearPlanBehindRest();
                return;
            }
        } else {
            restPlanned = 0;
        }
        if (subscriptions.betweenMessages()) {
            fillUrgent(target);
        } else {
            urgentPlanned = 0; // a subscription was begun: it is finished first
        }
        controlPlanned = copied(pipe.control(), target);
        messagesPlanned = restPlanned > 0 || pipe.control().available() > controlPlanned ? 0 : copied(output, target);
    }

    private void clearPlanBehindRest() {
        urgentPlanned = 0;
        controlPlanned = 0;
        messagesPlanned = 0;
    }

    private void fillUrgent(ByteBuffer target) {
        urgentPlanned = Math.min(urgent.length, target.remaining());
        target.put(urgent, 0, urgentPlanned);
    }

    private static int copied(ChainReader source, ByteBuffer target) {
        var begin = target.position();
        source.copyTo(target);
        return target.position() - begin;
    }

    /** The first {@code count} octets of the last fill are gone; only urgent ones can be among them. */
    public void wrote(int count) {
        urgent = Arrays.copyOfRange(urgent, count, urgent.length);
    }

    /**
     * The next {@code count} octets of the last fill are gone.
     *
     * @return how many messages ended among them
     */
    public long wrote(int count, WirePipe pipe) {
        var before = messages.messages();
        var left = count;
        var rest = Math.min(left, restPlanned);
        pipe.output().walk(rest, messages);
        restPlanned -= rest;
        left -= rest;
        var hurried = Math.min(left, urgentPlanned);
        if (hurried > 0) {
            wrote(hurried);
        }
        urgentPlanned -= hurried;
        left -= hurried;
        var control = Math.min(left, controlPlanned);
        pipe.control().walk(control, subscriptions);
        controlPlanned -= control;
        left -= control;
        var bodies = Math.min(left, messagesPlanned);
        pipe.output().walk(bodies, messages);
        messagesPlanned -= bodies;
        return messages.messages() - before;
    }

    /**
     * The connection is lost: forgets what was meant for it alone, and the rest of a message that it had begun.
     *
     * @return 1 if a message was lost that way, else 0
     */
    public long lost(WirePipe pipe) {
        urgent = NOTHING;
        pipe.control().walk(pipe.control().refresh(), new FrameWalker());
        if (messages.betweenMessages()) {
            return 0;
        }
        pipe.output().walk(pipe.output().restOfMessage(messages), messages);
        return 1;
    }
}
