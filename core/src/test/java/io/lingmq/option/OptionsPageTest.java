package io.lingmq.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeps the reference page of all options in step with their declaration. */
@Tag("one-jdk")
class OptionsPageTest {
    private static final Path PAGE = Path.of("../docs/OPTIONS.md");
    private static final String HEAD = """
            # Options

            Made from `io.lingmq.option.Options`, where each option is declared once. In Java:
            `context.push(Settings.of(Options.SEND_HWM, 10))`, or later `socket.set(Options.SEND_HWM, 10)`; on the command
            line: `--send-hwm 10`. A *live* option that is set later takes effect at once, any other on the binds and connects
            that follow. What all sockets of a context begin with: `Context.builder().socketDefaults(settings)`.

            A module can bring options of its own, as an `OptionFamily`: they are set in the same way.
            """;
    private static final String FAMILY = """

            ## %s

            | Option | Default | Values | On | Live | libzmq | What it does |
            | --- | --- | --- | --- | --- | --- | --- |
            """;

    @Test
    void thePageInTheDocumentsIsUpToDate() throws IOException {
        var fresh = page(Options.FAMILIES);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/OPTIONS.md; to write it anew: ./test -pl core -am -Dtest=OptionsPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true")
                .isEqualTo(fresh);
    }

    @Test
    void thePageOfAModuleHasItsOptions() {
        assertThat(page(Options.families()))
                .startsWith(HEAD)
                .endsWith(FAMILY.formatted("Toy")
                        + "| `toy-delay` | `250ms` | a duration of 0 or more | all | yes | none | How late the toy is. |\n"
                        + "| `toy-label` | `none` | text | REQ REP |  | `ZMQ_TOY_LABEL` 9001 | What the toy says. |\n"
                        + "| `toy-octets` | `0x00` | at most 3 bytes | all |  | none | What the toy is made of. |\n");
    }

    private static String page(List<? extends OptionFamily> families) {
        return families.stream().map(OptionsPageTest::section).collect(Collectors.joining("", HEAD, ""));
    }

    private static String section(OptionFamily family) {
        var heading = family.name().substring(0, 1).toUpperCase(Locale.ROOT)
                + family.name().substring(1).replace('-', ' ');
        return family.options().stream()
                .map(OptionsPageTest::row)
                .collect(Collectors.joining("", FAMILY.formatted(heading), ""));
    }

    private static <T> String row(Option<T> option) {
        var standard = option.format(option.defaultValue());
        var values = option.rangeText().equals("any value") ? option.valueHint() : option.rangeText();
        return "| `%s` | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        option.name(),
                        standard.isEmpty() ? "empty" : "`" + standard + "`",
                        values.replace("|", " or "),
                        types(option),
                        option.isLive() ? "yes" : "",
                        option.libzmqName().isEmpty()
                                ? "none"
                                : "`" + option.libzmqName() + "` " + option.libzmqNumber(),
                        option.summary());
    }

    private static String types(Option<?> option) {
        return option.appliesTo().size() == SocketType.values().length
                ? "all"
                : option.appliesTo().stream().sorted().map(Enum::name).collect(Collectors.joining(" "));
    }
}
