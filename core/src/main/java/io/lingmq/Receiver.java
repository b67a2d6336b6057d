package io.lingmq;

import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A socket that can receive.
 *
 * <p>A message is received as a {@link Message} of its own, or into a {@link MessageBuffer} where no garbage is wanted.
 * The buffer then holds the whole message, in place of what it held before, or nothing if none came. Over {@code tcp}
 * and {@code ipc}, PULL, SUB, XSUB, PAIR and DEALER allocate nothing to fill one; the other types copy it from an
 * ordinary message.
 *
 * <p>Threading: every method may be called from any thread at any time; each message goes to one caller.
 */
public interface Receiver {
    /**
     * Receives the next message, waiting until there is one.
     *
     * @throws InterruptedException if the thread is interrupted while it waits; no message is lost
     * @throws io.lingmq.error.ClosedException if the socket is closed, also while this call waits
     * @throws io.lingmq.error.TimedOutException if {@code RECEIVE_TIMEOUT} is set and passes
     * @throws io.lingmq.error.SocketStateException if a REQ or REP has to send first
     * @throws io.lingmq.error.NotSupportedException if the type of an {@link AnySocket} only sends
     */
    Message receive() throws InterruptedException;

    /**
     * Receives the next message, waiting at most the given time.
     *
     * @return null if the time passed
     * @throws InterruptedException if the thread is interrupted while it waits; no message is lost
     * @throws io.lingmq.error.ClosedException if the socket is closed, also while this call waits
     * @throws io.lingmq.error.SocketStateException if a REQ or REP has to send first
     * @throws io.lingmq.error.NotSupportedException if the type of an {@link AnySocket} only sends
     * @throws NullPointerException if there is no timeout
     */
    @Nullable
    Message receive(Duration timeout) throws InterruptedException;

    /**
     * Receives the next message if there is one, else null. A SUB, REP or REQ drops at most about a thousand messages
     * that are not for it in one call; behind more of them a message is found by the next call. A {@link Poller} tells
     * of it.
     *
     * @throws io.lingmq.error.ClosedException if the socket is closed
     * @throws io.lingmq.error.SocketStateException if a REQ or REP has to send first
     * @throws io.lingmq.error.NotSupportedException if the type of an {@link AnySocket} only sends
     */
    @Nullable
    Message tryReceive();

    /**
     * As {@link #receive()}, into a buffer.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws io.lingmq.error.ClosedException if the socket is closed, also while this call waits
     * @throws io.lingmq.error.TimedOutException if {@code RECEIVE_TIMEOUT} is set and passes
     * @throws io.lingmq.error.SocketStateException if a REQ or REP has to send first
     * @throws io.lingmq.error.NotSupportedException if the type of an {@link AnySocket} only sends
     * @throws NullPointerException if there is no buffer
     */
    void receive(MessageBuffer into) throws InterruptedException;

    /**
     * As {@link #receive(Duration)}, into a buffer.
     *
     * @return false if the time passed
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws io.lingmq.error.ClosedException if the socket is closed, also while this call waits
     * @throws io.lingmq.error.SocketStateException if a REQ or REP has to send first
     * @throws io.lingmq.error.NotSupportedException if the type of an {@link AnySocket} only sends
     * @throws NullPointerException if there is no buffer or no timeout
     */
    boolean receive(MessageBuffer into, Duration timeout) throws InterruptedException;

    /**
     * As {@link #tryReceive()}, into a buffer; false if there is no message.
     *
     * @throws io.lingmq.error.ClosedException if the socket is closed
     * @throws io.lingmq.error.SocketStateException if a REQ or REP has to send first
     * @throws io.lingmq.error.NotSupportedException if the type of an {@link AnySocket} only sends
     * @throws NullPointerException if there is no buffer
     */
    boolean tryReceive(MessageBuffer into);

    /**
     * Receives a message as soon as there is one. What is asked for first is served first.
     *
     * <p>To end the future from outside withdraws the wish, be it by {@code cancel}, {@code complete},
     * {@code orTimeout} or {@code completeOnTimeout}: then no message is taken for it, and what {@code cancel} returns
     * is the truth. Where all stages that depend on the future directly have ended by themselves, as in
     * {@code receiveAsync().thenApply(f).orTimeout(t)}, nobody would get the message, and none is taken either, until
     * there is a further stage, a {@code get} or a {@code join}. A socket remembers some thirty futures that nobody
     * wants; those before them end with {@link java.util.concurrent.CancellationException}.
     *
     * <p>Two things can still lose a message: a stage that ends in the moment between the taking of the message and the
     * call of its function, which is counted as {@link io.lingmq.event.DropReason#ABANDONED}; and one further down that
     * has ended, since {@code receiveAsync().thenApply(f).thenAccept(g).orTimeout(t)} still gives the message to
     * {@code f}. So where there is a time, say it to {@link #receiveAsync(Duration)}.
     *
     * <p>The future completes on the {@linkplain Context.ContextBuilder#executor context's executor}; if there is none,
     * on a thread of the context that is there for this, never on an I/O thread or a caller's. The futures of one
     * socket complete one after the other, in the order in which they were served. Code that depends on one may call
     * anything and may block, also for another future of the same socket: where it takes longer than some milliseconds,
     * those behind it complete on another thread meanwhile. A context has up to 256 such threads; beyond that one must
     * come to its end first. What that code throws fails the stage that it belongs to, and nobody else hears of it.
     *
     * @return fails with {@link io.lingmq.error.ClosedException} if the socket is closed, and with
     *     {@link io.lingmq.error.SocketStateException} where the socket's rules forbid to receive now
     * @throws io.lingmq.error.NotSupportedException if the type of an {@link AnySocket} only sends
     */
    CompletableFuture<Message> receiveAsync();

    /**
     * As {@link #receiveAsync()}, within a time: if no message comes the future completes with null, as
     * {@link #receive(Duration)} returns it. Exactly one of the two happens, so no message is lost to a time that is
     * over: {@code receiveAsync(Duration.ofSeconds(1)).thenAccept(m -> { if (m != null) handle(m); })}. Who would
     * rather have an exception writes {@code receiveAsync().orTimeout(..)}.
     *
     * <p>A time of zero or less asks once. Thousands of such calls share one thread for their time.
     *
     * @throws io.lingmq.error.NotSupportedException if the type only sends
     */
    CompletableFuture<@Nullable Message> receiveAsync(Duration timeout);

    /**
     * The socket's messages as a stream, for one subscriber at a time: each message goes to one receiver, so a second
     * subscriber is refused by {@code onError} with {@link io.lingmq.error.SocketStateException} until the first has
     * cancelled. Messages are taken from the socket only as the subscriber asks for them, so its pace reaches back to
     * the peers. The stream is complete when the socket is closed.
     *
     * <p>The subscriber is called where the code behind {@link #receiveAsync()} is, one call at a time; it may block.
     * Only {@code onSubscribe} is called by the thread that subscribes. One that throws anything from
     * {@code onSubscribe} or {@code onNext} breaks rule 2.13: what it threw is logged, its subscription is cancelled,
     * and its {@code onError} is told the same. What {@code onError} and {@code onComplete} throw is logged. Whatever
     * else fails is told by {@code onError}, too.
     *
     * <p>Source: {@link Flow}, the rules of Reactive Streams 1.0.4.
     *
     * @throws io.lingmq.error.NotSupportedException if the type of an {@link AnySocket} only sends
     */
    Flow.Publisher<Message> publisher();

    /**
     * As {@link #publisher()}, with the subscriber called on the given executor. Whatever that does, no message is
     * lost: {@link Context.ContextBuilder#executor} tells more.
     *
     * @throws io.lingmq.error.NotSupportedException if the type only sends
     */
    Flow.Publisher<Message> publisher(Executor executor);
}
