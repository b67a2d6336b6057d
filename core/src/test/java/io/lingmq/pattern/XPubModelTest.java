package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.support.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An XPUB beside a plain map of who subscribed to what. */
class XPubModelTest {
    private enum Verbosity {
        PLAIN,
        VERBOSE,
        VERBOSER
    }

    private static final int MOST_PEERS = 6;
    private static final List<String> TOPICS = List.of("", "a", "aa", "ab", "abc", "b", "ba");

    private final SocketUnderTest xpub = new SocketUnderTest(SocketType.XPUB);
    private final Map<PipePeer, TreeSet<String>> model = new LinkedHashMap<>();
    private final List<String> expected = new ArrayList<>();
    private Verbosity verbosity;
    private boolean tidiesUpLate;

    @ParameterizedTest
    @EnumSource(Verbosity.class)
    void reportsAndSendsWhatAPlainMapSays(Verbosity chosen) {
        verbosity = chosen;
        xpub.with(Options.XPUB_VERBOSE, chosen == Verbosity.VERBOSE)
                .with(Options.XPUB_VERBOSER, chosen == Verbosity.VERBOSER);
        var random = Seed.random("XPubModelTest.reportsAndSendsWhatAPlainMapSays");
        for (var step = 0; step < 10_000; step++) {
            act(random);
            assertThat(xpub.receiveAll()).as("step %d", step).containsExactlyInAnyOrderElementsOf(expected);
            expected.clear();
            assertThat(xpub.pattern().topicCount()).isEqualTo((int)
                    model.values().stream().flatMap(TreeSet::stream).distinct().count());
        }
    }

    /**
     * Where what is left of peers that are gone is taken out at some other time nothing differs but when it is told.
     */
    @ParameterizedTest
    @EnumSource(Verbosity.class)
    void reportsOfEachTopicWhatAPlainMapSaysAlsoWhereItTidiesUpLate(Verbosity chosen) {
        verbosity = chosen;
        tidiesUpLate = true;
        xpub.with(Options.XPUB_VERBOSE, chosen == Verbosity.VERBOSE)
                .with(Options.XPUB_VERBOSER, chosen == Verbosity.VERBOSER);
        var random = Seed.random("XPubModelTest.reportsOfEachTopicWhatAPlainMapSaysAlsoWhereItTidiesUpLate");
        var told = new ArrayList<String>();
        for (var step = 0; step < 10_000; step++) {
            act(random);
            told.addAll(xpub.receiveAll());
            if (random.nextInt(20) == 0) {
                xpub.tidyUp();
                told.addAll(xpub.receiveAll());
                assertThat(byTopic(told)).as("step %d", step).isEqualTo(byTopic(expected));
                told.clear();
                expected.clear();
            }
        }
    }

    private static Map<String, List<String>> byTopic(List<String> reports) {
        return reports.stream().collect(Collectors.groupingBy(report -> report.substring(1)));
    }

    private void act(Random random) {
        var topic = TOPICS.get(random.nextInt(TOPICS.size()));
        if (model.size() < 2 || (model.size() < MOST_PEERS && random.nextInt(20) == 0)) {
            model.put(xpub.peer(), new TreeSet<>());
            return;
        }
        var peer = List.copyOf(model.keySet()).get(random.nextInt(model.size()));
        switch (random.nextInt(10)) {
            case 0 -> leave(peer);
            case 1, 2, 3 -> subscribe(peer, topic);
            case 4, 5, 6 -> cancel(peer, topic);
            default -> send(topic + "c");
        }
    }

    private boolean isWanted(String topic) {
        return model.values().stream().anyMatch(topics -> topics.contains(topic));
    }

    private void subscribe(PipePeer peer, String topic) {
        if (!isWanted(topic) || verbosity != Verbosity.PLAIN) {
            expected.add("\1" + topic);
        }
        model.get(peer).add(topic);
        peer.subscribes(topic);
    }

    private void cancel(PipePeer peer, String topic) {
        model.get(peer).remove(topic);
        if (!isWanted(topic) || verbosity == Verbosity.VERBOSER) {
            expected.add("\0" + topic);
        }
        peer.cancels(topic);
    }

    private void leave(PipePeer peer) {
        for (var topic : model.remove(peer)) {
            if (!isWanted(topic) || verbosity == Verbosity.VERBOSER) {
                expected.add("\0" + topic);
            }
        }
        if (tidiesUpLate) {
            peer.leavesInPart();
        } else {
            peer.leaves();
        }
    }

    private void send(String text) {
        xpub.send(text);
        model.forEach((peer, topics) -> assertThat(peer.hearsAll())
                .isEqualTo(topics.stream().anyMatch(text::startsWith) ? List.of(text) : List.of()));
    }
}
