package io.lingmq.frame;

import io.lingmq.chain.ChainReader;
import io.lingmq.wire.Frame;

/**
 * Follows the frame headers in a stream of encoded frames, to count whole messages and to know where one ends.
 *
 * <p>Threading: confined to whoever reads the stream. Touches no body byte.
 */
public final class FrameWalker {
    private long bodyLeft;
    private int sizeOctetsLeft;
    private long size;
    private int flags;
    private boolean inHeader;
    private boolean inMessage;
    private long messages;
    private long commands;
    private long headerOctets;

    /** A walk that begins between two messages. */
    public FrameWalker() {}

    /** How many messages have ended since the walk began. */
    public long messages() {
        return messages;
    }

    /** How many commands have ended since the walk began. */
    public long commands() {
        return commands;
    }

    /** How many octets of what was walked over are frame headers. */
    public long headerOctets() {
        return headerOctets;
    }

    /** Whether the walk stands between two messages. */
    public boolean betweenMessages() {
        return !inMessage && !inHeader && bodyLeft == 0;
    }

    /** Takes {@code size} bytes of a chain, walking over each contiguous run of them. */
    public void walk(ChainReader chain, long size) {
        var left = size;
        while (left > 0) {
            var piece = chain.piece();
            var at = chain.pieceAt();
            var run = (int) Math.min(left, chain.pieceLeft());
            walk(piece, at, at + run);
            chain.pass(run);
            left -= run;
        }
    }

    /** How many unread bytes of a chain belong to the message that the walk stands in; the walk does not go on. */
    public long restOfMessage(ChainReader chain) {
        return betweenMessages() ? 0 : toEndOfMessage(chain);
    }

    /** How many bytes the next message in a chain has, 0 if there is none; the walk does not go on. */
    public long nextMessage(ChainReader chain) {
        assert betweenMessages();
        return toEndOfMessage(chain);
    }

    private long toEndOfMessage(ChainReader chain) {
        var probe = new FrameWalker();
        probe.standAt(this);
        return chain.walkAhead((bytes, from, to) -> probe.walk(bytes, from, to, messages + 1));
    }

    /** A walker that stands where the other one does. */
    void standAt(FrameWalker other) {
        bodyLeft = other.bodyLeft;
        sizeOctetsLeft = other.sizeOctetsLeft;
        size = other.size;
        flags = other.flags;
        inHeader = other.inHeader;
        inMessage = other.inMessage;
        messages = other.messages;
        commands = other.commands;
        headerOctets = other.headerOctets;
    }

    /** Walks the bytes from {@code from} (included) to {@code to} (excluded). */
    public void walk(byte[] bytes, int from, int to) {
        walk(bytes, from, to, Long.MAX_VALUE);
    }

    /** As {@link #walk(byte[], int, int)}, but stops when the given number of messages have ended; returns where. */
    int walk(byte[] bytes, int from, int to, long untilMessages) {
        var at = from;
        while (at < to && messages < untilMessages) {
            if (betweenMessages()) {
                at = walkShortMessages(bytes, at, to, untilMessages);
                if (at >= to || messages >= untilMessages) {
                    return at;
                }
            }
            if (bodyLeft > 0) {
                var skipped = (int) Math.min(bodyLeft, to - at);
                at += skipped;
                bodyLeft -= skipped;
                if (bodyLeft == 0) {
                    frameEnds();
                }
            } else if (!inHeader && to - at >= Frame.SHORT_HEADER && (bytes[at] & Frame.LONG) == 0) {
                flags = bytes[at];
                headerOctets += Frame.SHORT_HEADER;
                bodyBegins(bytes[at + 1] & 0xFF);
                at += Frame.SHORT_HEADER;
            } else {
                headerOctet(bytes[at++]);
            }
        }
        return at;
    }

    /** The usual case in a tight loop: whole messages of one short frame. Returns where there is something else. */
    private int walkShortMessages(byte[] bytes, int from, int to, long untilMessages) {
        var at = from;
        var count = messages;
        while (to - at >= Frame.SHORT_HEADER && bytes[at] == 0 && count < untilMessages) {
            var next = at + Frame.SHORT_HEADER + (bytes[at + 1] & 0xFF);
            if (next > to) {
                break;
            }
            at = next;
            count++;
        }
        headerOctets += (count - messages) * Frame.SHORT_HEADER;
        messages = count;
        return at;
    }

    private void headerOctet(byte octet) {
        headerOctets++;
        if (!inHeader) {
            inHeader = true;
            flags = octet;
            size = 0;
            sizeOctetsLeft = (octet & Frame.LONG) == 0 ? 1 : Long.BYTES;
            return;
        }
        size = (size << 8) | (octet & 0xFF);
        if (--sizeOctetsLeft == 0) {
            inHeader = false;
            bodyBegins(size);
        }
    }

    private void bodyBegins(long bodySize) {
        bodyLeft = bodySize;
        inMessage = true;
        if (bodySize == 0) {
            frameEnds();
        }
    }

    private void frameEnds() {
        if ((flags & Frame.MORE) == 0) {
            inMessage = false;
            if ((flags & Frame.COMMAND) == 0) {
                messages++;
            } else {
                commands++;
            }
        }
    }
}
