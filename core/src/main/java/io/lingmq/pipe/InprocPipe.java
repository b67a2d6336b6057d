package io.lingmq.pipe;

import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.wire.Subscription;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of the two ends of a pipe between two sockets of one process. Messages pass by reference; nothing is encoded.
 * What is in a buffer is copied: into a message by who sends it, out of one by who receives.
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
    private int sendMark;
    private int receiveMark;
    private int turnOfWriter;

    private InprocPipe(Side side, boolean conflate, QueueWriter incoming, QueueWriter outgoing) {
        super(side.owner);
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
        var here = new InprocPipe(near, conflate, toNear, toFar);
        var there = new InprocPipe(far, conflate, toFar, toNear);
        here.peer = there;
        there.peer = here;
        here.agreeOnMark();
        there.agreeOnMark();
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
        sendMark = newSendMark;
        receiveMark = newReceiveMark;
        agreeOnMark();
        peer().agreeOnMark();
    }

    private void agreeOnMark() {
        var senders = peer().sendMark;
        if (receiveMark == UNKNOWN) {
            incomingCredit.changeMark(senders);
        } else {
            incomingCredit.changeMark(senders == 0 || receiveMark == 0 ? 0 : senders + receiveMark);
        }
    }

    @Override
    public boolean send(Frames message) {
        var to = peer();
        var slot = to.newest;
        if (slot != null) {
            slot.set(message.toMessage());
        } else {
            if (!to.incomingCredit.available() || to.hasEnded()) {
                return false;
            }
            var kept = message.toMessage();
            to.incomingCredit.spend();
            outgoing.offer(kept);
        }
        if (owner().isHeldForSending()) {
            to.readable().ringWithoutFence();
        } else {
            to.readable().ring();
        }
        return true;
    }

    @Override
    public boolean letReaderRest() {
        assert !owner().isHeldForSending() : "two might wait for each other";
        var writer = peer().owner();
        super.letReaderRest();
        if (!writer.isHeldForSending()) {
            return true;
        }
        turnOfWriter = writer.turn();
        return false;
    }

    @Override
    public boolean writerIsDone() {
        var writer = peer().owner();
        return !writer.isHeldForSending() || writer.turn() != turnOfWriter;
    }

    @Override
    public boolean canSend() {
        return peer().newest != null || (peer().incomingCredit.available() && !peer().hasEnded());
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
        var tell = onRefused;
        if (tell != null) {
            tell.accept(reason);
        }
    }

    /** Who is to be told that this end's socket refuses the peer; called under that socket's lock. */
    public void onRefused(Consumer<String> tell) {
        onRefused = tell;
    }

    /** How many messages wait to be received at this end, exact only when both ends rest. */
    public long waiting() {
        var slot = newest;
        return incomingCredit.inside() + (slot != null && slot.get() != null ? 1 : 0);
    }

    @Override
    public void changeMarks(int newSendMark, int newReceiveMark) {
        sendMark = newSendMark;
        receiveMark = newReceiveMark;
        agreeOnMark();
        peer().agreeOnMark();
        writable().ring();
        peer().writable().ring();
    }

    @Override
    public long unsent() {
        return 0;
    }

    @Override
    public boolean isLocal() {
        return true;
    }
}
