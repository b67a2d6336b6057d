package io.lingmq.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which holders want the topics that begin with which prefix; and which prefixes match a topic.
 *
 * <p>A {@link RadixTree} from prefix to holders: a topic is matched in one pass over its bytes, at a cost that does not
 * grow with the number of prefixes. The empty prefix, which most subscribers hold, is the tree's root: who holds it is
 * found without a step.
 *
 * <p>Most prefixes have one holder, and one holder often has many prefixes. The list of a lone holder is therefore used
 * again for as long as the same one goes on adding.
 *
 * <p>Threading: under the socket's lock. Source: RFC 29/PUBSUB, "prefix matching".
 *
 * @param <H> who holds a subscription
 */
public final class Subscriptions<H> {
    private final RadixTree<List<H>> holders = new RadixTree<>();
    private final BiConsumer<List<H>, Matches<H>> handOut = Subscriptions::handOut;
    private @Nullable List<H> latestLoneHolder;

    /** Adds a holder of a prefix; true if it is the first one. */
    public boolean add(byte[] prefix, H holder) {
        var present = holders.putIfAbsent(prefix, alone(holder));
        if (present == null) {
            return true;
        }
        if (!present.contains(holder)) {
            var more = new ArrayList<H>(present.size() + 1);
            more.addAll(present);
            more.add(holder);
            holders.put(prefix, List.copyOf(more));
        }
        return false;
    }

    private List<H> alone(H holder) {
        var latest = latestLoneHolder;
        if (latest == null || latest.get(0) != holder) {
            latest = List.of(holder);
            latestLoneHolder = latest;
        }
        return latest;
    }

    /** Removes a holder of a prefix; true if nobody holds the prefix now, be it that nobody ever did. */
    public boolean remove(byte[] prefix, H holder) {
        var present = holders.find(prefix);
        if (present == null) {
            return true;
        }
        if (!present.contains(holder)) {
            return false;
        }
        if (present.size() == 1) {
            holders.remove(prefix);
            return true;
        }
        var fewer = new ArrayList<>(present);
        fewer.remove(holder);
        holders.put(prefix, List.copyOf(fewer));
        return false;
    }

    /** Removes those holders of a prefix of whom the condition is true; returns them. */
    public List<H> removeIf(byte[] prefix, Predicate<H> condition) {
        var present = holders.find(prefix);
        if (present == null) {
            return List.of();
        }
        var removed = present.stream().filter(condition).toList();
        if (removed.size() == present.size()) {
            holders.remove(prefix);
        } else if (!removed.isEmpty()) {
            holders.put(prefix, present.stream().filter(condition.negate()).toList());
        }
        return removed;
    }

    /** How many hold a prefix. */
    public int holders(byte[] prefix) {
        var present = holders.find(prefix);
        return present == null ? 0 : present.size();
    }

    /** A holder adds nothing more: it is not to be kept for that. */
    public void addsNoMore(H holder) {
        var latest = latestLoneHolder;
        if (latest != null && latest.get(0) == holder) {
            latestLoneHolder = null;
        }
    }

    /**
     * Hands all holders of prefixes of a topic, the first {@code size} bytes of an array, to the collector, those of a
     * prefix together; a holder of several comes several times. Such a list never changes: who gets it again knows that
     * the prefix has the same holders.
     */
    public void match(byte[] topic, int size, Matches<H> matches) {
        holders.forEachPrefix(topic, size, handOut, matches);
    }

    private static <H> void handOut(List<H> holders, Matches<H> matches) {
        matches.onMatch(holders);
    }

    /** How many distinct prefixes there are. */
    public int size() {
        return holders.size();
    }

    /**
     * Receives what {@link #match} finds.
     *
     * @param <H> who holds a subscription
     */
    public interface Matches<H> {
        /** The holders of a matching prefix. */
        void onMatch(List<H> holders);
    }
}
