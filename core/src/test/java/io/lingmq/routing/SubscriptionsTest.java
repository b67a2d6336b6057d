package io.lingmq.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.lingmq.support.Seed;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Zmtp;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private final Subscriptions<String> subscriptions = new Subscriptions<>();

    private boolean add(String prefix, String holder) {
        return subscriptions.add(Zmtp.ascii(prefix), holder);
    }

    private boolean remove(String prefix, String holder) {
        return subscriptions.remove(Zmtp.ascii(prefix), holder);
    }

    private List<String> matching(String topic) {
        return matching(Zmtp.ascii(topic));
    }

    private List<String> matching(byte[] topic) {
        var all = new ArrayList<String>();
        subscriptions.match(topic, topic.length, all::addAll);
        return all;
    }

    @Test
    void findsHoldersOfEveryPrefixOfATopic() {
        add("", "all");
        add("n", "n");
        add("news", "news");
        add("newsletter", "letter");
        add("sport", "sport");

        assertThat(matching("newspaper")).containsExactly("all", "n", "news");
        assertThat(matching("news")).containsExactly("all", "n", "news");
        assertThat(matching("new")).containsExactly("all", "n");
        assertThat(matching("")).containsExactly("all");
    }

    @Test
    void findsAHolderOnceForEachOfItsPrefixes() {
        add("a", "x");
        add("ab", "x");

        assertThat(matching("abc")).containsExactly("x", "x");
    }

    @Test
    void tellsTheFirstHolderAndTheLast() {
        assertThat(add("a", "x")).isTrue();
        assertThat(add("a", "x")).isFalse();
        assertThat(add("a", "y")).isFalse();

        assertThat(remove("a", "x")).isFalse();
        assertThat(remove("a", "x")).as("y still holds it").isFalse();
        assertThat(remove("a", "y")).isTrue();
        assertThat(remove("a", "y")).as("nobody holds it").isTrue();
        assertThat(remove("never", "x")).isTrue();
    }

    @Test
    void prefixIsKeptAsItWas() {
        var prefix = Zmtp.ascii("abc");
        subscriptions.add(prefix, "x");
        prefix[0] = 'z';

        assertThat(matching("abc")).containsExactly("x");
        assertThat(matching("zbc")).isEmpty();
    }

    @Test
    void bytesAreComparedAsTheyAre() {
        subscriptions.add(new byte[] {(byte) 0x80, 0}, "x");

        assertThat(matching(new byte[] {(byte) 0x80, 0, 1})).containsExactly("x");
        assertThat(matching(new byte[] {(byte) 0x80})).isEmpty();
        assertThat(matching(new byte[] {0, (byte) 0x80})).isEmpty();
    }

    @Test
    void whatIsBehindTheTopicDoesNotCount() {
        add("ab", "x");

        subscriptions.match(Zmtp.ascii("ab"), 1, holders -> fail("%s have not asked for this", holders));
    }

    @Test
    void prefixesWithOneHashAreToldApart() {
        add("Aa", "one"); // the two have the same hash code as Java strings, and here too
        add("BB", "other");

        assertThat(matching("Aa!")).containsExactly("one");
        assertThat(matching("BB!")).containsExactly("other");
        assertThat(matching("C#!")).isEmpty();
        assertThat(subscriptions.size()).isEqualTo(2);
    }

    @Test
    void severalHoldersOfAPrefixAreRemovedTogether() {
        add("shared", "x1");
        add("shared", "y");
        add("shared", "x2");
        add("own", "x1");

        assertThat(subscriptions.removeIf(Zmtp.ascii("shared"), holder -> holder.startsWith("x")))
                .containsExactly("x1", "x2");
        assertThat(subscriptions.removeIf(Zmtp.ascii("own"), holder -> holder.startsWith("x")))
                .containsExactly("x1");
        assertThat(subscriptions.removeIf(Zmtp.ascii("nobody's"), holder -> true))
                .isEmpty();
        assertThat(subscriptions.removeIf(Zmtp.ascii("shared"), holder -> false))
                .isEmpty();

        assertThat(subscriptions.size()).isEqualTo(1);
        assertThat(matching("shared")).containsExactly("y");
        assertThat(subscriptions.holders(Zmtp.ascii("shared"))).isEqualTo(1);
        assertThat(subscriptions.holders(Zmtp.ascii("own"))).isZero();
    }

    // ---- long topics: libzmq had a stack overflow here

    @Test
    void longTopicsNeedNoStack() throws InterruptedException {
        var failures = new ArrayList<Throwable>();
        var thread = new Thread(null, this::addAndRemoveLongTopics, "little stack", 64 * 1024);
        thread.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
        thread.start();
        thread.join();

        assertThat(failures).isEmpty();
    }

    private void addAndRemoveLongTopics() {
        for (var size : new int[] {1 << 20, 16 << 20}) {
            var topic = Bodies.of(1, size);
            assertThat(subscriptions.add(topic, "x")).isTrue();
            assertThat(matching(topic)).containsExactly("x");
            assertThat(matching(Arrays.copyOf(topic, size - 1))).isEmpty();
            assertThat(matching(Arrays.copyOf(topic, size + 1))).containsExactly("x");
            assertThat(subscriptions.remove(topic, "x")).isTrue();
            assertThat(matching(topic)).isEmpty();
        }
    }

    // ---- beside a plain map that does the same

    @Test
    void doesWhatAPlainMapDoes() {
        var random = Seed.random("SubscriptionsTest.doesWhatAPlainMapDoes");
        var model = new HashMap<ByteBuffer, Set<String>>();
        for (var step = 0; step < 150_000; step++) {
            var prefix = prefix(random);
            var key = ByteBuffer.wrap(prefix.clone());
            var holder = "holder " + random.nextInt(4);
            switch (random.nextInt(3)) {
                case 0 -> {
                    var isFirst =
                            model.computeIfAbsent(key, k -> new HashSet<>()).isEmpty();
                    model.get(key).add(holder);
                    assertThat(subscriptions.add(prefix, holder)).isEqualTo(isFirst);
                }
                case 1 -> {
                    var holders = model.getOrDefault(key, new HashSet<>());
                    holders.remove(holder);
                    if (holders.isEmpty()) {
                        model.remove(key);
                    }
                    assertThat(subscriptions.remove(prefix, holder)).isEqualTo(holders.isEmpty());
                }
                default -> checkMatches(model, prefix);
            }
        }
        assertThat(subscriptions.size()).isEqualTo(model.size());
    }

    /** Few letters and lengths, so that the same ones come again. */
    private static byte[] prefix(Random random) {
        var prefix = new byte[random.nextInt(5)];
        for (var i = 0; i < prefix.length; i++) {
            prefix[i] = (byte) random.nextInt(3);
        }
        return prefix;
    }

    private void checkMatches(Map<ByteBuffer, Set<String>> model, byte[] topic) {
        var expected = new ArrayList<String>();
        for (var length = 0; length <= topic.length; length++) {
            expected.addAll(model.getOrDefault(ByteBuffer.wrap(topic, 0, length).slice(), Set.of()));
        }
        assertThat(matching(topic)).containsExactlyInAnyOrderElementsOf(expected);
    }
}
