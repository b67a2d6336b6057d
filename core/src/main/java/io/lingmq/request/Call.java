package io.lingmq.request;

import io.lingmq.guard.Guard;
import io.lingmq.message.Message;
import io.lingmq.time.NanoTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A request that is open: what was asked, until when, and who waits for the reply.
 *
 * <p>Threading: who takes it out of the table of open calls ends it. Its attempts are noted by the thread that made it,
 * up to the first one; by the {@link Caretaker} from then on.
 */
final class Call {
    private final long id;
    private final Message request;
    private final long beginNs;
    private final long deadlineNs;
    private final CompletableFuture<Message> future = new CompletableFuture<>();
    private final Executor completesOn;
    private volatile int attempts;
    private volatile @Nullable Server server;
    private volatile long dueNs;

    /**
     * A call that was not sent yet.
     *
     * @param request with its envelope
     * @param completesOn where the code runs that depends on the future
     */
    Call(long id, Message request, long beginNs, long timeoutNs, Executor completesOn) {
        this.id = id;
        this.request = request;
        this.beginNs = beginNs;
        this.completesOn = completesOn;
        deadlineNs = NanoTime.after(beginNs, timeoutNs);
        dueNs = deadlineNs;
    }

    long id() {
        return id;
    }

    Message request() {
        return request;
    }

    long beginNs() {
        return beginNs;
    }

    CompletableFuture<Message> future() {
        return future;
    }

    // ---- attempts

    /** How often it was sent. */
    int attempts() {
        return attempts;
    }

    /** Who had it last; null before the first attempt. */
    @Nullable
    Server server() {
        return server;
    }

    /** It was sent once more, and is to be looked at again then. */
    void sentTo(Server to, int attempt, long againNs) {
        server = to;
        attempts = attempt;
        dueNs = NanoTime.earlier(againNs, deadlineNs);
    }

    /** It waits to be sent: nothing is to be done about it before its time is over. */
    void waitsToBeSent() {
        dueNs = deadlineNs;
    }

    /** When it is to be looked at. */
    long dueNs() {
        return dueNs;
    }

    boolean isOver(long nowNs) {
        return !NanoTime.isBefore(nowNs, deadlineNs);
    }

    // ---- the end

    void answer(Message reply) {
        end(() -> future.complete(reply));
    }

    void fail(RuntimeException failure) {
        end(() -> future.completeExceptionally(failure));
    }

    /** Should the executor refuse, it is better to call the application here than never. */
    private void end(Runnable completes) {
        if (Guard.run("the executor of a request", () -> completesOn.execute(completes)) != null) {
            Guard.run("what depends on a request", completes);
        }
    }
}
