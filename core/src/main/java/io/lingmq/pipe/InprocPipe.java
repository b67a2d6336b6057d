package io.lingmq.pipe;

import io.lingmq.event.Peer;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.wire.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of the two ends of a pipe between two sockets of one process. Messages pass by reference; nothing is encoded.
 * What is in a buffer is copied: into a message by the sender, out of one by the receiver.
 *
 * <p>The high-water mark of each direction is the sender's plus the receiver's, as in libzmq; 0 on either side is
 * without limit.
 *
 * <p>Threading: each end belongs to its socket; the two ends meet only in the queues and the credit.
 */
public final class InprocPipe extends Pipe {
    /** The mark of a side that is not there yet. */
    public static final int UNKNOWN = -1;

    private final Credit incomingCredit = new Credit(0);
    private final QueueReader incoming;
    private final QueueWriter outgoing;
    private volatile @Nullable AtomicReference<@Nullable Message> newest;
    private @Nullable InprocPipe peer;
    private volatile @Nullable Consumer<String> onRefused;
    private final Object marks;
    private int sendMark;
    private int receiveMark;
    private int holdOfWriter;
    private volatile boolean refused;
    private List<Message> rejected = List.of();
    /** How often the newest message was put in or replaced; by the sender, under its socket's lock. */
    private long newestPut;

    private InprocPipe(Side side, boolean conflate, QueueWriter incoming, QueueWriter outgoing, Object marks) {
        super(side.owner);
        this.marks = marks;
        this.sendMark = side.sendMark;
        this.receiveMark = side.receiveMark;
        this.incoming = incoming.reader(incomingCredit);
        this.outgoing = outgoing;
        newest = conflate ? new AtomicReference<>() : null;
    }

    /** What each side of a pair brings with it. */
    public record Side(PipeOwner owner, int sendMark, int receiveMark, boolean conflate) {}

    /** Two ends that are joined; returns the end of {@code near}, whose peer is that of {@code far}. */
    public static InprocPipe pair(Side near, Side far) {
        var conflate = near.conflate || far.conflate;
        var toNear = new QueueWriter();
        var toFar = new QueueWriter();
        var marks = new Object();
        var here = new InprocPipe(near, conflate, toNear, toFar, marks);
        var there = new InprocPipe(far, conflate, toFar, toNear, marks);
        here.peer = there;
        there.peer = here;
        here.setMarks(near.sendMark, near.receiveMark);
        return here;
    }

    /** The other end. */
    public InprocPipe peer() {
        return Objects.requireNonNull(peer);
    }

    /** The side that was unknown when the pair was made has been found: it brings its marks, and perhaps conflates. */
    public void adopt(int newSendMark, int newReceiveMark, boolean conflates) {
        if (conflates && newest == null) {
            newest = new AtomicReference<>();
            peer().newest = new AtomicReference<>();
        }
        changeMarks(Marks.inMessages(newSendMark, newReceiveMark));
    }

    /** Two sockets may change their marks at one time: the later of the two must know what the other has set. */
    private void setMarks(int newSendMark, int newReceiveMark) {
        synchronized (marks) {
            sendMark = newSendMark;
            receiveMark = newReceiveMark;
            agreeOnMark();
            peer().agreeOnMark();
        }
    }

    private void agreeOnMark() {
        assert Thread.holdsLock(marks);
        incomingCredit.changeMark(together(peer().sendMark, receiveMark));
    }

    /** The mark of a pipe between two sockets; the largest marks together are more than an int can hold. */
    private static long together(int senders, int receivers) {
        if (receivers == UNKNOWN) {
            return senders;
        }
        return senders == 0 || receivers == 0 ? 0 : (long) senders + receivers;
    }

    @Override
    public boolean send(Frames message) {
        var to = peer();
        var slot = to.newest;
        if ((slot == null && !to.incomingCredit.available()) || to.hasEnded()) {
            return false;
        }
        put(to, slot, message.toMessage());
        if (owner().isHeldForSending()) {
            to.readable().ringWithoutFence();
        } else {
            to.readable().ring();
        }
        return true;
    }

    private void put(InprocPipe to, @Nullable AtomicReference<@Nullable Message> slot, Message message) {
        if (slot != null) {
            slot.set(message);
            to.newestPut++;
        } else {
            to.incomingCredit.spend();
            outgoing.offer(message);
        }
    }

    /** Puts in what another pipe was to carry, whatever the mark; before this end is attached to its socket. */
    public void putFirst(List<Message> messages) {
        var to = peer();
        messages.forEach(message -> put(to, to.newest, message));
    }

    @Override
    public boolean armReader() {
        assert !owner().isHeldForSending() : "two might wait for each other";
        var writer = peer().owner();
        super.armReader();
        if (incomingCredit.giveBack(0)) { // the mark was lowered meanwhile, and what was kept back is too much now
            peer().writable().ring();
        }
        if (!writer.isHeldForSending()) {
            return true;
        }
        holdOfWriter = writer.currentHold();
        return false;
    }

    @Override
    public boolean writerIsDone() {
        var writer = peer().owner();
        return !writer.isHeldForSending() || writer.currentHold() != holdOfWriter;
    }

    @Override
    public boolean canSend() {
        var to = peer();
        return (to.newest != null || to.incomingCredit.available()) && !to.hasEnded();
    }

    @Override
    public @Nullable Message receive() {
        var message = incoming.poll();
        var slot = newest;
        if (message == null && slot != null) {
            return slot.getAndSet(null);
        }
        if (message != null && incomingCredit.giveBack(1)) {
            peer().writable().ring();
        }
        return message;
    }

    @Override
    public boolean receive(MessageBuffer into) {
        var message = receive();
        if (message == null) {
            return false;
        }
        into.clear().addAll(message);
        return true;
    }

    @Override
    public boolean canReceive() {
        var slot = newest;
        return incoming.peek() != null || (slot != null && slot.get() != null);
    }

    @Override
    public void sendSubscription(Subscription subscription) {
        var to = peer();
        to.incomingCredit.spend();
        outgoing.offer(subscription.toMessage());
        to.readable().ring();
    }

    @Override
    public void refuse(String reason) {
        refused = true;
        var tell = onRefused;
        if (tell != null) {
            tell.accept(reason);
        }
    }

    /** What is to be told that this end's socket refuses the peer; called under that socket's lock. */
    public void onRefused(Consumer<String> tell) {
        onRefused = tell;
    }

    /** Whether this end's socket has refused the peer. Any thread. */
    public boolean isRefused() {
        return refused;
    }

    /** A socket that refuses its peer before it has received anything will not receive what is there. */
    @Override
    public void end() {
        if (refused && incomingCredit.taken() == 0 && rejected.isEmpty()) {
            rejected = takeAll();
        }
        super.end();
    }

    /** What was here for the socket when this end {@linkplain #end ended}, and will not be received there. */
    public List<Message> rejected() {
        return rejected;
    }

    /**
     * Takes all that is there, for a thread that has it from a socket that receives no more. After the end, or under
     * its lock.
     */
    public List<Message> takeAll() {
        var all = new ArrayList<Message>();
        Message message;
        while ((message = receive()) != null) {
            all.add(message);
        }
        return all;
    }

    @Override
    long dropInput() {
        return takeAll().size();
    }

    @Override
    long arrived() {
        return taken() + incomingCredit.inside();
    }

    @Override
    long taken() {
        return incomingCredit.taken();
    }

    /** None: its messages are the sender's own, in the same process. */
    @Override
    public long unreadOctets() {
        return 0;
    }

    /** How many messages wait to be received at this end, exact only when both ends rest. */
    public long waiting() {
        var slot = newest;
        return incomingCredit.inside() + (slot != null && slot.get() != null ? 1 : 0);
    }

    /** Applies new high-water marks of this end's socket. Any thread. */
    @Override
    public void changeMarks(Marks marks) {
        setMarks(marks.send(), marks.receive());
        writable().ring();
        peer().writable().ring();
    }

    /** While there is no peer; what is in the pipe to a peer has arrived. */
    @Override
    public long unsent() {
        return isOpen() ? 0 : peer().waiting();
    }

    @Override
    Peer.Counts counts() {
        var to = peer();
        var unsent = unsent();
        return new Peer.Counts(to.arrived() + to.newestPut - unsent, arrived() + newestPut, 0, 0, unsent, waiting());
    }

    @Override
    public boolean isLocal() {
        return true;
    }
}
