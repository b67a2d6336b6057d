package io.lingmq.pipe;

import io.lingmq.event.DropReason;
import io.lingmq.event.Peer;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.wire.Subscription;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The two-way queue between a socket and one peer, as the socket's pattern sees it: whole messages in and out, never
 * blocking, with a high-water mark in each direction.
 *
 * <p>Threading: all methods belong to the socket and are called under its lock, except where another is named.
 */
public abstract class Pipe {
    /** A call on a pipe spins for at most so long: a thread that wants its socket's lock should spin for longer. */
    public static final int LONGEST_WAIT_SPINS = 320;

    private static final byte[] NO_ID = new byte[0];

    private final PipeOwner owner;
    private final PeerRecord peerRecord = new PeerRecord();
    private final Doorbell readable;
    private final Doorbell writable;
    private byte[] peerRoutingId = NO_ID;
    private byte[] routingId = NO_ID;
    private @Nullable ArrayDeque<FormerName> formerNames;
    private volatile boolean ended;
    private boolean open;
    private boolean discarded;
    private volatile boolean hungUp;

    /** A name that a pipe had until so many messages had come. */
    private record FormerName(byte[] id, long upTo) {}

    Pipe(PipeOwner owner) {
        this.owner = owner;
        this.readable = new Doorbell(this, Doorbell.Kind.READABLE, owner::rung);
        this.writable = new Doorbell(this, Doorbell.Kind.WRITABLE, owner::rung);
    }

    /** Puts a message in for the peer; false if the high-water mark is reached. */
    public abstract boolean send(Frames message);

    /** Whether the next {@link #send} will take a message. */
    public abstract boolean canSend();

    /** Takes the next message of the peer, or null. */
    public abstract @Nullable Message receive();

    /** Takes the next message of the peer into a buffer, in place of what that holds; false if there is none. */
    public abstract boolean receive(MessageBuffer into);

    /** Whether the next {@link #receive} will find a message. */
    public abstract boolean canReceive();

    /** Tells the peer of a subscription or its end, ahead of messages and beyond the high-water mark. */
    public abstract void sendSubscription(Subscription subscription);

    /** Ends the connection to this peer because it broke a rule of the pattern; the reason becomes an event. */
    public abstract void refuse(String reason);

    /**
     * Ends the connection to this peer, or the next one, when all that was sent is written. Under the socket's lock.
     */
    public void hangUp() {
        hungUp = true;
    }

    /** Whether the connection, or the next one, is to end when all is written. Any thread. */
    public boolean isHungUp() {
        return hungUp;
    }

    /** Applies new high-water marks; those in octets where it holds octets, and not its sender's messages. */
    public abstract void changeMarks(Marks marks);

    /** Throws away what the peer has sent and the socket has not received; returns how many messages that were. */
    public long discardUnread() {
        discarded = true;
        return dropInput();
    }

    /** Whether what the peer has sent is not wanted any more. */
    public boolean isDiscarded() {
        return discarded;
    }

    abstract long dropInput();

    /** How many octets have come over a wire and were not received. */
    public abstract long unreadOctets();

    /**
     * Drops what waits to be sent to a peer that will not come; returns how many messages that were. While the next
     * peer has been told of and nothing is written to it yet.
     */
    public long dropUnsent() {
        return 0;
    }

    /** How many messages wait to be sent, roughly. */
    public abstract long unsent();

    /** What has passed, and what waits; roughly, while others read and write. */
    abstract Peer.Counts counts();

    /** The peer as it stands now; null if it was accepted a moment ago and is not known yet. */
    public @Nullable Peer peerNow() {
        return peerRecord.snapshot(this);
    }

    /** What is known of the peer. */
    public PeerRecord peerRecord() {
        return peerRecord;
    }

    /** Whether the peer at the other end is on this machine's heap; such a pipe has no wire. */
    public boolean isLocal() {
        return false;
    }

    /** Its connection has dropped messages of the peer, or for it. Any thread. */
    public final void droppedByConnection(DropReason reason, long messages) {
        peerRecord.droppedByConnection(reason, messages);
        owner.dropped(reason, messages);
    }

    /** A message of so many octets was taken out, as it is too large to be written. By the thread that writes. */
    public final void passedOver(long octets) {
        peerRecord.passedOver(octets);
        droppedByConnection(DropReason.TOO_LARGE, 1);
    }

    /** The socket that this end belongs to. */
    public PipeOwner owner() {
        return owner;
    }

    /**
     * Arms the reader's bell. If true, it rings for all that another look, after this, does not find. If false, the
     * writer is just sending, and the bell may not ring for that: the reader must look again when the
     * {@linkplain #writerIsDone writer is done} before it goes to sleep. It does not wait for that here: whoever waits
     * under a lock keeps all others waiting, and perhaps the writer, which may need the same processor.
     */
    public boolean armReader() {
        readable.arm();
        return true;
    }

    /** Whether what was being sent when {@link #armReader} last returned false can now be seen by a look. */
    public boolean writerIsDone() {
        return true;
    }

    /** Rung when a resting reader has something to receive. */
    public Doorbell readable() {
        return readable;
    }

    /** Rung when a resting writer has room again. */
    public Doorbell writable() {
        return writable;
    }

    /** The routing id that the peer announced; empty if it announced none. */
    public byte[] peerRoutingId() {
        return peerRoutingId;
    }

    /** The routing id under which a ROUTER addresses this pipe; empty if it has none. */
    public byte[] routingId() {
        return routingId;
    }

    /** Gives the pipe the name under which its ROUTER addresses it. */
    public void nameAs(byte[] id) {
        routingId = id;
    }

    /**
     * Another peer comes: what has arrived and was not received stays the former one's, by the name that the pipe has
     * now. Nothing is moved: it is as much as the high-water mark allows.
     */
    public void keepUnreadApart() {
        var names = formerNames == null ? new ArrayDeque<FormerName>() : formerNames;
        var named = names.isEmpty() ? taken() : names.getLast().upTo;
        if (arrived() > named) {
            names.addLast(new FormerName(routingId, arrived()));
            formerNames = names;
        }
    }

    /** The name of the peer that sent the message that was received last. */
    public byte[] sender() {
        var former = formerNames == null ? null : formerSender(formerNames);
        return former == null ? routingId : former.id;
    }

    /** Whether the message that was received last came from a peer that was there before this one. */
    public boolean isFromFormerPeer() {
        return formerNames != null && formerSender(formerNames) != null;
    }

    private @Nullable FormerName formerSender(ArrayDeque<FormerName> names) {
        FormerName first;
        while ((first = names.peekFirst()) != null && first.upTo < taken()) {
            names.removeFirst();
        }
        if (first == null) {
            formerNames = null;
        }
        return first;
    }

    /** How many messages of its peers have come so far. Where no one is just sending. */
    abstract long arrived();

    /** How many of them were received or dropped. */
    abstract long taken();

    /** Whether a peer is connected now; a connecting pipe exists before and between its peers. */
    public boolean isOpen() {
        return open;
    }

    /** A peer has completed its handshake and told its routing id. */
    public void opened(byte[] announcedRoutingId) {
        peerRoutingId = announcedRoutingId;
        open = true;
        peerRecord.stateChanged();
    }

    /** The peer is gone; the pipe waits for the next. */
    public void closed() {
        open = false;
        peerRecord.stateChanged();
    }

    /** Whether no peer will ever come again; what has been received can still be read. */
    public boolean hasEnded() {
        return ended;
    }

    /** No peer will ever come again. */
    public void end() {
        ended = true;
        open = false;
    }
}
