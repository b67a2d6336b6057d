package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What shells offer, asked of the shells themselves where they are installed. */
class CompletionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ling insp | inspect",
                "ling pub --mess | --message",
                "ling push --forma | --format",
                "ling push --format te | text",
                "ling req --immediate fa | false",
                "ling inspect --js | --json",
                "ling help comp | completion",
                "ling foam --hei | --height",
            })
    void bashOffersWhatFits(String line, String offered) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        assertThat(offers(line)).isEqualTo(offered);
    }

    @Test
    void bashOffersFilesWhereAFileIsWanted() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        Files.writeString(folder.resolve("body.bin"), "x");
        assertThat(offers("ling push --file body")).isEqualTo("body.bin");
    }

    /** What the tab key gives behind the line. */
    private String offers(String line) throws IOException, InterruptedException {
        var script = folder.resolve("ling.bash");
        Files.writeString(script, Ling.start("completion", "bash").succeeds().out());
        var ask = "source ling.bash; complete -p ling >/dev/null || exit 3; COMP_WORDS=(" + line
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _ling; echo -n \"${COMPREPLY[@]}\"";
        var bash = new ProcessBuilder("/bin/bash", "--norc", "-u", "-c", ask)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void zshReadsWhatIsMadeForBash() {
        assertThat(Ling.start("completion", "zsh").succeeds().out()).contains("bashcompinit", "complete -F _ling ling");
    }

    @Test
    void fishIsToldEachOption() {
        assertThat(Ling.start("completion", "FISH").succeeds().lines())
                .contains("complete -c ling -n __fish_use_subcommand -a inspect -d"
                        + " 'Show what answers at an endpoint: protocol, mechanism, socket type.'")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("complete -c ling -n '__fish_seen_subcommand_from pub' -s m -l message -x -d '"));
    }

    @Test
    void unknownShellIsRefused() {
        var tcsh = Ling.start("completion", "tcsh");
        assertThat(tcsh.exitCode()).isEqualTo(2);
        assertThat(tcsh.err()).contains("write one of bash, zsh, fish");
    }
}
