package io.lingmq.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from byte arrays to values that finds the values of all prefixes of a text in one pass over it.
 *
 * <p>It is a tree whose edges carry bytes: a key is what stands on the way from the root to its node. Where keys part,
 * there is a node; where they do not, one edge carries all the bytes they share. So each node but the root has a value
 * or at least two nodes below, and there are at most twice as many nodes as keys.
 *
 * <pre>
 *   new, news, newsletter, next:     "" ── ne ─┬─ w* ── s* ── letter*
 *                                              └─ xt*                      * has a value
 * </pre>
 *
 * <p>The way down compares each byte of a key once, and chooses at each node among at most 256 others by binary search:
 * the cost depends on the key alone, not on how many keys there are or how many lengths they have. Adding a key parts
 * at most one edge, removing one joins at most one, so that nothing is left of what came and went. All ways are loops:
 * keys may be as long and as deep within each other as they like.
 *
 * <p>Threading: none of its own.
 *
 * @param <V> what the keys lead to
 */
final class RadixTree<V> {
    private static final int USUAL_KEY = 64;

    private final RadixNode<V> root = RadixNode.root();
    private int size;

    /** How many keys there are. */
    int size() {
        return size;
    }

    /** The value of a key, or null. */
    @Nullable
    V find(byte[] key) {
        var node = root;
        for (var at = 0; at < key.length; at += node.label().length) {
            node = node.next(key, at, key.length);
            if (node == null) {
                return null;
            }
        }
        return node.value;
    }

    /** Gives a key a value; returns the former one, or null. */
    @Nullable
    V put(byte[] key, V value) {
        var node = place(key);
        var former = node.value;
        node.value = value;
        if (former == null) {
            size++;
        }
        return former;
    }

    /** Gives a key a value if it has none; returns the one that it has already, or null. */
    @Nullable
    V putIfAbsent(byte[] key, V value) {
        var node = place(key);
        var present = node.value;
        if (present == null) {
            node.value = value;
            size++;
        }
        return present;
    }

    /** The node of a key, which is made if there is none. */
    private RadixNode<V> place(byte[] key) {
        var node = root;
        var at = 0;
        while (at < key.length) {
            var child = node.child(key[at]);
            if (child == null) {
                return node.grow(key, at);
            }
            var common = child.commonLength(key, at, key.length);
            if (common < child.label().length) {
                child.split(common);
            }
            at += common;
            node = child;
        }
        return node;
    }

    /** Removes a key; returns its value, or null if there was none. */
    @Nullable
    V remove(byte[] key) {
        var above = root;
        var node = root;
        for (var at = 0; at < key.length; at += node.label().length) {
            above = node;
            node = node.next(key, at, key.length);
            if (node == null) {
                return null;
            }
        }
        var former = node.value;
        if (former != null) {
            node.value = null;
            size--;
            giveBack(node, above);
        }
        return former;
    }

    /** A node has lost its value: it goes, if it is not needed for those below, and the one above may go with it. */
    private void giveBack(RadixNode<V> node, RadixNode<V> above) {
        var last = node;
        if (node.isLeaf() && node != root) {
            above.drop(node);
            last = above;
        }
        if (last.value == null && last != root) {
            last.absorbOnlyChild();
        }
    }

    /** Shows the values of all prefixes of a text, the first {@code size} bytes, to the visitor, the shortest first. */
    <T> void forEachPrefix(byte[] text, int size, BiConsumer<? super V, T> visitor, T companion) {
        var at = 0;
        for (var node = root; node != null; node = node.next(text, at, size)) {
            at += node.label().length;
            if (node.value != null) {
                visitor.accept(node.value, companion);
            }
        }
    }

    /** Whether any prefix of a text, the first {@code size} bytes, is a key. */
    boolean hasPrefix(byte[] text, int size) {
        var at = 0;
        for (var node = root; node != null; node = node.next(text, at, size)) {
            at += node.label().length;
            if (node.value != null) {
                return true;
            }
        }
        return false;
    }

    /** How many nodes there are, from which a test sees that nothing is left behind. */
    int nodes() {
        var count = 0;
        var ahead = new ArrayDeque<RadixNode<V>>();
        ahead.push(root);
        while (!ahead.isEmpty()) {
            count++;
            ahead.addAll(Arrays.asList(ahead.pop().children()));
        }
        return count;
    }

    /** One of the keys, whichever is found at once; null if there are none. */
    byte @Nullable [] anyKey() {
        if (size == 0) {
            return null;
        }
        var way = new byte[USUAL_KEY];
        var length = 0;
        var node = root;
        while (node.value == null) { // so there are nodes below; the last one goes without moving others
            node = node.children()[node.children().length - 1];
            way = append(way, length, node.label());
            length += node.label().length;
        }
        return Arrays.copyOf(way, length);
    }

    private static byte[] append(byte[] way, int length, byte[] label) {
        var longer = length + label.length;
        var enough = longer > way.length ? Arrays.copyOf(way, Math.max(longer, 2 * way.length)) : way;
        System.arraycopy(label, 0, enough, length, label.length);
        return enough;
    }

    /** A node that is to be visited, and the length of the way to the one above. */
    private record Stop<V>(RadixNode<V> node, int at) {}

    /** All keys. */
    List<byte[]> keys() {
        var keys = new ArrayList<byte[]>(size);
        var ahead = new ArrayDeque<Stop<V>>();
        ahead.push(new Stop<>(root, 0));
        var way = new byte[USUAL_KEY];
        while (!ahead.isEmpty()) {
            var stop = ahead.pop();
            var label = stop.node.label();
            var length = stop.at + label.length;
            way = append(way, stop.at, label);
            if (stop.node.value != null) {
                keys.add(Arrays.copyOf(way, length));
            }
            for (var child : stop.node.children()) {
                ahead.push(new Stop<>(child, length));
            }
        }
        return keys;
    }
}
