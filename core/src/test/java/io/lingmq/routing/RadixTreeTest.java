package io.lingmq.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.support.Allocation;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Zmtp;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RadixTreeTest {
    private static final int SEARCHES = 20_000;

    private final RadixTree<String> tree = new RadixTree<>();

    private void put(String... keys) {
        for (var key : keys) {
            tree.put(Zmtp.ascii(key), key + "!");
        }
    }

    private void remove(String key) {
        assertThat(tree.remove(Zmtp.ascii(key))).isEqualTo(key + "!");
    }

    private List<String> prefixesOf(byte[] text) {
        var found = new ArrayList<String>();
        tree.forEachPrefix(text, text.length, (value, list) -> list.add(value), found);
        return found;
    }

    private List<String> keys() {
        return tree.keys().stream().map(String::new).toList();
    }

    @Test
    void findsTheValuesOfAllPrefixesTheShortestFirst() {
        put("newsletter", "next", "", "news", "new");

        assertThat(prefixesOf(Zmtp.ascii("newspaper"))).containsExactly("!", "new!", "news!");
        assertThat(prefixesOf(Zmtp.ascii("nex"))).containsExactly("!");
        assertThat(tree.find(Zmtp.ascii("next"))).isEqualTo("next!");
        assertThat(tree.find(Zmtp.ascii("ne"))).as("where two keys part").isNull();
        assertThat(tree.find(Zmtp.ascii("nextone"))).isNull();
    }

    @Test
    void tellsTheFormerValue() {
        var key = Zmtp.ascii("a");
        assertThat(tree.putIfAbsent(key, "1")).isNull();
        assertThat(tree.putIfAbsent(key, "2")).isEqualTo("1");
        assertThat(tree.put(key, "3")).isEqualTo("1");
        assertThat(tree.size()).isEqualTo(1);
        assertThat(tree.remove(key)).isEqualTo("3");
        assertThat(tree.remove(key)).isNull();
        assertThat(tree.size()).isZero();
    }

    @Test
    void whatWasPartedIsJoinedAgain() {
        put("newsletter", "newspaper", "news", "next");
        assertThat(tree.nodes()).as("root, ne, ws, letter, paper, xt").isEqualTo(6);

        remove("newspaper");
        assertThat(tree.nodes()).as("root, ne, ws, letter, xt").isEqualTo(5);
        remove("news");
        assertThat(tree.nodes()).as("root, ne, wsletter, xt").isEqualTo(4);
        remove("next");
        assertThat(tree.nodes()).as("root, newsletter").isEqualTo(2);
        assertThat(keys()).containsExactly("newsletter");
        remove("newsletter");
        assertThat(tree.nodes()).as("root").isEqualTo(1);
    }

    @Test
    void aByteMayHaveAllItsValues() {
        for (var i = 0; i < 256; i++) {
            tree.put(new byte[] {'a', (byte) (i * 7)}, "");
        }
        assertThat(tree.size()).isEqualTo(256);
        for (var i = 0; i < 256; i++) {
            assertThat(tree.hasPrefix(new byte[] {'a', (byte) i, 0}, 3)).isTrue();
            assertThat(tree.remove(new byte[] {'a', (byte) i})).isNotNull();
        }
        assertThat(tree.nodes()).isEqualTo(1);
    }

    @Test
    void searchAllocatesNothing() {
        put("", "n", "new", "news", "next");
        var text = Zmtp.ascii("newspaper");
        var found = new int[1];

        searchOften(text, found);
        assertThat(Allocation.of(() -> searchOften(text, found))).isLessThan(SEARCHES);
    }

    private void searchOften(byte[] text, int[] found) {
        for (var i = 0; i < SEARCHES; i++) {
            tree.forEachPrefix(text, text.length, RadixTreeTest::count, found);
        }
    }

    private static void count(String value, int[] found) {
        found[0] += value.length();
    }

    /** Longest first, for then each key costs a comparison and no way down a thousand nodes. */
    @Test
    void keysDeepWithinEachOtherNeedNoStack() throws InterruptedException {
        var failures = new ArrayList<Throwable>();
        var thread = new Thread(null, () -> nest(20_000), "little stack", 64 * 1024);
        thread.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
        thread.start();
        thread.join();

        assertThat(failures).isEmpty();
        assertThat(tree.nodes()).isEqualTo(1);
    }

    private void nest(int depth) {
        var longest = new byte[depth];
        for (var length = depth; length > 0; length--) {
            tree.put(Arrays.copyOf(longest, length), "x");
        }
        assertThat(tree.nodes()).isEqualTo(depth + 1);
        assertThat(prefixesOf(longest)).hasSize(depth);
        for (var length = 1; length <= depth; length++) {
            assertThat(tree.remove(Arrays.copyOf(longest, length))).isEqualTo("x");
        }
    }

    @Test
    void doesWhatAPlainMapDoes() {
        var random = Seed.random("RadixTreeTest.doesWhatAPlainMapDoes");
        var model = new TreeMap<ByteBuffer, String>();
        for (var step = 0; step < 20_000; step++) {
            var key = key(random);
            var copy = ByteBuffer.wrap(key.clone());
            var value = "value " + step;
            switch (random.nextInt(5)) {
                case 0 -> assertThat(tree.put(key, value)).isEqualTo(model.put(copy, value));
                case 1 -> assertThat(tree.putIfAbsent(key, value)).isEqualTo(model.putIfAbsent(copy, value));
                case 2, 3 -> assertThat(tree.remove(key)).isEqualTo(model.remove(copy));
                default -> checkSearch(model, key);
            }
            Arrays.fill(key, (byte) 'z'); // the tree has its own
            assertThat(tree.size()).isEqualTo(model.size());
            if (step % 100 == 0) {
                assertThat(tree.nodes()).isLessThanOrEqualTo(1 + 2 * model.size());
            }
        }
        assertThat(tree.keys().stream().map(ByteBuffer::wrap)).containsExactlyInAnyOrderElementsOf(model.keySet());
        assertThat(model.keySet()).as("any key").contains(ByteBuffer.wrap(tree.anyKey()));
        for (var key = tree.anyKey(); key != null; key = tree.anyKey()) {
            assertThat(tree.remove(key)).isNotNull();
        }
        assertThat(tree.nodes()).isEqualTo(1);
    }

    /** Few bytes and lengths, so that the same ones come again; some of the bytes negative. */
    private static byte[] key(Random random) {
        var key = new byte[random.nextInt(7)];
        for (var i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(3) - 1);
        }
        return key;
    }

    private void checkSearch(Map<ByteBuffer, String> model, byte[] text) {
        var expected = new ArrayList<String>();
        for (var length = 0; length <= text.length; length++) {
            var value = model.get(ByteBuffer.wrap(Arrays.copyOf(text, length)));
            if (value != null) {
                expected.add(value);
            }
        }
        assertThat(prefixesOf(text)).isEqualTo(expected);
        assertThat(tree.hasPrefix(text, text.length)).isEqualTo(!expected.isEmpty());
        assertThat(tree.find(text)).isEqualTo(model.get(ByteBuffer.wrap(text)));
    }
}
