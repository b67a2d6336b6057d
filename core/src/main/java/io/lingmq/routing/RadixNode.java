package io.lingmq.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One node of a {@link RadixTree}: the bytes that lead to it from the node above, perhaps a value, and the nodes below,
 * no two of which begin with the same byte.
 *
 * <p>There is one for each topic, so it is kept small, and what a search looks at is kept near: labels of one byte, the
 * usual ones where topics stand close together, are shared by all nodes; nodes below are chosen by their first bytes,
 * without a look into the others; and arrays have no room to spare.
 *
 * @param <V> what the tree holds
 */
final class RadixNode<V> {
    private static final byte[] NO_BYTES = new byte[0];
    private static final RadixNode<?>[] NO_NODES = new RadixNode<?>[0];
    private static final byte[][] SINGLE_BYTES = new byte[1 << Byte.SIZE][];

    static {
        for (var i = 0; i < SINGLE_BYTES.length; i++) {
            SINGLE_BYTES[i] = new byte[] {(byte) i};
        }
    }

    private byte[] label;

    @Nullable
    V value;

    private byte[] firstBytes;
    private RadixNode<V>[] children;

    private RadixNode(byte[] label) {
        this.label = label;
        firstBytes = NO_BYTES;
        children = none();
    }

    static <V> RadixNode<V> root() {
        return new RadixNode<>(NO_BYTES);
    }

    byte[] label() {
        return label;
    }

    RadixNode<V>[] children() {
        return children;
    }

    boolean isLeaf() {
        return children.length == 0;
    }

    /** The node below whose label begins with the byte. */
    @Nullable
    RadixNode<V> child(byte first) {
        var at = Arrays.binarySearch(firstBytes, first);
        return at < 0 ? null : children[at];
    }

    /** The node below whose whole label stands in the key at the given place; the key ends at {@code end}. */
    @Nullable
    RadixNode<V> next(byte[] key, int at, int end) {
        if (at == end) {
            return null;
        }
        var child = child(key[at]);
        return child != null && child.commonLength(key, at, end) == child.label.length ? child : null;
    }

    /** How many bytes from the front of the label on stand in the key at the given place; the first one does. */
    int commonLength(byte[] key, int at, int end) {
        if (label.length == 1) {
            return 1;
        }
        var length = Math.min(label.length, end - at);
        var mismatch = Arrays.mismatch(label, 0, length, key, at, at + length);
        return mismatch < 0 ? length : mismatch;
    }

    /** A new node below, for what the key has from the given place on; it must be the first with its first byte. */
    RadixNode<V> grow(byte[] key, int from) {
        var child = new RadixNode<V>(part(key, from, key.length));
        var count = children.length;
        var at = -1 - Arrays.binarySearch(firstBytes, key[from]);
        var moreBytes = Arrays.copyOf(firstBytes, count + 1);
        var more = Arrays.copyOf(children, count + 1);
        System.arraycopy(firstBytes, at, moreBytes, at + 1, count - at);
        System.arraycopy(children, at, more, at + 1, count - at);
        moreBytes[at] = key[from];
        more[at] = child;
        firstBytes = moreBytes;
        children = more;
        return child;
    }

    /** Removes a node that is below this one. */
    void drop(RadixNode<V> child) {
        var count = children.length - 1;
        var at = Arrays.binarySearch(firstBytes, child.label[0]);
        var fewerBytes = count == 0 ? NO_BYTES : Arrays.copyOf(firstBytes, count);
        RadixNode<V>[] fewer = count == 0 ? none() : Arrays.copyOf(children, count);
        System.arraycopy(firstBytes, at + 1, fewerBytes, at, count - at);
        System.arraycopy(children, at + 1, fewer, at, count - at);
        firstBytes = fewerBytes;
        children = fewer;
    }

    /** Parts this node in two: it keeps the front of its label, and all else goes to a new node below. */
    void split(int at) {
        var lower = new RadixNode<V>(part(label, at, label.length));
        lower.value = value;
        lower.firstBytes = firstBytes;
        lower.children = children;
        firstBytes = part(lower.label, 0, 1);
        children = Arrays.copyOf(none(), 1);
        children[0] = lower;
        label = part(label, 0, at);
        value = null;
    }

    /** The opposite of {@link #split}, if there is just one node below. */
    void absorbOnlyChild() {
        if (children.length != 1) {
            return;
        }
        var child = children[0];
        var joined = Arrays.copyOf(label, label.length + child.label.length);
        System.arraycopy(child.label, 0, joined, label.length, child.label.length);
        label = joined;
        value = child.value;
        firstBytes = child.firstBytes;
        children = child.children;
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return to - from == 1 ? SINGLE_BYTES[bytes[from] & 0xFF] : Arrays.copyOfRange(bytes, from, to);
    }

    @SuppressWarnings("unchecked") // an array without elements holds nothing of another type
    private static <V> RadixNode<V>[] none() {
        return (RadixNode<V>[]) NO_NODES;
    }
}
