package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.SocketType;
import io.lingmq.pattern.Pattern;
import io.lingmq.pipe.PaddedLong;
import java.util.ArrayDeque;
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
    private final BooleanSupplier contextIsClosed;
    private final ArrayDeque<Message> handedBack = new ArrayDeque<>();
    private final PaddedLong sent = new PaddedLong();
    private final PaddedLong received = new PaddedLong();
    private volatile boolean closed;

    Exchange(SocketType type, SocketLock lock, Pattern pattern, SocketPipes pipes, BooleanSupplier contextIsClosed) {
        this.type = type;
        this.lock = lock;
        this.pattern = pattern;
        onlySends = pattern.onlySends();
        this.pipes = pipes;
        this.contextIsClosed = contextIsClosed;
    }

    // ---- sending

    /** Sends a message if the pattern can take it now. */
    boolean trySend(Frames message) {
        if (message instanceof MessageBuffer buffer) {
            ensureFilled(buffer);
        }
        boolean wakeNext;
        var to = pattern; // known before the lock: processors hardly look beyond that in advance
        lockForSending();
        try {
            pipes.workOffBells();
            ensureOpen();
            if (!to.send(message)) {
                return false;
            }
            sent.add(1);
            wakeNext = nextCanSend();
        } finally {
            lock.unlock();
        }
        tellOfSent(wakeNext);
        return true;
    }

    /** Sends from the front of a batch what the pattern can take now; what it cannot stays in the batch. */
    void trySend(Batch batch) {
        boolean wakeNext;
        lockForSending();
        try {
            pipes.workOffBells();
            ensureOpen();
            Message message;
            while ((message = batch.first()) != null && pattern.send(message)) {
                batch.dropFirst();
                sent.add(1);
            }
            wakeNext = nextCanSend();
        } finally {
            lock.unlock();
        }
        tellOfSent(wakeNext);
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

    /** The next message if there is one now; else the socket will signal when there is. */
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
        boolean wakeNext;
        var from = pattern; // known before the lock, as in trySend
        lock.lock();
        try {
            pipes.workOffBells();
            ensureOpen();
            message = takeMessage(from);
            if (message == null && !looksAgain && hasMessage()) {
                message = takeMessage(from);
            }
            if (message == null) {
                return null;
            }
            wakeNext = nextCanReceive();
        } finally {
            lock.unlock();
        }
        tellOfReceived(wakeNext);
        return message;
    }

    /** Receives the messages there are now into a batch, until that is full. */
    void tryReceive(Batch into) {
        boolean wakeNext;
        lock.lock();
        try {
            pipes.workOffBells();
            ensureOpen();
            Message message;
            do {
                while (!into.isFull() && (message = takeMessage(pattern)) != null) {
                    into.add(message);
                }
            } while (into.isEmpty() && hasMessage()); // only who got nothing waits for a signal
            wakeNext = nextCanReceive();
        } finally {
            lock.unlock();
        }
        tellOfReceived(wakeNext);
    }

    /** Under the lock. */
    private @Nullable Message takeMessage(Pattern from) {
        var message = handedBack.isEmpty() ? from.receive() : handedBack.pollFirst();
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
        boolean wakeNext;
        lock.lock();
        try {
            pipes.workOffBells();
            ensureOpen();
            if (!receiveUnderLock(into) && (looksAgain || !hasMessage() || !receiveUnderLock(into))) {
                return false;
            }
            received.add(1);
            wakeNext = nextCanReceive();
        } finally {
            lock.unlock();
        }
        tellOfReceived(wakeNext);
        return true;
    }

    private boolean receiveUnderLock(MessageBuffer into) {
        var first = handedBack.pollFirst();
        if (first == null) {
            return pattern.receive(into);
        }
        into.addAll(first);
        return true;
    }

    /** Under the lock; true if the next who waits can be woken. */
    private boolean nextCanReceive() {
        return !pipes.receivers().isEmpty() && hasMessage();
    }

    private void tellOfReceived(boolean wakeNext) {
        if (wakeNext) {
            pipes.receivers().wakeOne();
        }
        if (pattern.alternates()) {
            pipes.signalSenders();
        }
    }

    /** Puts a message back in front: it was taken for somebody who no longer wants it. */
    void handBack(Message message) {
        lock.lock();
        try {
            handedBack.addFirst(message);
            received.add(-1);
        } finally {
            lock.unlock();
        }
        pipes.signal();
    }

    // ---- readiness

    /** Whether {@link #tryReceive} would find a message. */
    boolean canReceive() {
        lock.lock();
        try {
            pipes.workOffBells();
            ensureOpen();
            return hasMessage();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasMessage() {
        return !handedBack.isEmpty() || pattern.canReceive();
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
