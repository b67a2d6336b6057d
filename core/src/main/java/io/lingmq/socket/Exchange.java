package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.SocketType;
import io.lingmq.pattern.Pattern;
import io.lingmq.pipe.PaddedLong;
import io.lingmq.routing.Drops;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.SendResult;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a socket does with messages while it holds its lock: gives them to its pattern and takes them from it, waiting
 * for nothing but the end of another call, counts them, and lets the next in line know.
 *
 * <p>Threading: any thread; each call takes the lock itself, unless it says otherwise.
 */
final class Exchange {
    private final SocketType type;
    private final SocketLock lock;
    private final Pattern pattern;
    private final boolean onlySends;
    private final SocketPipes pipes;
    private final Drops drops;
    private final BooleanSupplier contextIsClosed;
    private final PaddedLong sent = new PaddedLong();
    private final PaddedLong received = new PaddedLong();
    private volatile boolean closed;

    Exchange(
            SocketType type,
            SocketLock lock,
            Pattern pattern,
            SocketPipes pipes,
            Drops drops,
            BooleanSupplier contextIsClosed) {
        this.type = type;
        this.lock = lock;
        this.pattern = pattern;
        onlySends = pattern.onlySends();
        this.pipes = pipes;
        this.drops = drops;
        this.contextIsClosed = contextIsClosed;
    }

    // ---- sending

    /**
     * Sends a message if the pattern can take it now.
     *
     * @throws io.lingmq.error.LingException if it could never be sent
     */
    SendResult trySend(Frames message) {
        if (message instanceof MessageBuffer buffer) {
            ensureFilled(buffer);
        }
        SendResult result;
        boolean wakeNext;
        var to = pattern; // known before the lock: processors hardly look beyond that in advance
        lockForSending();
        try {
            pipes.workOffBells();
            ensureOpen();
            result = to.send(message);
            if (result.isTaken()) {
                sent.add(1);
                wakeNext = nextCanSend();
            } else if (result.undeliverable() != null) {
                throw to.refusal(message, result);
            } else {
                wakeNext = result == SendResult.TRY_AGAIN;
            }
        } finally {
            lock.unlock();
        }
        if (result.isTaken()) {
            tellOfSent(wakeNext);
        } else if (wakeNext) {
            tellToSendAgain(); // no bell will ring for that
        }
        return result;
    }

    /**
     * Sends from the front of a batch what the pattern can take now; what it cannot stays in the batch, but for what
     * nobody could ever be sent: that is dropped and counted.
     */
    void trySend(Batch batch) {
        boolean wakeNext;
        boolean again;
        var before = batch.passedOn();
        lockForSending();
        try {
            pipes.workOffBells();
            ensureOpen();
            again = sendAll(batch);
            wakeNext = nextCanSend();
        } finally {
            lock.unlock();
        }
        if (batch.passedOn() != before) { // else it is no news, and its holder would hear of itself for ever
            tellOfSent(wakeNext);
        }
        if (again) {
            tellToSendAgain();
        }
    }

    /**
     * Under the lock; true if the pattern is to be asked again for the rest. A pattern that alternates may have been
     * called by others.
     */
    private boolean sendAll(Batch batch) {
        assert lock.isHeld() : "the socket's lock is not held";
        Message message;
        while ((message = batch.first()) != null && (!pattern.alternates() || pattern.canSend())) {
            var result = pattern.send(message);
            var undeliverable = result.undeliverable();
            if (result.isTaken()) {
                batch.firstWasPassedOn();
                sent.add(1);
            } else if (undeliverable != null) {
                drops.count(undeliverable);
                batch.dropFirst();
            } else {
                return result == SendResult.TRY_AGAIN;
            }
        }
        return false;
    }

    /** Threads that wait until they can send, the caller among them, try again, but others may take the lock first. */
    private void tellToSendAgain() {
        lock.giveWay();
        pipes.signalSenders();
    }

    private void lockForSending() {
        if (onlySends) {
            lock.lockForSending();
        } else {
            lock.lock();
        }
    }

    /**
     * Under the lock; true if the next who waits can be woken. Where they are different, each heard the news itself.
     */
    private boolean nextCanSend() {
        return !pipes.senders().isEmpty() && pipes.senders().kind() == Waiters.Kind.ALIKE && pattern.canSend();
    }

    private void tellOfSent(boolean wakeNext) {
        if (wakeNext) {
            pipes.senders().wakeOne();
        }
        if (pattern.alternates()) {
            pipes.signalReceivers();
        }
    }

    private static void ensureFilled(MessageBuffer buffer) {
        if (buffer.frameCount() == 0) {
            throw new IllegalArgumentException("a message has at least one frame; this buffer has none");
        }
    }

    // ---- receiving

    /**
     * The next message if there is one now; else the socket will signal when there is. For that the channels go back to
     * the I/O threads, if a receiver had looked into them before.
     */
    @Nullable
    Message tryReceive() {
        return tryReceive(false);
    }

    /** As {@link #tryReceive()}, for one who looks again soon if there is none, and needs no signal. */
    @Nullable
    Message look() {
        return tryReceive(true);
    }

    private @Nullable Message tryReceive(boolean looksAgain) {
        Message message;
        var more = Readiness.NOT_READY;
        var from = pattern; // known before the lock, as in trySend
        lock.lock();
        try {
            pipes.workOffBells();
            ensureOpen();
            message = takeMessage(from);
            if (message == null && !looksAgain) {
                more = from.readiness();
                message = more == Readiness.READY ? takeMessage(from) : null;
            }
            if (message != null) {
                more = readinessForNext();
            }
        } finally {
            lock.unlock();
        }
        tell(message != null, more);
        if (message == null && !looksAgain) {
            pipes.stopReadingInline();
        }
        return message;
    }

    /** Receives the messages there are now into a batch, until that is full. */
    void tryReceive(Batch into) {
        var more = Readiness.READY;
        lock.lock();
        try {
            pipes.workOffBells();
            ensureOpen();
            fill(into);
            if (into.isEmpty()) { // only who got nothing waits for a signal
                more = pattern.readiness();
                if (more == Readiness.READY) {
                    fill(into);
                }
            }
            if (!into.isEmpty()) {
                more = readinessForNext();
            }
        } finally {
            lock.unlock();
        }
        tell(!into.isEmpty(), more);
    }

    /** Under the lock. A pattern that alternates is asked first, for it may be another call's turn by now. */
    private void fill(Batch into) {
        assert lock.isHeld() : "the socket's lock is not held";
        Message message;
        while (!into.isFull()
                && (!pattern.alternates() || pattern.readiness() == Readiness.READY)
                && (message = takeMessage(pattern)) != null) {
            into.add(message, pattern.source());
        }
    }

    /** Under the lock. */
    private @Nullable Message takeMessage(Pattern from) {
        var message = from.receive();
        if (message != null) {
            received.add(1);
        }
        return message;
    }

    /** As {@link #tryReceive()}, into a buffer; if there is none the buffer is empty. */
    boolean tryReceive(MessageBuffer into) {
        return tryReceive(into, false);
    }

    /** As {@link #look()}, into a buffer; if there is none the buffer is empty. */
    boolean look(MessageBuffer into) {
        return tryReceive(into, true);
    }

    private boolean tryReceive(MessageBuffer into, boolean looksAgain) {
        into.clear();
        var more = Readiness.NOT_READY;
        boolean isReceived;
        lock.lock();
        try {
            pipes.workOffBells();
            ensureOpen();
            isReceived = pattern.receive(into);
            if (!isReceived && !looksAgain) {
                more = pattern.readiness();
                isReceived = more == Readiness.READY && pattern.receive(into);
            }
            if (isReceived) {
                received.add(1);
                more = readinessForNext();
            }
        } finally {
            lock.unlock();
        }
        tell(isReceived, more);
        if (!isReceived && !looksAgain) {
            pipes.stopReadingInline();
        }
        return isReceived;
    }

    /** Under the lock, after something was received: whether the next waiting thread is to be woken. */
    private Readiness readinessForNext() {
        return pipes.receivers().isEmpty() ? Readiness.NOT_READY : pattern.readiness();
    }

    /** Lets others know of what was received, or that they are to look again where no bell may ring. */
    private void tell(boolean isReceived, Readiness more) {
        if (!isReceived) {
            tellToLookAgain(more);
            return;
        }
        if (more != Readiness.NOT_READY) {
            pipes.receivers().wakeOne();
        }
        if (pattern.alternates()) {
            pipes.signalSenders();
        }
    }

    /**
     * Threads that wait for a message, the caller among them, are woken as by a bell, but others may take the lock
     * first.
     */
    private void tellToLookAgain(Readiness readiness) {
        if (readiness == Readiness.LOOK_AGAIN) {
            lock.giveWay();
            pipes.signalReceivers();
        }
    }

    /** Gives the pattern back what is left of a batch that came from it; that is what it gives out next. */
    void handBack(Batch batch) {
        lock.lock();
        try {
            Message last;
            while ((last = batch.last()) != null) {
                pattern.handBack(last, batch.lastSource());
                batch.dropLast();
                received.add(-1);
            }
        } finally {
            lock.unlock();
        }
        pipes.signal();
    }

    // ---- readiness

    /** Whether {@link #tryReceive} would find a message. */
    boolean canReceive() {
        Readiness readiness;
        lock.lock();
        try {
            pipes.workOffBells();
            ensureOpen();
            readiness = pattern.readiness();
        } finally {
            lock.unlock();
        }
        tellToLookAgain(readiness);
        return readiness == Readiness.READY;
    }

    /** Whether {@link #trySend} would succeed. */
    boolean canSend() {
        lock.lock();
        try {
            pipes.workOffBells();
            ensureOpen();
            return pattern.canSend();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a request was sent and its reply has not been received. */
    boolean awaitsReply() {
        lock.lock();
        try {
            ensureOpen();
            return pattern.awaitsReply();
        } finally {
            lock.unlock();
        }
    }

    // ---- who is there

    /** How many peers are complete. */
    int peers() {
        lock.lock();
        try {
            pipes.workOffBells();
            ensureOpen();
            return pipes.peerCount();
        } finally {
            lock.unlock();
        }
    }

    /** How many peers hold a subscription. */
    int subscribers() {
        lock.lock();
        try {
            pipes.workOffBells();
            ensureOpen();
            return pattern.subscriberCount();
        } finally {
            lock.unlock();
        }
    }

    // ---- counts, and the end

    /** How many messages were sent so far. */
    long sent() {
        return sent.getAcquire();
    }

    /** How many messages were received so far. */
    long received() {
        return received.getAcquire();
    }

    void ensureOpen() {
        if (closed) {
            throw new ClosedException(
                    "the " + type + " socket is closed" + (contextIsClosed.getAsBoolean() ? ", with its context" : ""));
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Nothing goes in or out any more; false if that was so already. */
    boolean close() {
        lock.lock();
        try {
            var news = !closed;
            closed = true;
            return news;
        } finally {
            lock.unlock();
        }
    }
}
