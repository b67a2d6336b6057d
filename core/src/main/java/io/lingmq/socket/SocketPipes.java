package io.lingmq.socket;

import io.lingmq.engine.PeerInfo;
import io.lingmq.event.DropReason;
import io.lingmq.event.Peer;
import io.lingmq.event.SocketEvent;
import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pattern.Pattern;
import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.Marks;
import io.lingmq.pipe.Notice;
import io.lingmq.pipe.Pipe;
import io.lingmq.pipe.PipeOwner;
import io.lingmq.pipe.WirePipe;
import io.lingmq.routing.Drops;
import io.lingmq.session.SessionOwner;
import io.lingmq.session.SocketSecurity;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The pipes of one socket as they come and go, the bells they ring, and the threads that a bell wakes.
 *
 * <p>Pipes come, go and ring in other threads, which do not wait for the socket's lock: they leave a
 * {@linkplain Notices notice}, which the next call works off before it asks the pattern. Not only the next call: that a
 * pipe comes or goes, and what subscribers tell a publisher, must be known soon, also when nobody calls for a long
 * time.
 *
 * <p>Threading: methods marked "under the lock" want the socket's lock held. The others never wait for it, and may be
 * called by I/O threads and under another socket's lock; only {@link #flush} takes it, and is for those who call the
 * socket. No other socket's lock is waited for under this one's.
 */
final class SocketPipes implements SessionOwner, PipeOwner {
    /** After so many writes it is time to look for messages again. */
    private static final int MOST_WRITTEN = 64;

    private final SocketType type;
    private final SocketLock lock;
    private final Pattern pattern;
    private final Drops drops;
    private final Notices notices;
    private final Notice untidy = new Notice() {};
    private final Set<Pipe> pipes = new LinkedHashSet<>();
    private final ArrayDeque<WirePipe> holdingUnsent = new ArrayDeque<>();
    private volatile @Nullable WirePipe backlogged;
    private final InlineReadTargets inlineTargets = new InlineReadTargets();
    /** Since a live option was changed; under the lock. */
    private @Nullable Marks newMarks;

    private final Waiters senders;
    private final Waiters receivers = new Waiters(Waiters.Kind.ALIKE);
    private final CopyOnWriteArrayList<Observer> observers = new CopyOnWriteArrayList<>();
    private final EventFeeds feeds = new EventFeeds();

    private final SocketSecurity security;
    /** Changed under the lock. */
    private volatile int peers;

    /** The pipes of a socket that may ask nobody whether a peer may connect. */
    SocketPipes(SocketType type, SocketLock lock, Pattern pattern, Drops drops) {
        this(type, lock, pattern, drops, new ConfiguredSecurity(request -> new CompletableFuture<>()));
    }

    SocketPipes(SocketType type, SocketLock lock, Pattern pattern, Drops drops, SocketSecurity security) {
        this.security = security;
        this.type = type;
        this.lock = lock;
        this.pattern = pattern;
        this.drops = drops;
        notices = new Notices(lock, new ForPattern(), this::signal);
        senders = new Waiters(pattern.sendsSelectively() ? Waiters.Kind.DIFFERENT : Waiters.Kind.ALIKE);
    }

    // ---- who waits

    Waiters senders() {
        return senders;
    }

    Waiters receivers() {
        return receivers;
    }

    EventFeeds feeds() {
        return feeds;
    }

    void observe(Observer observer) {
        observers.add(observer);
    }

    void ignore(Observer observer) {
        observers.remove(observer);
    }

    /** Anything may have changed: one sender, one receiver and all observers look. */
    void signal() {
        receivers.wakeOne();
        senders.wakeOne();
        tellObservers();
    }

    /** There may be something to receive. */
    void signalReceivers() {
        receivers.wakeOne();
        tellObservers();
    }

    /** There may be room to send. */
    void signalSenders() {
        senders.wakeOne();
        tellObservers();
    }

    /** There is nothing to wait for any more. */
    void signalEnd() {
        senders.end();
        receivers.end();
        tellObservers();
    }

    private void tellObservers() {
        observers.forEach(Observer::onSignal); // without an iterator, which would be garbage
    }

    // ---- who has time reads and writes

    /**
     * The receiver is about to wait: it writes what was sent and has not left yet. What is left of that after
     * {@value #MOST_WRITTEN} writes is for the I/O threads.
     */
    void flush() {
        WirePipe pipe;
        var writes = 0;
        while (writes < MOST_WRITTEN && (pipe = nextHoldingUnsent()) != null) {
            writes += pipe.flush() ? 1 : 0;
        }
    }

    private @Nullable WirePipe nextHoldingUnsent() {
        lock.lock();
        try {
            var pipe = holdingUnsent.pollFirst();
            if (pipe != null) {
                pipe.askedToWrite();
            }
            return pipe;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void holdsUnsent(WirePipe pipe) {
        if (!pattern.isEager()) { // a publisher's subscribers are too many to write to, and it awaits no answer
            holdingUnsent.addLast(pipe);
        }
    }

    @Override
    public void isBacklogged(WirePipe pipe) {
        if (!pattern.isEager()) { // a publisher waits for nobody
            backlogged = pipe;
        }
    }

    /** The pipe, if there is one, whose connection does not keep up with what was just sent. */
    @Nullable
    WirePipe takeBacklogged() {
        var pipe = backlogged;
        if (pipe != null) {
            backlogged = null;
        }
        return pipe;
    }

    @Override
    public void heard(WirePipe pipe) {
        inlineTargets.heard(pipe);
    }

    /** The receiver has time: it looks into channels itself; false if nothing came. */
    boolean readInline() {
        return inlineTargets.look();
    }

    /** The receiver looks no longer: the I/O threads look into the channels from now on. */
    void stopReadingInline() {
        inlineTargets.rest();
    }

    // ---- bells

    @Override
    public void rung(Doorbell bell) {
        var readable = bell.kind() == Doorbell.Kind.READABLE;
        if (readable && pattern.isEager()) {
            notices.post(bell);
            signal(); // a sender too: a peer that cancels a subscription no longer holds messages back
            return;
        }
        notices.leave(bell);
        if (readable) {
            signalReceivers();
        } else {
            signalSenders();
        }
    }

    @Override
    public boolean isHeldForSending() {
        return lock.isHeldForSending();
    }

    @Override
    public int currentHold() {
        return lock.currentHold();
    }

    @Override
    public boolean tryHold() {
        return lock.tryLock();
    }

    @Override
    public void letGo() {
        lock.unlock();
    }

    /** Lets the pattern know of what has happened to its pipes. Under the lock. */
    void workOffBells() {
        notices.workOff();
    }

    /** Works off notices until the pattern has spent its budget on them. */
    private final class ForPattern implements Notices.Taker {
        @Override
        public void take(Notice notice) {
            workOff(notice);
        }

        @Override
        public void beginHold() {
            pattern.beginHold();
        }

        @Override
        public boolean isBudgetSpent() {
            return pattern.isBudgetSpent();
        }
    }

    private void workOff(Notice notice) {
        if (notice instanceof Doorbell bell) {
            workOff(bell);
        } else if (notice instanceof PipeChange change) {
            workOff(change);
        } else if (notice == untidy) {
            tidyUp();
        }
    }

    private void workOff(Doorbell bell) {
        try {
            if (bell.kind() == Doorbell.Kind.READABLE) {
                read(bell.pipe()); // also of a pipe that is gone: what it brought can still be read
            } else if (pipes.contains(bell.pipe())) {
                pattern.writable(bell.pipe());
            }
        } catch (Throwable e) {
            partWith(bell.pipe(), e);
        }
    }

    /** Where the pattern leaves something in the pipe others have the lock, then it reads on. */
    private void read(Pipe pipe) {
        if (pipe.isDiscarded()) {
            dropUnread(pipe);
        } else if (!pattern.readable(pipe)) {
            notices.postAgain(pipe.readable());
        }
    }

    private void workOff(PipeChange change) {
        var was = isPeer(change.pipe()) ? 1 : 0;
        try {
            change.apply();
        } catch (Throwable e) {
            partWith(change.pipe(), e);
        }
        var now = peers - was + (isPeer(change.pipe()) ? 1 : 0);
        peers = now;
    }

    private boolean isPeer(Pipe pipe) {
        return pipe.isOpen() && pipes.contains(pipe);
    }

    /** Want of memory, say: what the pattern knows of this peer is not to be relied on, and all others must go on. */
    private static void partWith(Pipe pipe, Throwable cause) {
        Guard.run("parting with a peer", () -> pipe.refuse("internal failure: " + cause));
        Log.error("a socket parted with a peer", cause);
    }

    // ---- pipes

    @Override
    public SocketType type() {
        return type;
    }

    @Override
    public SocketSecurity security() {
        return security;
    }

    @Override
    public WirePipe newPipe(Settings settings) {
        var conflates = settings.get(Options.CONFLATE) && Options.CONFLATE.appliesTo(type);
        var conflatesInput = conflates && !pattern.isEager(); // to a publisher come subscriptions: each of them counts
        var sendMark = settings.get(Options.SEND_HWM);
        var pipe = new WirePipe(this, sendMark, settings.get(Options.RECEIVE_HWM), conflates, conflatesInput);
        pipe.changeMarks(Marks.of(settings));
        return pipe;
    }

    @Override
    public void attach(WirePipe pipe) {
        attachPipe(pipe);
    }

    void attachPipe(Pipe pipe) {
        change(pipe, () -> attachUnderLock(pipe));
    }

    /** A pipe that the pattern could not take in, for want of memory, say, is none of the socket's. */
    private void attachUnderLock(Pipe pipe) {
        if (newMarks != null) { // its endpoint has those of the time when it was bound or connected
            pipe.changeMarks(newMarks);
        }
        pattern.attach(pipe);
        pipes.add(pipe);
        inlineTargets.peersAre(pipes);
        if (pattern.isEager()) {
            read(pipe);
        }
    }

    @Override
    public void opened(WirePipe pipe, PeerInfo peer, String address, Runnable whenOpened) {
        var introduction = peer.introduction(address);
        change(pipe, () -> {
            pipe.peerRecord().introduced(introduction);
            pipe.opened(peer.routingId());
            if (!pipes.contains(pipe) && !pipe.hasEnded()) {
                attachUnderLock(pipe); // which has failed before: perhaps it does not now, else the peer learns of it
            }
            if (pipes.contains(pipe)) { // else it was disconnected while the handshake was under way
                pattern.opened(pipe);
            }
            whenOpened.run();
        });
    }

    void openedLocally(Pipe pipe, SocketType peerType, byte[] peerRoutingId) {
        var introduction = new Peer.Introduction("inproc", peerType, "", Map.of());
        change(pipe, () -> {
            pipe.peerRecord().introduced(introduction);
            pipe.opened(peerRoutingId);
            pattern.opened(pipe);
        });
    }

    @Override
    public void closed(WirePipe pipe) {
        change(pipe, () -> {
            pipe.closed();
            if (pipes.contains(pipe)) {
                pattern.closed(pipe);
                tidyUp();
            }
        });
    }

    @Override
    public void detach(WirePipe pipe, Runnable whenDetached) {
        detachPipe(pipe, whenDetached);
    }

    /** As {@link #detach}, of any pipe. */
    void detachPipe(Pipe pipe, Runnable whenDetached) {
        change(pipe, () -> {
            try {
                detachUnderLock(pipe);
            } finally {
                whenDetached.run();
            }
        });
    }

    @Override
    public void discard(WirePipe pipe) {
        discardPipe(pipe);
    }

    /** As {@link #discard}, of any pipe. */
    void discardPipe(Pipe pipe) {
        change(pipe, () -> dropUnread(pipe));
    }

    private void dropUnread(Pipe pipe) {
        drops.count(DropReason.UNREAD, pipe, pipe.discardUnread());
    }

    private void detachUnderLock(Pipe pipe) {
        pipe.end();
        if (pipes.remove(pipe)) {
            forgetUnsent(pipe);
            pattern.detach(pipe);
            inlineTargets.peersAre(pipes);
            tidyUp();
        }
    }

    /** Where a peer that is gone has left much to do others have the lock, then that goes on. */
    private void tidyUp() {
        if (!pattern.tidyUp()) {
            notices.postAgain(untidy);
        }
    }

    private void forgetUnsent(Pipe pipe) {
        if (backlogged == pipe) {
            backlogged = null;
        }
        if (pipe instanceof WirePipe wired && wired.holdsUnsent()) {
            holdingUnsent.remove(wired);
        }
    }

    @Override
    public void unsent(long messages) {
        drops.countAnywhere(DropReason.UNSENT, messages);
    }

    @Override
    public void dropped(DropReason reason, long messages) {
        drops.countAnywhere(reason, messages);
    }

    private void change(Pipe pipe, Runnable what) {
        notices.post(new PipeChange(pipe, what));
        signal();
    }

    /** Gives all pipes new high-water marks. Under the lock. */
    void changeMarks(Settings settings) {
        notices.workOffAll(); // for those that have come, too
        var marks = Marks.of(settings);
        newMarks = marks;
        pipes.forEach(pipe -> pipe.changeMarks(marks));
    }

    /** All pipes there are now. Under the lock. */
    List<Pipe> all() {
        return List.copyOf(pipes);
    }

    /** Whether the pipe is one of them. Under the lock. */
    boolean has(Pipe pipe) {
        return pipes.contains(pipe);
    }

    /** How many peers are complete, as far as the pattern knows. */
    int peerCount() {
        return peers;
    }

    /** How many messages wait to be sent. Under the lock. */
    long unsent() {
        return pipes.stream().mapToLong(Pipe::unsent).sum();
    }

    @Override
    public void event(SocketEvent event) {
        feeds.publish(event);
    }
}
