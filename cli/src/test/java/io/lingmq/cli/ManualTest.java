package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that {@code ling manual} prints. */
class ManualTest {
    private static final Path GROFF = Path.of("/usr/bin/groff");

    @TempDir
    private Path folder;

    @Test
    void pageHasEveryCommandAndTheirOptions() {
        var page = Ling.start("manual").succeeds().out();
        assertThat(page)
                .startsWith(".TH LING 1")
                .contains(".SS ling req\n", ".SS ling inspect\n", ".SS ling foam\n")
                .contains(".B \\-m, \\-\\-message TEXT\n")
                .doesNotContain("${DEFAULT", "%%");
    }

    @Test
    void groffReadsItWithoutAWarning() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(GROFF), "no groff here");
        var page = folder.resolve("ling.1");
        Files.writeString(page, Ling.start("manual").succeeds().out());
        var groff = new ProcessBuilder(GROFF.toString(), "-man", "-Kutf8", "-Tutf8", "-P-cbou", "-ww", page.toString())
                .redirectErrorStream(true)
                .start();
        var shown = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(groff.waitFor()).as(shown).isZero();
        assertThat(shown)
                .doesNotContain("warning", "error:")
                .contains("--message TEXT", "'From Server1:{}'", "\\n \\r \\t \\0");
    }
}
