package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.util.Arrays;
import java.util.List;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "push --connect tcp://h:1 --count many     | --count cannot be 'many': write a whole number from 0",
                "push --connect tcp://h:1 --count -1       | --count cannot be '-1': write a whole number from 0",
                "push --connect tcp://h:1 --peers -1       | --peers cannot be '-1': write a whole number from 0",
                "dealer --connect tcp://h:1 --expect x     | --expect cannot be 'x': write a whole number from 0",
                "push --connect tcp://h:1 --timeout soon   | --timeout cannot be 'soon': write a number and a unit, for"
                        + " example 50us, 250ms, 1.5s, 2m or 1h",
                "push --connect tcp://h:1 --interval -5s   | --interval cannot be '-5s': write a number and a unit",
                "push --connect tcp://h:1 --format xml     | --format cannot be 'xml': write one of text, hex, json",
                "push --connect tcp://h:1 --send-hwm many  | option send-hwm cannot be 'many': write a whole number",
                "push --connect tcp://h:1 --linger soon    | option linger cannot be 'soon': write a number and a unit",
                "push --connect tcp://h:1 --immediate=x    | option immediate cannot be 'x': write true or false",
                "req --connect tcp://h:1 --routing-id 0xz  | option routing-id cannot be '0xz': behind 0x write",
                "push --connect tcp://h:1 --plain-password file:/none/x | --plain-password: cannot read /none/x",
                "peers foo --bind tcp://*:1                | TYPE cannot be 'foo': write one of pair, pub, sub",
                "peers pull --bind tcp://*:1 --count x     | --count cannot be 'x': write a whole number from 0",
                "peers pull --bind tcp://*:1 --format hex  | --format cannot be 'hex': write one of text, json",
                "perf --warm-up x inproc-lat 1 2           | --warm-up cannot be 'x': write a number and a unit",
                "perf inproc-lat 1 none                    | COUNT cannot be 'none': write a whole number from 1 to",
                "perf inproc-lat -1 5                      | SIZE cannot be '-1': write a whole number from 0 to",
                "foam --height many                        | --height cannot be 'many': write a whole number",
            })
    void valueThatCannotBeReadIsToldWithOptionAndRule(String line, String sentence) {
        var words = line.split(" +", -1);
        var ling = Ling.start(words);
        assertThat(ling.exitCode()).as(ling.err()).isEqualTo(2);
        assertThat(ling.err())
                .startsWith("ling " + words[0] + ": " + sentence)
                .doesNotContain("For input string", "Exception", "Invalid value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "push --connect tcp://*:5559                   | for example tcp://localhost:5559",
                "push --connect tcp://127.0.0.1:0;*:5559       | for example tcp://127.0.0.1:0;localhost:5559",
                "peers sub --connect tcp://*:5559              | for example tcp://localhost:5559",
                "queue --frontend tcp://*:1 --backend connect:tcp://*:5559 | for example tcp://localhost:5559",
                "perf thr-send tcp://*:5559 1 1                | for example tcp://localhost:5559",
                "pull --bind tcp://a:1_tcp://b:2               | write --bind tcp://a:1 --bind tcp://b:2",
                "pull --connect ipc:///a,ipc:///b              | write --connect ipc:///a --connect ipc:///b",
                "queue --frontend tcp://*:1 --backend tcp://a:1_ipc:///b | write tcp://a:1,ipc:///b",
                "perf thr-recv ipc:///a_ipc:///b 1 1           | is more than one endpoint",
                "pull --bind --connect                         | '--bind' but found '--connect'",
                "pull --bind -x                                | --bind needs an ENDPOINT",
                "push --connect tcp://h:1 --message --frame x  | '--message' but found '--frame'",
                "rep --bind tcp://127.0.0.1:* --exec=          | --exec needs a COMMAND",
                "rep --bind tcp://127.0.0.1:* --exec _         | --exec needs a COMMAND",
                "push --connect tcp://h:1 --message x --frame y | choose one of --message and --frame",
                "req --connect tcp://h:1 --frame x --message y | choose one of --message and --frame",
                "router --bind tcp://127.0.0.1:* --message one | write --frame NAME --frame TEXT",
                "router --bind tcp://127.0.0.1:* --frame one | write --frame NAME --frame TEXT",
                "stream --bind tcp://127.0.0.1:* --message one | write --frame NAME --frame TEXT",
            })
    void whatCanOnlyBeAMistakeIsRefusedWithTheCure(String line, String cure) {
        var words = Arrays.stream(line.split(" +")).map(word -> word.replace('_', ' '));
        var ling = Ling.start(words.toArray(String[]::new));
        assertThat(ling.exitCode()).as(ling.err()).isEqualTo(2);
        assertThat(ling.err()).contains(cure).doesNotContain("bound", "Exception");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void helpFitsTheTerminal(int columns) {
        for (var command :
                List.of("--help", "help push", "push --help", "peers --help", "perf --help", "queue --help")) {
            var lines =
                    Ling.startOnColumns(columns, command.split(" ")).succeeds().lines();
            var examples = lines.indexOf("Examples:");
            assertThat(lines.subList(0, examples)).as(command).allMatch(line -> line.length() <= columns);
        }
        var push = Ling.startOnColumns(columns, "push", "--help").succeeds().lines();
        assertThat(push.stream().mapToInt(String::length).max().orElseThrow()).isGreaterThan(columns - 10);
    }

    @Test
    void examplesAreNeverBroken() {
        assertThat(Ling.startOnColumns(60, "push", "--help").succeeds().lines())
                .contains(
                        "  ling push --connect tcp://localhost:5558 --connect tcp://localhost:5559 --message x --count 100");
    }

    @Test
    void bareLingShowsTheHelp() {
        assertThat(Ling.start().succeeds().out())
                .isEqualTo(Ling.start("--help").succeeds().out());
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
