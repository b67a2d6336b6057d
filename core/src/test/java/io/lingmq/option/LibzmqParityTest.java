package io.lingmq.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares the options with libzmq's, which stand in {@code libzmq-options.txt}. What differs is listed here. */
@Tag("one-jdk")
class LibzmqParityTest {
    /** Defaults that differ on purpose, as libzmq would write them; the option's summary says so. */
    private static final Map<Option<?>, String> OTHER_DEFAULTS = Map.of(
            Options.LINGER, "5000",
            Options.RECONNECT_INTERVAL_MAX, "1000",
            Options.MAX_MESSAGE_SIZE, "1073741824",
            Options.BACKLOG, "1024",
            Options.IPV6, "1",
            Options.HEARTBEAT_INTERVAL, "30000");

    /** Defaults that are written differently and mean the same. */
    private static final Map<Option<?>, String> SAME_IN_OTHER_WORDS = Map.of(Options.HEARTBEAT_TIMEOUT, "0");

    /** It is for the next connect, which looks at it. */
    private static final List<Option<?>> OTHER_LIVENESS = List.of(Options.CONNECT_ROUTING_ID);

    private record Known(int number, String defaultValue, boolean live) {}

    private static final Map<String, Known> LIBZMQ = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (var in = LibzmqParityTest.class.getResourceAsStream("libzmq-options.txt")) {
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    var parts = line.strip().split("\\s+", -1);
                    LIBZMQ.put("ZMQ_" + parts[1], new Known(Integer.parseInt(parts[0]), parts[2], isLive(parts[3])));
                }
            }
        }
    }

    private static boolean isLive(String word) {
        assertThat(word).isIn("live", "later");
        return word.equals("live");
    }

    @Test
    void tableIsComplete() {
        assertThat(LIBZMQ).hasSizeGreaterThan(100).containsEntry("ZMQ_SNDHWM", new Known(23, "1000", true));
    }

    private static final Set<Option<?>> NOT_IN_LIBZMQ =
            Set.of(Options.SPIN_TIME, Options.SEND_HWM_BYTES, Options.RECEIVE_HWM_BYTES);

    /** The library's own options that libzmq has too. */
    private static List<Option<?>> shared() {
        return Options.FAMILIES.stream()
                .flatMap(family -> family.options().stream())
                .filter(option -> !NOT_IN_LIBZMQ.contains(option))
                .toList();
    }

    @Test
    void everyOptionHasLibzmqsNameAndNumber() {
        var wrong = new ArrayList<String>();
        for (var option : shared()) {
            var known = LIBZMQ.get(option.libzmqName());
            if (known == null || known.number != option.libzmqNumber()) {
                wrong.add(option + ": " + option.libzmqName() + " " + option.libzmqNumber() + ", libzmq has " + known);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noTwoOptionsStandForOne() {
        assertThat(shared().stream().map(Option::libzmqNumber)).doesNotHaveDuplicates();
        assertThat(Options.all().stream().map(Option::name)).doesNotHaveDuplicates();
    }

    @Test
    void defaultsAreLibzmqsButForThoseListed() {
        var different = new TreeMap<String, String>();
        for (var option : shared()) {
            var own = inLibzmqsWords(option.defaultValue());
            if (!own.equals(LIBZMQ.get(option.libzmqName()).defaultValue)) {
                different.put(option.name(), own);
            }
        }
        var listed = new TreeMap<String, String>();
        OTHER_DEFAULTS.forEach((option, value) -> listed.put(option.name(), value));
        SAME_IN_OTHER_WORDS.forEach((option, value) -> listed.put(option.name(), value));

        assertThat(different).isEqualTo(listed);
    }

    @Test
    void summaryOfADifferentDefaultNamesLibzmq() {
        assertThat(OTHER_DEFAULTS.keySet())
                .allSatisfy(option -> assertThat(option.summary()).contains("libzmq"));
    }

    @Test
    void whatTakesEffectAtOnceDoesSoInLibzmqButForThoseListed() {
        var different = new TreeSet<String>();
        for (var option : shared()) {
            if (option.isLive() != LIBZMQ.get(option.libzmqName()).live) {
                different.add(option.name());
            }
        }
        assertThat(different)
                .isEqualTo(
                        new TreeSet<>(OTHER_LIVENESS.stream().map(Option::name).toList()));
    }

    private static String inLibzmqsWords(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "1" : "0";
        }
        if (value instanceof Duration duration) {
            return duration.equals(Options.FOREVER) ? "-1" : String.valueOf(duration.toMillis());
        }
        if (value instanceof byte[] bytes) {
            return bytes.length == 0 ? "-" : new String(bytes, StandardCharsets.ISO_8859_1);
        }
        return value.equals("") ? "-" : String.valueOf(value);
    }
}
