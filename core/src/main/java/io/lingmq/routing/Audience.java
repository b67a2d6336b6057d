package io.lingmq.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Who wants a message. Where all of them hold the same prefix, which is usual, it is the list of that prefix itself;
 * else the holders of several prefixes are gathered, each of them once.
 *
 * <p>Threading: under the socket's lock.
 */
final class Audience implements Subscriptions.Matches<Subscriber> {
    private final List<Subscriber> gathered = new ArrayList<>();
    private List<Subscriber> who = List.of();
    private long messageNumber;

    /** Begins with nobody. */
    void clear() {
        who = List.of();
        if (!gathered.isEmpty()) {
            gathered.clear();
        }
    }

    @Override
    public void onMatch(List<Subscriber> holders) {
        if (who.isEmpty()) {
            who = holders;
        } else {
            gather();
            addNew(holders);
        }
    }

    /** Without those whose peers are gone. */
    void dropThoseWhoLeft() {
        var anyLeft = false;
        for (var i = 0; i < who.size() && !anyLeft; i++) {
            anyLeft = who.get(i).hasLeft();
        }
        if (anyLeft) {
            gather();
            gathered.removeIf(Subscriber::hasLeft);
        }
    }

    /** All but those that it holds. */
    void invert(Collection<Subscriber> everybody) {
        gather();
        gathered.clear();
        everybody.forEach(this::addNew);
    }

    private void gather() {
        if (who != gathered) {
            messageNumber++;
            gathered.clear();
            addNew(who);
            who = gathered;
        }
    }

    private void addNew(List<Subscriber> some) {
        for (var i = 0; i < some.size(); i++) {
            addNew(some.get(i));
        }
    }

    private void addNew(Subscriber subscriber) {
        if (subscriber.isFirstMatch(messageNumber)) {
            gathered.add(subscriber);
        }
    }

    /** Those that want the message; good until the next one. */
    List<Subscriber> who() {
        return who;
    }

    /** Whether this is a prefix's own list: it never changes, and whoever sees it again sees the same subscribers. */
    boolean isLasting() {
        return who != gathered;
    }
}
