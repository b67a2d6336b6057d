package io.lingmq.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.bench.report.Results;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    private Journal journal() {
        return new Journal(folder.resolve("target/unfinished.csv"));
    }

    private static Results ofCommit(String commit, String day) {
        var results = new Results();
        results.note(Machine.DATE, day);
        results.note("LingMQ", commit);
        return results;
    }

    private void keepOneTurn() throws Exception {
        var results = ofCommit("abc", "Monday");
        results.add("fan-8", Contender.LINGMQ, 1, "deliveries_per_s", 7);
        results.fail("fan-8", Contender.JEROMQ, 1, "no end within 180 s");
        journal().keep(results);
    }

    @Test
    void goesOnWithWhatWasMeasured() throws Exception {
        keepOneTurn();
        var results = ofCommit("abc", "Tuesday");
        journal().resume(results);

        assertThat(results.has("fan-8", Contender.LINGMQ, 1)).isTrue();
        assertThat(results.has("fan-8", Contender.LINGMQ, 2)).isFalse();
        assertThat(results.failure("fan-8", Contender.JEROMQ)).isEqualTo("no end within 180 s");
        assertThat(results.facts()).containsEntry(Machine.DATE, "Tuesday");
    }

    @Test
    void refusesToMixWhatDiffers() throws Exception {
        keepOneTurn();
        assertThatThrownBy(() -> journal().resume(ofCommit("def", "Monday")))
                .hasMessageContaining("LingMQ was 'abc', now it is 'def'")
                .hasMessageContaining("without --resume");
    }

    @Test
    void saysWhereThereIsNothingToGoOnWith() {
        assertThatThrownBy(() -> journal().resume(new Results())).hasMessageContaining("unfinished.csv does not exist");
    }

    @Test
    void isGoneWhenTheRunIsOver() throws Exception {
        keepOneTurn();
        journal().discard();

        assertThat(folder.resolve("target/unfinished.csv")).doesNotExist();
    }
}
