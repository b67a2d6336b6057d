package io.lingmq.pattern;

import io.lingmq.routing.FanOut;
import io.lingmq.routing.Subscriber;

/**
 * Takes out, turn by turn, what a publisher's peers held that are gone: that may be a million topics each.
 *
 * <p>A peer that is gone gets nothing from that moment on; only its topics go by and by. Nobody notices that by the
 * order of what is told: whoever says something about a topic that one who is gone held finds it {@linkplain #settle
 * taken out}. So if that was the last holder, first its cancellation is told, then the new subscription, which is the
 * first of its topic again, as if all had been done when the peer went.
 *
 * <p>Threading: under the socket's lock.
 */
final class Departures {
    /** Hears of what is taken out. */
    interface Listener {
        /** So many that are gone held a topic; whether they were the last. */
        void cancelled(byte[] topic, int gone, boolean isLast);

        /** One that is gone had asked for a topic, where it is not what it asks for that applies. */
        void asksNoMore(byte[] topic);
    }

    private final FanOut fanOut;
    private final Listener listener;

    Departures(FanOut fanOut, Listener listener) {
        this.fanOut = fanOut;
        this.listener = listener;
    }

    /** Whether nobody who is gone holds anything. */
    boolean isEmpty() {
        return fanOut.firstLeaving() == null;
    }

    /** Goes on, until this part of a turn is used up; returns how much it took. */
    long goOn(long most) {
        var spent = 0L;
        Subscriber first;
        while (spent < most && (first = fanOut.firstLeaving()) != null) {
            spent += takeOneOut(first);
        }
        return spent;
    }

    private long takeOneOut(Subscriber leaving) {
        var topic = leaving.anyTopic();
        if (topic != null) {
            var spent = takeOut(topic);
            leaving.forget(topic); // whatever has gone wrong before: it is not found again
            return spent;
        }
        var askedFor = leaving.anyAskedFor();
        return askedFor == null ? 0 : endAsking(leaving, askedFor);
    }

    private long takeOut(byte[] topic) {
        var out = fanOut.takeOut(topic);
        if (out.gone() > 0) {
            listener.cancelled(topic, out.gone(), out.left() == 0);
        }
        return Turn.cost(topic, out.gone(), out.left());
    }

    private long endAsking(Subscriber leaving, byte[] topic) {
        if (leaving.asks(topic, false)) {
            listener.asksNoMore(topic);
        }
        return Turn.cost(topic, 1, 0);
    }

    /** Somebody says something about a topic: those who are gone are taken out of it before. */
    long settle(byte[] topic) {
        return isEmpty() ? 0 : takeOut(topic);
    }

    /** As {@link #settle}, where it is not what peers ask for that applies. */
    long settleAskedFor(byte[] topic) {
        var spent = 0L;
        for (var leaving : fanOut.leaving()) {
            spent += endAsking(leaving, topic);
        }
        return spent;
    }
}
