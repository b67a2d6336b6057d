package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.guard.Guard;
import io.lingmq.message.Message;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's stream of a socket's messages. A message is taken from the socket only when it was asked for, so an
 * unhurried subscriber holds the peers back. The stream is complete when the socket is closed.
 *
 * <p>A subscriber must not throw (rule 2.13). If it does, what it threw is logged, its subscription is cancelled, and
 * its {@code onError} is told why; nobody else notices.
 *
 * <p>Threading: the subscriber is called on the executor, one call at a time, and it may take as long as it likes; only
 * {@code onSubscribe} is called by the thread that subscribes. Source: {@link Flow}, the Reactive Streams rules.
 */
final class MessageStream implements Flow.Subscription, Observer {
    private final SocketCore socket;
    private final Flow.Subscriber<? super Message> subscriber;
    private final AtomicLong wanted = new AtomicLong();
    private final SerialTask serving;
    private final Consumer<MessageStream> onEnd;
    /** What ends the stream, before anything else is told; the first of several. */
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private volatile boolean begun;
    private volatile boolean ended;

    /**
     * A stream that has not begun.
     *
     * @param onEnd told when it is over, or several times
     */
    MessageStream(
            SocketCore socket,
            Executor executor,
            Flow.Subscriber<? super Message> subscriber,
            Consumer<MessageStream> onEnd) {
        this.socket = socket;
        this.subscriber = subscriber;
        this.onEnd = onEnd;
        serving = new SerialTask(executor, this::serve);
    }

    /** Begins. */
    void start() {
        call(() -> subscriber.onSubscribe(this));
        begun = true;
        socket.pipes().observe(this);
        if (ended) {
            end(); // while it subscribed, and perhaps without seeing this observer
        }
        serving.request();
    }

    /** Tells a subscriber that it gets nothing, and why; rule 1.9 has it subscribed before. */
    void refuse(Throwable why) {
        failure.set(why);
        start();
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            failure.compareAndSet(
                    null,
                    new IllegalArgumentException(
                            "a subscriber must request at least one message, not " + count + " (rule 3.9)"));
        } else {
            wanted.accumulateAndGet(count, (have, more) -> have + more < 0 ? Long.MAX_VALUE : have + more);
        }
        serving.request();
    }

    @Override
    public void cancel() {
        end();
    }

    @Override
    public void onSignal() {
        if (wanted.get() > 0 || socket.isClosed()) {
            serving.request();
        }
    }

    private void serve() {
        if (ended || !begun) {
            return;
        }
        var cause = failure.get();
        if (cause != null) {
            fail(cause);
            return;
        }
        try {
            passOn();
        } catch (ClosedException e) {
            complete();
        } catch (Throwable e) { // whatever it is, the subscriber is to hear of it
            fail(e);
        }
    }

    private void passOn() {
        while (canPassOn()) { // a REP may still owe the reply
            var message = socket.tryReceive();
            if (message == null) {
                break;
            }
            wanted.decrementAndGet();
            call(() -> subscriber.onNext(message));
        }
        socket.pipes().stopReadingInline(); // should a receiver have looked into channels: here it is a bell that tells
        if (failure.get() != null) {
            serving.request();
        } else if (socket.isClosed()) {
            complete();
        }
    }

    private boolean canPassOn() {
        return !ended && failure.get() == null && wanted.get() > 0 && socket.canReceive();
    }

    /** What the subscriber throws ends its stream. */
    private void call(Runnable code) {
        var thrown = Guard.run("a subscriber of a " + socket.type() + " socket", code);
        if (thrown != null) {
            failure.compareAndSet(null, thrown);
        }
    }

    private void complete() {
        endWith(subscriber::onComplete);
    }

    private void fail(Throwable cause) {
        endWith(() -> subscriber.onError(cause));
    }

    /** A subscriber that has cancelled hears nothing more. */
    private void endWith(Runnable signal) {
        if (!ended) {
            end();
            call(signal);
        }
    }

    private void end() {
        ended = true;
        socket.pipes().ignore(this);
        onEnd.accept(this);
    }
}
