package io.lingmq.pattern;

import io.lingmq.routing.FanOut;
import io.lingmq.routing.Subscriber;

/**
 * Takes out, a budget's worth at a time, what a publisher's peers held that are gone: that may be a million topics
 * each.
 *
 * <p>A peer that is gone gets nothing from that moment on; only its topics go by and by. Nobody notices that by the
 * order of what is told: whoever says something about a topic that one who is gone held finds it {@linkplain #settle
 * taken out}. So if that was the last holder, first its cancellation is told, then the new subscription, which is the
 * first of its topic again, as if all had been done when the peer went.
 *
 * <p>Peers may come, subscribe and go faster than their topics are taken out. So whoever says something about a topic
 * that nobody who is gone held has another one of theirs taken out: as long as there are any, what is held does not
 * grow.
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

    /** Goes on, until this part of a budget is spent; returns how much it took. */
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
            var out = takeOut(topic);
            leaving.forget(topic); // whatever has gone wrong before: it is not found again
            return cost(topic, out);
        }
        var askedFor = leaving.anyAskedFor();
        if (askedFor == null) {
            return 0;
        }
        var unused = endAsking(leaving, askedFor);
        return Budget.cost(askedFor, 1, 0);
    }

    private FanOut.TakenOut takeOut(byte[] topic) {
        var out = fanOut.takeOut(topic);
        if (out.gone() > 0) {
            listener.cancelled(topic, out.gone(), out.left() == 0);
        }
        return out;
    }

    private static long cost(byte[] topic, FanOut.TakenOut out) {
        return Budget.cost(topic, out.gone(), out.left());
    }

    /** False if it had not asked for the topic. */
    private boolean endAsking(Subscriber leaving, byte[] topic) {
        var hadAsked = leaving.asks(topic, false);
        if (hadAsked) {
            listener.asksNoMore(topic);
        }
        return hadAsked;
    }

    /** Somebody says something about a topic: those who are gone are taken out of it before. */
    long settle(byte[] topic) {
        if (isEmpty()) {
            return 0;
        }
        var out = takeOut(topic);
        return cost(topic, out) + (out.gone() > 0 ? 0 : makeRoom());
    }

    /** As {@link #settle}, where it is not what peers ask for that applies. */
    long settleAskedFor(byte[] topic) {
        var spent = 0L;
        var hadAsked = false;
        for (var leaving : fanOut.leaving()) {
            hadAsked |= endAsking(leaving, topic);
            spent += Budget.cost(topic, 1, 0);
        }
        return spent + (hadAsked ? 0 : makeRoom());
    }

    /** Somebody may hold one more from now on: those who are gone hold one less. */
    long makeRoom() {
        return goOn(1);
    }
}
