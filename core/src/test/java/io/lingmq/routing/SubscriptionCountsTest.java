package io.lingmq.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.support.Seed;
import io.lingmq.testkit.Zmtp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionCountsTest {
    private final SubscriptionCounts counts = new SubscriptionCounts();

    private boolean matches(String topic) {
        return counts.matches(Zmtp.ascii(topic), topic.length());
    }

    @Test
    void asManyCancellationsAsSubscriptionsEndOne() {
        counts.add(Zmtp.ascii("a"));
        counts.add(Zmtp.ascii("a"));
        counts.add(Zmtp.ascii("a"));

        assertThat(counts.remove(Zmtp.ascii("a"))).isFalse();
        assertThat(counts.remove(Zmtp.ascii("a"))).isFalse();
        assertThat(matches("abc")).isTrue();
        assertThat(counts.remove(Zmtp.ascii("a"))).isTrue();
        assertThat(matches("abc")).isFalse();
        assertThat(counts.remove(Zmtp.ascii("a"))).isFalse();
    }

    @Test
    void whatWasNeverSubscribedIsIgnored() {
        assertThat(counts.remove(Zmtp.ascii("a"))).isFalse();
        counts.add(Zmtp.ascii("a"));

        assertThat(matches("a")).as("there is no debt").isTrue();
    }

    @Test
    void emptyTopicMatchesEverything() {
        assertThat(matches("anything")).isFalse();
        counts.add(new byte[0]);

        assertThat(matches("anything")).isTrue();
        assertThat(matches("")).isTrue();
    }

    @Test
    void topicsAreListedOnce() {
        counts.add(Zmtp.ascii("a"));
        counts.add(Zmtp.ascii("a"));
        counts.add(Zmtp.ascii("b"));

        assertThat(counts.topics()).containsExactlyInAnyOrder(Zmtp.ascii("a"), Zmtp.ascii("b"));
        assertThat(counts.size()).isEqualTo(2);
    }

    @Test
    void topicIsKeptAsItWas() {
        var topic = Zmtp.ascii("abc");
        counts.add(topic);
        counts.add(topic);
        topic[0] = 'z';
        assertThat(counts.remove(Zmtp.ascii("abc"))).isFalse();

        topic[0] = 'a';
        counts.add(topic);
        assertThat(counts.remove(topic)).isFalse();
        topic[0] = 'z';
        assertThat(counts.remove(Zmtp.ascii("abc"))).isTrue();
    }

    @Test
    void doesWhatAPlainListDoes() {
        var random = Seed.random("SubscriptionCountsTest.doesWhatAPlainListDoes");
        var model = new ArrayList<String>();
        var topics = List.of("", "a", "aa", "ab", "abc", "b", "ba");
        for (var step = 0; step < 50_000; step++) {
            var topic = topics.get(random.nextInt(topics.size()));
            switch (random.nextInt(3)) {
                case 0 -> {
                    model.add(topic);
                    counts.add(Zmtp.ascii(topic));
                }
                case 1 -> {
                    var isLast = model.remove(topic) && !model.contains(topic);
                    assertThat(counts.remove(Zmtp.ascii(topic))).isEqualTo(isLast);
                }
                default ->
                    assertThat(matches(topic + "c")).isEqualTo(model.stream().anyMatch((topic + "c")::startsWith));
            }
            assertThat(counts.size()).isEqualTo((int) model.stream().distinct().count());
            if (model.size() > 30) {
                model.forEach(each -> counts.remove(Zmtp.ascii(each)));
                model.clear();
            }
        }
    }
}
