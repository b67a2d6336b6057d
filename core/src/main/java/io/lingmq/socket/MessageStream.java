package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.error.LingException;
import io.lingmq.message.Message;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One subscriber's stream of a socket's messages. A message is taken from the socket only when it was asked for, so an
 * unhurried subscriber holds the peers back. The stream is complete when the socket is closed.
 *
 * <p>Threading: the subscriber is called on the common pool, one call at a time. Source: {@link Flow}, the Reactive
 * Streams rules.
 */
final class MessageStream implements Flow.Subscription, Observer {
    private final SocketCore socket;
    private final Flow.Subscriber<? super Message> subscriber;
    private final AtomicLong wanted = new AtomicLong();
    private final Turns turns = new Turns(this::serve);
    private volatile boolean begun;
    private volatile boolean ended;
    private volatile boolean badRequest;

    private MessageStream(SocketCore socket, Flow.Subscriber<? super Message> subscriber) {
        this.socket = socket;
        this.subscriber = subscriber;
    }

    static void start(SocketCore socket, Flow.Subscriber<? super Message> subscriber) {
        var stream = new MessageStream(socket, subscriber);
        subscriber.onSubscribe(stream);
        stream.begun = true;
        socket.pipes().observe(stream);
        stream.turns.ask();
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            badRequest = true;
        } else {
            wanted.accumulateAndGet(count, (have, more) -> have + more < 0 ? Long.MAX_VALUE : have + more);
        }
        turns.ask();
    }

    @Override
    public void cancel() {
        ended = true;
        socket.pipes().ignore(this);
    }

    @Override
    public void onSignal() {
        if (wanted.get() > 0 || socket.isClosed()) {
            turns.ask();
        }
    }

    private void serve() {
        if (ended || !begun) {
            return;
        }
        try {
            if (badRequest) {
                throw new IllegalArgumentException("a subscriber must request at least one message");
            }
            while (!ended && wanted.get() > 0 && socket.canReceive()) { // a REP may still owe the reply
                var message = socket.tryReceive();
                if (message == null) {
                    break;
                }
                wanted.decrementAndGet();
                subscriber.onNext(message);
            }
            if (socket.isClosed()) {
                throw new ClosedException("the socket is closed");
            }
        } catch (ClosedException e) {
            end();
            subscriber.onComplete();
        } catch (LingException | IllegalArgumentException e) {
            end();
            subscriber.onError(e);
        }
    }

    private void end() {
        ended = true;
        socket.pipes().ignore(this);
    }
}
