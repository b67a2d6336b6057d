package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.guard.Guard;
import io.lingmq.message.Message;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One subscriber's stream of a socket's messages. A message is taken from the socket only when it was asked for, so an
 * unhurried subscriber holds the peers back. The stream is complete when the socket is closed.
 *
 * <p>A subscriber must not throw (rule 2.13). If it does its subscription is cancelled and that is logged; nobody else
 * notices.
 *
 * <p>Threading: the subscriber is called on a thread of its context for callbacks, one call at a time; it may take as
 * long as it likes. Source: {@link Flow}, the Reactive Streams rules.
 */
final class MessageStream implements Flow.Subscription, Observer {
    private final SocketCore socket;
    private final Flow.Subscriber<? super Message> subscriber;
    private final AtomicLong wanted = new AtomicLong();
    private final SerialTask serving;
    private volatile boolean begun;
    private volatile boolean ended;
    private volatile boolean badRequest;

    private MessageStream(SocketCore socket, Executor executor, Flow.Subscriber<? super Message> subscriber) {
        this.socket = socket;
        this.subscriber = subscriber;
        serving = new SerialTask(executor, this::serve);
    }

    static void start(SocketCore socket, Executor executor, Flow.Subscriber<? super Message> subscriber) {
        Objects.requireNonNull(subscriber, "the subscriber is null");
        var stream = new MessageStream(socket, executor, subscriber);
        stream.call(() -> subscriber.onSubscribe(stream));
        stream.begun = true;
        socket.pipes().observe(stream);
        if (stream.ended) {
            stream.end(); // while it subscribed, and perhaps without seeing this observer
        }
        stream.serving.request();
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            badRequest = true;
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
        if (badRequest) {
            fail(new IllegalArgumentException("a subscriber must request at least one message"));
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
        while (!ended && wanted.get() > 0 && socket.canReceive()) { // a REP may still owe the reply
            var message = socket.tryReceive();
            if (message == null) {
                break;
            }
            wanted.decrementAndGet();
            call(() -> subscriber.onNext(message));
        }
        socket.pipes().stopReadingInline(); // should a receiver have looked into channels: here it is a bell that tells
        if (socket.isClosed()) {
            complete();
        }
    }

    /** What the subscriber throws ends its subscription. */
    private void call(Runnable code) {
        if (Guard.run("a subscriber of a " + socket.type() + " socket", code) != null) {
            end();
        }
    }

    private void complete() {
        endWith(subscriber::onComplete);
    }

    private void fail(Throwable failure) {
        endWith(() -> subscriber.onError(failure));
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
    }
}
