package io.lingmq.request;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are open, by their ids, and which of them wait to be sent. Each has a place, of which there are only
 * so many; who takes a call out ends it, and its place is free.
 *
 * <p>Threading: any thread.
 */
final class OpenCalls {
    private final Semaphore places;
    private final ConcurrentHashMap<Long, Call> all = new ConcurrentHashMap<>();
    /** In the order of the calls, as far as their ids tell. */
    private final ConcurrentSkipListMap<Long, Call> waiting = new ConcurrentSkipListMap<>();

    OpenCalls(int most) {
        places = new Semaphore(most);
    }

    /** Whoever has taken a place from here either adds a call or releases it. */
    Semaphore places() {
        return places;
    }

    void add(Call call) {
        all.put(call.id(), call);
    }

    /** Takes a call out; null if it has ended. */
    @Nullable
    Call take(long id) {
        var call = all.remove(id);
        if (call != null) {
            waiting.remove(id);
            places.release();
        }
        return call;
    }

    /** Takes a call out; false if it has ended: then another has taken it. */
    boolean take(Call call) {
        return take(call.id()) != null;
    }

    Collection<Call> all() {
        return all.values();
    }

    int count() {
        return all.size();
    }

    // ---- those that nobody could be sent

    boolean anyWaits() {
        return !waiting.isEmpty();
    }

    Collection<Call> waiting() {
        return waiting.values();
    }

    /** Lets a call wait to be sent, unless it has ended meanwhile. */
    void letWait(Call call) {
        waiting.put(call.id(), call);
        if (!all.containsKey(call.id())) {
            waiting.remove(call.id());
        }
    }

    void waitsNoMore(Call call) {
        waiting.remove(call.id());
    }
}
