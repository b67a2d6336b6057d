package io.lingmq.request;

import io.lingmq.error.ClosedException;
import io.lingmq.event.Peer;
import io.lingmq.event.ReplierStatistics;
import io.lingmq.guard.RationedGuard;
import io.lingmq.message.Message;
import io.lingmq.option.ReplierSettings;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.socket.SocketCore;
import io.lingmq.socket.SocketHost;
import io.lingmq.time.NanoTime;
import io.lingmq.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Answers many requests at once: a ROUTER, a thread that receives, and the application's executor and handler. Each
 * request in hand has one of so many places; when all are taken nothing is received.
 *
 * <p>Each request gets one reply, whatever the handler does: its own, or an error reply. None is sent when the socket
 * has been closed meanwhile, or to a peer that is gone or takes nothing, as with any ROUTER.
 *
 * <p>Threading: any thread.
 */
public final class ReplierCore {
    private static final Duration BETWEEN_LOG_LINES = Duration.ofMinutes(1);

    private final ReplierSettings settings;
    private final Service service;
    private final Executor executor;
    private final Ticker ticker;
    private final Semaphore places;
    private final ReplyCounters counters = new ReplyCounters();
    private final RationedGuard guard;
    private final SocketCore socket;
    private final RequestReader reader;

    /** A replier without an endpoint. */
    public ReplierCore(
            SocketHost host, Settings defaults, ReplierSettings settings, Service service, Executor executor) {
        this.settings = settings;
        this.service = service;
        this.executor = executor;
        places = new Semaphore(settings.maxInHand());
        ticker = host.ticker();
        guard = new RationedGuard(ticker::nowNs, BETWEEN_LOG_LINES);
        socket = host.socket(SocketType.ROUTER, settings.socket(defaults), closed -> {});
        reader = new RequestReader(socket, places, this::received, guard);
        startOrClose();
    }

    private void startOrClose() {
        var started = false;
        try {
            reader.start();
            started = true;
        } finally {
            if (!started) {
                socket.close();
            }
        }
    }

    /** The socket below, for its endpoints. */
    public SocketCore socket() {
        return socket;
    }

    /** A request that was received and not answered. */
    private static final class InHand {
        private final Message envelope;
        private final Message body;
        private final AtomicBoolean ended = new AtomicBoolean();

        InHand(Message message, int delimiterAt) {
            envelope = message.slice(0, delimiterAt + 1);
            body = message.withoutFirst(delimiterAt + 1);
        }
    }

    // ---- in the reader's thread

    private void received(Message message) {
        var delimiterAt = Envelope.delimiterAt(message);
        if (delimiterAt == Envelope.NONE) {
            counters.malformed.increment();
            places.release();
            return;
        }
        counters.received.increment();
        counters.inHand.incrementAndGet();
        var request = new InHand(message, delimiterAt);
        var failure = guard.run("the executor of a replier", () -> executor.execute(() -> serve(request)));
        if (failure != null) {
            fail(request, rejection(failure), counters.rejected);
        }
    }

    private static RejectedExecutionException rejection(Throwable failure) {
        return failure instanceof RejectedExecutionException rejected
                ? rejected
                : new RejectedExecutionException("the executor of a replier failed", failure);
    }

    // ---- in the executor's threads

    private void serve(InHand request) {
        var failure = guard.run("the handler of a replier", () -> begin(request));
        if (failure != null) {
            fail(request, causeOf(failure), counters.failed);
        }
    }

    private void begin(InHand request) {
        try {
            var stage = service.serve(request.body);
            Objects.requireNonNull(stage, "the handler returned null in place of a stage")
                    .whenComplete((reply, failure) -> completed(request, reply, failure));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private void completed(InHand request, @Nullable Message reply, @Nullable Throwable failure) {
        if (reply != null) {
            end(request, reply, counters.answered);
            return;
        }
        var cause = failure != null ? causeOf(failure) : new NullPointerException("the handler returned null");
        guard.run("the handler of a replier", () -> {
            throw new CompletionException(cause); // only to be logged, as what a handler throws
        });
        fail(request, cause, counters.failed);
    }

    private static Throwable causeOf(Throwable failure) {
        var cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    // ---- replies

    private void fail(InHand request, Throwable cause, LongAdder counter) {
        end(request, errorReply(cause), counter);
    }

    private Message errorReply(Throwable cause) {
        var reply = new Message[1];
        guard.run(
                "the function for error replies",
                () -> reply[0] = Objects.requireNonNull(
                        settings.errorReply().apply(cause), "the function for error replies returned null"));
        return reply[0] == null ? ReplierSettings.defaultErrorReply(cause) : reply[0];
    }

    /** Once for each request, whatever an executor or a stage of the application does. */
    private void end(InHand request, Message reply, LongAdder counter) {
        if (request.ended.getAndSet(true)) {
            return;
        }
        var failure = guard.run("a reply", () -> send(request.envelope.followedBy(reply), counter));
        if (failure != null) {
            counters.unanswered.increment();
        }
        counters.inHand.decrementAndGet();
        places.release();
    }

    private void send(Message reply, LongAdder counter) {
        try {
            var unused = socket.trySend(reply); // a ROUTER that need not deliver takes everything
            counter.increment();
        } catch (ClosedException e) {
            counters.unanswered.increment();
        }
    }

    // ---- endpoints and the end

    /** The peers as they stand now. */
    public List<Peer> peers() {
        return socket.peers();
    }

    /** What was done so far. */
    public ReplierStatistics statistics() {
        return counters.statistics();
    }

    /** Receives nothing more, waits for those in hand, closes; says how many were left. */
    public int close(Duration timeout) {
        reader.stop();
        if (!socket.isClosed()) { // else there is no way left for a reply
            awaitAnswered(Settings.nanos(timeout));
        }
        var left = counters.inHand.get();
        socket.close();
        return left;
    }

    /** All places are free when all is answered. As with every close, an interrupt does not shorten it, and is kept. */
    private void awaitAnswered(long timeoutNs) {
        var deadlineNs = NanoTime.after(ticker.nowNs(), timeoutNs);
        var interrupted = Thread.interrupted();
        while (!awaitedUninterrupted(deadlineNs)) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if the wait was interrupted. */
    private boolean awaitedUninterrupted(long deadlineNs) {
        try {
            if (places.tryAcquire(settings.maxInHand(), deadlineNs - ticker.nowNs(), TimeUnit.NANOSECONDS)) {
                places.release(settings.maxInHand()); // for another who closes
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "replier, " + counters.inHand.get() + " requests in hand";
    }
}
