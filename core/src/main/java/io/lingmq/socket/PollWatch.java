package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.socket.PollCore.Found;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a poller watches one socket for. One that was removed stays without interest for good: a socket that is added
 * again gets a new watch.
 *
 * <p>Threading: signals come from any thread, the interest is set under the poller's lock; the polling thread looks.
 */
final class PollWatch implements Observer {
    private final Object item;
    private final SocketCore socket;
    private final Consumer<PollWatch> signalled;
    private final AtomicBoolean listed = new AtomicBoolean();
    private volatile int interests;
    private volatile @Nullable Object attachment;

    /** Link of the list that it is in. */
    @Nullable
    PollWatch next;

    /**
     * A watch without interest yet.
     *
     * @param item what the poller's user knows the socket as
     * @param signalled hears that it is worth a look
     */
    PollWatch(Object item, SocketCore socket, Consumer<PollWatch> signalled) {
        this.item = item;
        this.socket = socket;
        this.signalled = signalled;
    }

    Object item() {
        return item;
    }

    SocketCore socket() {
        return socket;
    }

    /** What it is watched for from now on; it is worth a look then. */
    void wants(int newInterests) {
        interests = newInterests;
        onSignal();
    }

    /** What is told together with it. */
    void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    /** It is watched for nothing any more. */
    void ends() {
        interests = 0;
    }

    boolean wantsToRead() {
        return wants(PollCore.READ, interests);
    }

    private static boolean wants(int interest, int of) {
        return (of & interest) != 0;
    }

    @Override
    public void onSignal() {
        signalled.accept(this);
    }

    /**
     * What it is ready for, or that its socket is closed, or null; after that the socket signals when this may have
     * changed.
     */
    @Nullable
    Found look() {
        var wanted = interests;
        try {
            var readable = wants(PollCore.READ, wanted) && socket.canReceive();
            var writable = wants(PollCore.WRITE, wanted) && socket.canSend();
            var news = readable || writable || (wants(PollCore.CLOSE, wanted) && socket.isClosed());
            return news ? found(readable, writable) : null;
        } catch (ClosedException e) {
            return found(false, false);
        }
    }

    Found found(boolean readable, boolean writable) {
        return new Found(item, attachment, readable, writable);
    }

    /** Enters the list of those that are worth a look; false if it is there already. */
    boolean enterList() {
        return listed.compareAndSet(false, true);
    }

    /** Leaves the list, and then looks: what signals from now on enters it again. */
    void leaveList() {
        listed.set(false);
    }

    @Override
    public String toString() {
        return PollCore.described(item, interests);
    }
}
