package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ling} says when it is asked for help, or asked for something that makes no sense. */
class UsageTest {
    @Test
    void helpNamesAllCommands() {
        var help = Ling.start("--help").succeeds().out();
        assertThat(help).contains("demo", "req", "rep", "pub", "sub", "push", "pull", "pair", "dealer", "router");
        assertThat(help)
                .contains("xpub", "xsub", "proxy", "queue", "forwarder", "streamer", "peers", "perf", "Examples:");
    }

    @Test
    void versionIsOneLine() {
        assertThat(Ling.start("--version").succeeds().lines())
                .singleElement()
                .asString()
                .startsWith("ling ");
    }

    @ParameterizedTest
    @EnumSource(SocketType.class)
    void helpOfSocketHasExamplesAndTheOptionsOfItsType(SocketType type) {
        var help = Ling.start(type.name().toLowerCase(Locale.ROOT), "--help")
                .succeeds()
                .out();
        assertThat(help).contains("--bind", "--connect", "Examples:");
        for (var option : Options.all()) {
            assertThat(help.contains("--" + option.name() + "=") || help.contains("--" + option.name() + "["))
                    .as(option.name())
                    .isEqualTo(option.appliesTo(type));
        }
    }

    @Test
    void optionOfAModuleIsAFlag() {
        assertThat(Ling.start("push", "--help").succeeds().out())
                .contains("--foam-height=NUMBER", "How high the foam stands, 100% at most. Default: 3.");
        try (var push = Ling.startWithOpenInput("push", "--bind", "tcp://127.0.0.1:*", "--foam-height", "7")) {
            assertThat(push.bound()).startsWith("tcp://");
        }
        var mistaken = Ling.start("push", "--bind", "tcp://127.0.0.1:*", "--foam-height", "8");
        assertThat(mistaken.exitCode()).isEqualTo(2);
        assertThat(mistaken.err()).contains("option foam-height cannot be 8: it must be a whole number from 0 to 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "proxy", "queue", "forwarder", "streamer", "peers", "perf", "sub"})
    void helpCommandShowsTheSameAsTheFlag(String command) {
        var shown = Ling.start("help", command).succeeds().out();
        assertThat(shown)
                .isEqualTo(Ling.start(command, "--help").succeeds().out())
                .contains("Examples:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense                                     | nonsense",
                "push                                         | --bind",
                "push --nonsense                              | --nonsense",
                "push --bind                                  | --bind",
                "push --connect tcp://localhost:1 --count x   | --count",
                "push --connect tcp://localhost:1 --count -1  | --count",
                "push --connect tcp://localhost:1 --timeout x | 250ms",
                "push --connect tcp://localhost:1 --linger x  | linger",
                "push --connect tcp://localhost:1 --subscribe x | --subscribe",
                "pull --connect tcp://localhost:1 --message x | --message",
                "req --connect carrier-pigeon://x --message x | carrier-pigeon",
                "req --connect nonsense --message x           | nonsense",
                "push --connect tcp://localhost:1 --format hex --message x | hex",
                "rep --bind tcp://127.0.0.1:* --echo --reply x | --echo",
                "sub --connect tcp://localhost:1 --format xml | --format",
                "proxy --frontend tcp://*:1 --backend x       | router:bind:",
                "proxy --frontend pull:tcp://127.0.0.1:* --backend pull:tcp://127.0.0.1:* | both only receive",
                "proxy --frontend pull:tcp://127.0.0.1:* --backend push:tcp://127.0.0.1:* --capture rep:tcp://127.0.0.1:* | REP",
                "queue --frontend tcp://*:1                   | --backend",
                "peers                                        | TYPE",
                "peers nonsense --bind tcp://127.0.0.1:*      | nonsense",
                "peers router                                 | --bind",
                "peers router --bind tcp://127.0.0.1:* --count -1 | --count",
                "peers router --bind tcp://127.0.0.1:* --interval 1ms | --interval",
                "peers router --bind tcp://127.0.0.1:* --format hex | --format",
                "perf nonsense                                | nonsense",
                "perf thr-send tcp://localhost:1 16           | ENDPOINT SIZE COUNT",
                "perf inproc-thr 16 none                      | none"
            })
    void mistakeIsToldInASentenceAndEndsWithTwo(String line, String named) {
        var ling = Ling.start(line.split(" +"));
        assertThat(ling.exitCode()).as(ling.err()).isEqualTo(2);
        assertThat(ling.err()).contains(named).doesNotContain("Exception", "\tat ");
        assertThat(ling.out()).isEmpty();
    }

    @Test
    void misspeltCommandIsCorrected() {
        var ling = Ling.start("pusch");
        assertThat(ling.exitCode()).isEqualTo(2);
        assertThat(ling.err()).contains("push");
    }

    @Test
    void endpointInUseIsAFailureAndNoMistake() {
        try (var first = Ling.startWithOpenInput("pair", "--bind", "tcp://127.0.0.1:*")) {
            var second = Ling.start("pair", "--bind", first.bound());
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.err()).contains(first.bound()).doesNotContain("\tat ");
        }
    }
}
