package io.lingmq.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which holders want the topics that begin with which prefix; and which prefixes match a topic.
 *
 * <p>A hash table from prefix to holders, and the lengths of prefix that occur. A topic is matched by looking up its
 * beginning at each of those lengths: one pass over its bytes, no recursion however long it is, and a cost that does
 * not grow with the number of prefixes.
 *
 * <p>Threading: under the socket's lock. Source: RFC 29/PUBSUB, "prefix matching".
 *
 * @param <H> who holds a subscription
 */
public final class Subscriptions<H> {
    private static final Topic EVERYTHING = new Topic(new byte[0]);

    /** The holders of one prefix, also as an array, which is quick to walk through for each message. */
    private static final class Holders<H> {
        private final Set<H> set = new LinkedHashSet<>();
        private List<H> list = List.of();

        void add(H holder) {
            if (set.add(holder)) {
                list = List.copyOf(set);
            }
        }

        void remove(H holder) {
            if (set.remove(holder)) {
                list = List.copyOf(set);
            }
        }
    }

    private final Map<Topic, Holders<H>> holders = new HashMap<>();
    private final Map<Integer, Integer> prefixesOfLength = new HashMap<>();
    private int[] lengths = new int[0];
    /** The holders of the empty prefix, which most subscribers hold: they are found without a look into the table. */
    private @Nullable Holders<H> everything;

    private boolean hasTopics;

    /** Adds a holder of a prefix; true if it is the first one. */
    public boolean add(byte[] prefix, H holder) {
        var set = holders.get(new Topic(prefix));
        if (set != null) {
            set.add(holder);
            return false;
        }
        set = new Holders<>();
        set.add(holder);
        holders.put(new Topic(prefix.clone()), set);
        if (prefixesOfLength.merge(prefix.length, 1, Integer::sum) == 1) {
            rebuildLengths();
        }
        return true;
    }

    /** Removes a holder of a prefix; true if nobody holds the prefix now, be it that nobody ever did. */
    public boolean remove(byte[] prefix, H holder) {
        var key = new Topic(prefix);
        var set = holders.get(key);
        if (set == null) {
            return true;
        }
        set.remove(holder);
        if (!set.list.isEmpty()) {
            return false;
        }
        holders.remove(key);
        if (prefixesOfLength.merge(prefix.length, -1, Integer::sum) == 0) {
            prefixesOfLength.remove(prefix.length);
            rebuildLengths();
        }
        return true;
    }

    /** Removes a holder from all its prefixes; returns those that nobody holds now. */
    public List<byte[]> removeAll(Collection<byte[]> prefixes, H holder) {
        var orphaned = new ArrayList<byte[]>();
        for (var prefix : prefixes) {
            if (remove(prefix, holder)) {
                orphaned.add(prefix);
            }
        }
        return orphaned;
    }

    /** Hands all holders of matching prefixes to the collector; a holder of several comes several times. */
    public void match(byte[] topic, Matches<H> matches) {
        if (everything != null) {
            handOut(everything, matches);
        }
        if (hasTopics) {
            matchTopics(topic, matches);
        }
    }

    private void matchTopics(byte[] topic, Matches<H> matches) {
        var probe = Topic.probe(topic);
        for (var length : lengths) {
            if (length > topic.length) {
                return;
            }
            probe.extendTo(length);
            var set = length == 0 ? null : holders.get(probe);
            if (set != null) {
                handOut(set, matches);
            }
        }
    }

    private static <H> void handOut(Holders<H> holders, Matches<H> matches) {
        var list = holders.list;
        for (var i = 0; i < list.size(); i++) {
            matches.onMatch(list.get(i));
        }
    }

    /** Whether any prefix matches the topic. */
    public boolean matches(byte[] topic) {
        if (everything != null) {
            return true;
        }
        var probe = Topic.probe(topic);
        for (var length : lengths) {
            if (length > topic.length) {
                return false;
            }
            probe.extendTo(length);
            if (holders.containsKey(probe)) {
                return true;
            }
        }
        return false;
    }

    /** All prefixes. */
    public List<byte[]> prefixes() {
        return holders.keySet().stream().map(Topic::toBytes).toList();
    }

    /** How many distinct prefixes there are. */
    public int size() {
        return holders.size();
    }

    private void rebuildLengths() {
        lengths = prefixesOfLength.keySet().stream().mapToInt(Integer::intValue).toArray();
        Arrays.sort(lengths);
        everything = holders.get(EVERYTHING);
        hasTopics = lengths.length > (everything == null ? 0 : 1);
    }

    /**
     * Receives what {@link #match} finds.
     *
     * @param <H> who holds a subscription
     */
    public interface Matches<H> {
        /** A holder of a matching prefix. */
        void onMatch(H holder);
    }
}
