package io.lingmq.pipe;

import io.lingmq.chain.ChainReader;
import io.lingmq.chain.ChainWriter;
import io.lingmq.event.Peer;
import io.lingmq.frame.MessageReader;
import io.lingmq.frame.MessageWriter;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.wire.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A pipe whose other end is a connection: it holds bytes, encoded as ZMTP 3 frames, not message objects.
 *
 * <p>The sending thread encodes straight into the outgoing chain and the connection only moves bytes; the receiving
 * thread copies each body out of the incoming chain once. Subscriptions have a chain of their own, written between
 * messages, so that a full pipe does not hold them up. What many pipes get alike, a {@link Broadcast} encodes.
 *
 * <p>Threading: the methods of {@link Pipe} belong to the socket; those below "Connection's side" belong to whoever has
 * the connection's I/O at the time.
 */
public final class WirePipe extends Pipe {
    /** So many bytes make a write that costs little more for its size, and fits into one buffer of a connection. */
    private static final int WORTH_A_WRITE = 240 * 1024;

    /** While more than that waits, so many more are worth another try. */
    private static final int WORTH_A_TRY = 32 * 1024;

    private final ChainWriter out = new ChainWriter();
    private final MessageWriter encoder = new MessageWriter(out, this::unsent);
    private final ChainReader outReader = out.reader();
    private final ControlChain control = new ControlChain();
    private final ChainWriter in = new ChainWriter();
    private final ChainReader inReader = in.reader();
    private final MessageReader messages = new MessageReader(inReader);
    private final PipeCredit sendCredit;
    private final PipeCredit receiveCredit;
    private final Doorbell inputBell;
    private final @Nullable Newest newestOut;
    private final @Nullable Newest newestIn;
    private volatile PipeConnection connection = NoConnection.NONE;
    /** Messages that came, counted by the connection; with {@code taken} it tells when the socket asks for more. */
    private volatile long arrived;

    private long taken;
    private long offered;
    /** From so many octets put in on, it is time for a write, or the mark in octets is reached. */
    private long nextLook;

    private @Nullable Broadcast broadcast;
    private boolean outputRests;
    private boolean holdsUnsent;

    /** A pipe of the given socket; one that conflates keeps only the newest message in each direction. */
    public WirePipe(PipeOwner owner, int sendMark, int receiveMark, boolean conflates) {
        this(owner, sendMark, receiveMark, conflates, conflates);
    }

    /** As above; what comes in and what goes out may differ in that. */
    public WirePipe(PipeOwner owner, int sendMark, int receiveMark, boolean conflatesOutput, boolean conflatesInput) {
        super(owner);
        sendCredit = new PipeCredit(sendMark);
        receiveCredit = new PipeCredit(conflatesInput ? 0 : receiveMark);
        inputBell = new Doorbell(this, Doorbell.Kind.INPUT, rung -> connection.inputWanted());
        newestOut = conflatesOutput ? new Newest() : null;
        newestIn = conflatesInput ? new Newest() : null;
    }

    @Override
    public boolean send(Frames message) {
        endBroadcast();
        if (newestOut != null) {
            newestOut.put(message.toMessage());
        } else {
            if (!sendCredit.isOpen() && !hasRoomForOutput() && !makeRoom()) {
                return false;
            }
            encoder.publish(message);
            sendCredit.spend(1);
        }
        offerOutput();
        if (out.written() >= nextLook || !sendCredit.isOpen()) {
            look();
        }
        if (!holdsUnsent && !outputRests && newestOut == null) {
            holdsUnsent = true;
            owner().holdsUnsent(this);
        }
        return true;
    }

    /** Whether its owner knows that it holds something unsent. Under the socket's lock. */
    public boolean holdsUnsent() {
        return holdsUnsent;
    }

    /** The owner is about to ask it to {@link #flush}: from now on it hears of more. Under the socket's lock. */
    public void askedToWrite() {
        holdsUnsent = false;
    }

    /** Offers what is worth a write; at the mark in octets closes the credit, so that each send looks at that alone. */
    private void look() {
        if (out.written() - offered >= WORTH_A_WRITE) {
            offer();
        } else if (newestOut == null && !hasRoomForOutput()) {
            writeInline(); // this was the last one for now
        }
        nextLook = Math.min(offered + WORTH_A_WRITE, sendCredit.closeIfFull(out.written()));
    }

    private void offer() {
        offered = out.written();
        if (!writeInline()) {
            offered -= WORTH_A_WRITE - WORTH_A_TRY; // it has not caught up yet
            owner().isBacklogged(this);
        }
    }

    boolean writeInline() {
        return connection.writeInline();
    }

    /**
     * The sender {@linkplain PipeOwner#isBacklogged is backlogged} and has time: it writes, and waits for the channel,
     * until all is written. By any thread, without the socket's lock. False if it was not when the time was over.
     */
    public boolean writeAll(long longestNs) {
        return connection.writeAll(longestNs);
    }

    /**
     * Somebody has time, or waits for an answer: what was sent leaves now. By any thread that has learned of it under
     * the socket's lock. False if all has left already.
     */
    public boolean flush() {
        var current = connection;
        if (current == NoConnection.NONE || sendCredit.inside() == 0) {
            return false;
        }
        current.flush();
        return true;
    }

    /** The sender of a full pipe has time: it writes to the connection itself, if nobody else does. */
    private boolean makeRoom() {
        writeInline();
        return hasRoomForOutput();
    }

    private boolean hasRoomForOutput() {
        return sendCredit.available(written());
    }

    private long written() { // with the octets of the broadcast
        return broadcast == null ? out.written() : out.writtenByLog();
    }

    @Override
    public boolean canSend() {
        return newestOut != null || hasRoomForOutput();
    }

    @Override
    public @Nullable Message receive() {
        if (newestIn != null) {
            return newestIn.take();
        }
        if (inReader.available() == 0) {
            return null;
        }
        try {
            return messages.take();
        } finally {
            received();
        }
    }

    @Override
    public boolean receive(MessageBuffer into) {
        if (newestIn != null) {
            return newestIn.take(into);
        }
        if (inReader.available() == 0) {
            return false;
        }
        try {
            messages.take(into);
        } finally {
            received();
        }
        return true;
    }

    private void received() {
        taken++;
        if (receiveCredit.giveBack(inReader.consumed(), arrived - taken)) {
            inputBell.ring();
        }
    }

    @Override
    public boolean canReceive() {
        return newestIn != null ? newestIn.isThere() : inReader.refresh() > 0;
    }

    @Override
    public void sendSubscription(Subscription subscription) {
        if (!isOpen()) {
            return; // who comes next is told how subscriptions stand then
        }
        control.put(subscription.toCommand());
        offerOutput();
    }

    /** The peer is gone. Subscriptions that it was to be told of are not for the next peer, which is told all. */
    @Override
    public void closed() {
        super.closed();
        control.closed();
    }

    @Override
    public void refuse(String reason) {
        connection.refuse(reason);
    }

    @Override
    public void hangUp() {
        super.hangUp();
        connection.hangUp();
    }

    /** Under the socket's lock, so that it stands for the receiver. What conflates has no marks. */
    @Override
    public void changeMarks(Marks marks) {
        endBroadcast();
        nextLook = 0;
        sendCredit.changeMarks(marks.send(), marks.sendOctets());
        receiveCredit.changeMarks(newestIn != null ? 0 : marks.receive(), newestIn != null ? 0 : marks.receiveOctets());
        receiveCredit.giveBackOctets(inReader.consumed());
        writable().ring();
        inputBell.ring();
    }

    /** Before the new connection {@linkplain #output() writes}: nobody else reads the chain then. */
    @Override
    public long dropUnsent() {
        endBroadcast();
        var dropped = new MessageReader(output()).dropAll();
        taken(dropped);
        return dropped;
    }

    @Override
    long dropInput() {
        if (newestIn != null) { // the chain is its connection's: the reading thread takes all out of it
            return newestIn.take() == null ? 0 : 1;
        }
        var dropped = messages.dropAll();
        taken += dropped;
        return dropped;
    }

    @Override
    long arrived() {
        return arrived;
    }

    /** Where it conflates, all but the one that is there. */
    @Override
    long taken() {
        return newestIn != null ? arrived - newestIn.count() : taken;
    }

    @Override
    public long unreadOctets() {
        return newestIn != null ? newestIn.octets() : inReader.refresh();
    }

    @Override
    public long unsent() {
        var together = broadcast;
        var untold = together == null ? 0 : together.untold();
        return sendCredit.inside() + untold + (newestOut == null ? 0 : newestOut.count());
    }

    @Override
    Peer.Counts counts() {
        var sent = peerRecord().sent(sendCredit::taken);
        return new Peer.Counts(sent, arrived, outReader.consumed(), in.published(), unsent(), arrived - taken());
    }

    /** A peer has completed its handshake. */
    @Override
    public void opened(byte[] announcedRoutingId) {
        control.opened();
        super.opened(announcedRoutingId);
    }

    // ---- As one of many that get the same messages

    /** From now on its messages come with those of a broadcast; false if it is not of the kind that can share. */
    boolean join(Broadcast other, ChainWriter log) {
        if (newestOut != null) {
            return false;
        }
        endBroadcast();
        out.follow(log);
        broadcast = other;
        return true;
    }

    /** The broadcast has put in so many more messages. */
    void tell(long messages) {
        sendCredit.spend(messages);
    }

    /** For how many more messages there is surely room, as far as the pipe was told; a full one tries to make some. */
    long room() {
        return canSend() || makeRoom() ? sendCredit.room() : 0;
    }

    /** Up to how many more octets there is surely room for another message, as {@link #room} has just seen. */
    long octetRoom() {
        return sendCredit.octetRoom(written());
    }

    /** From now on it goes its own way. */
    void leaveBroadcast() {
        out.unfollow();
        offered = out.written();
        broadcast = null;
        sendCredit.close();
        nextLook = 0;
    }

    /** What the connection has to write, and what a broadcast shares its arrays with. */
    ChainWriter chain() {
        return out;
    }

    private void endBroadcast() {
        if (broadcast != null) {
            broadcast.end();
        }
    }

    void offerOutput() {
        if (outputRests) {
            outputRests = false;
            var mayAnswerMore = newestIn == null && inReader.available() > 0; // a conflated input is not the socket's
            connection.outputReady(mayAnswerMore);
        }
    }

    /** The receiver has time: looks for the peer's messages itself; false if nothing came. Any thread. */
    public boolean readInline() {
        return connection.readInline();
    }

    /** Whoever called {@link #readInline} looks no longer. Any thread. */
    public void stopReadingInline() {
        connection.stopReadingInline();
    }

    // ---- Connection's side: outgoing

    /** The connection that is to be told of new output and wanted input; null while there is none. */
    public void connectionIs(@Nullable PipeConnection connection) {
        if (connection != null) {
            control.connecting();
        }
        this.connection = connection == null ? NoConnection.NONE : connection;
    }

    /** The commands that are to be written first, between two messages; none that an earlier connection had. */
    public ChainReader control() {
        return control.unread();
    }

    /** The messages to be written. A conflating pipe puts its newest one in first, if all before it is taken. */
    public ChainReader output() {
        if (newestOut != null && outReader.refresh() == 0) {
            var newest = newestOut.take();
            if (newest != null) {
                encoder.publish(newest);
                sendCredit.spend(1);
            }
        }
        return outReader;
    }

    /** Whether there is anything to write. */
    public boolean hasOutput() {
        return control().refresh() > 0 || output().refresh() > 0;
    }

    /**
     * All is written: the connection is to be told when there is more. Sending and resting exclude each other by the
     * socket's lock, so that a sender needs no fence to see who rests. False if there is more, or the socket is called.
     */
    public boolean restOutput() {
        if (!owner().tryHold()) {
            return false;
        }
        try {
            return restOutputUnderLock();
        } finally {
            owner().letGo();
        }
    }

    /** As {@link #restOutput}, for a sender that has written itself and holds its socket's lock. */
    public boolean restOutputUnderLock() {
        var rested = outputRests;
        outputRests = !hasOutput();
        if (outputRests && !rested && broadcast != null) {
            broadcast.rests(this);
        }
        return outputRests;
    }

    /** Octets were written, and with them so many whole messages. */
    public void taken(long messages) {
        var consumed = outReader.consumed();
        var left = out.published() - consumed; // if it is more by now, the sender is rung for once too often
        if (sendCredit.giveBackNow(messages, consumed, left)) {
            writable().ring();
        }
        tellIfGrown();
    }

    // ---- Connection's side: both ways

    private void tellIfGrown() {
        if (holdsMuch()) {
            connection.grown();
        }
    }

    /** Whether it holds arrays that would be large for an idle pipe. Any thread, roughly. */
    public boolean holdsMuch() {
        return out.holdsMuch() || in.holdsMuch() || control.holdsMuch();
    }

    /** How many bytes were put in, both ways. Any thread; if it sees the same number again, the pipe is at rest. */
    public long traffic() {
        return out.published() + in.published() + control.published();
    }

    /** Drops the arrays of what is empty; false if the socket is just called. By who both reads and writes here. */
    public boolean dropArrays() {
        if (!owner().tryHold()) {
            return false;
        }
        try {
            endBroadcast();
            outReader.dropArrays();
            inReader.dropArrays();
            control.dropArrays();
        } finally {
            owner().letGo();
        }
        return true;
    }

    // ---- Connection's side: incoming

    /** Where the connection puts the peer's frames. */
    public ChainWriter input() {
        return in;
    }

    /** Whole messages were put into the input and marked: lets the socket see them. */
    public void arrived(long count) {
        in.publish();
        receiveCredit.spend(count);
        var total = arrived + count;
        arrived = total;
        while (newestIn != null && inReader.refresh() > 0) {
            newestIn.put(messages.take());
        }
        readable().ring();
        owner().heard(this);
        tellIfGrown();
    }

    /** Rung by the socket when it made room in a full input. */
    public Doorbell inputBell() {
        return inputBell;
    }

    /** Whether the socket has room for more messages of the peer; of what has come, whole messages count. */
    public boolean hasRoom() {
        return receiveCredit.available(in.marked());
    }
}
