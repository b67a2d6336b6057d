package io.lingmq.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/PROMISES.md and the scenarios speak of the same rows. */
class PromisesPageTest {
    /** A row of a table whose last cell is a name. */
    private static final Pattern ROW = Pattern.compile("^\\|.*\\| `([A-Z_]+)` \\|$");

    private static List<String> rowsOfThePage() throws IOException {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return Files.readAllLines(folder.resolve("docs/PROMISES.md")).stream()
                .map(ROW::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .toList();
    }

    @Test
    void eachRowOfThePageIsAPromiseAndTheOtherWayRound() throws IOException {
        assertThat(rowsOfThePage())
                .containsExactlyElementsOf(
                        Arrays.stream(Promise.values()).map(Enum::name).toList());
    }

    @Test
    void eachPromiseHasAScenarioThatChecksIt() {
        var open = EnumSet.allOf(Promise.class);
        Scenarios.all().forEach(scenario -> open.removeAll(scenario.checks()));
        assertThat(open).as("rows without a scenario").isEmpty();
    }

    @Test
    void eachScenarioHasItsOwnName() {
        assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
    }
}
