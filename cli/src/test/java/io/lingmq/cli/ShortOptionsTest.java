package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.cli.shell.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** One letter means the same in every command. */
class ShortOptionsTest {
    private static final Path PAGE = Path.of("../docs/COMMANDS.md");

    private static Map<String, String> letters() {
        var console =
                new Console(InputStream.nullInputStream(), System.out, System.err, false, false, () -> 100, code -> {});
        var letters = new TreeMap<String, String>();
        var owners = new HashMap<String, String>();
        for (var command : Commands.own()) {
            for (var option : command.spec(console).options()) {
                var letter = letter(option);
                var before = owners.put(option.longestName(), letter);
                assertThat(before == null || before.equals(letter))
                        .as("%s of %s: %s, elsewhere %s", option.longestName(), command.name(), letter, before)
                        .isTrue();
                if (!letter.isEmpty()) {
                    letters.merge(letter, option.longestName(), (one, other) -> {
                        assertThat(other).as(letter).isEqualTo(one);
                        return one;
                    });
                }
            }
        }
        return letters;
    }

    private static String letter(OptionSpec option) {
        return option.shortestName().length() == 2 ? option.shortestName() : "";
    }

    @Test
    void allCommandsAgreeAndThePageListsThem() throws IOException {
        var letters = letters();
        assertThat(letters)
                .containsEntry("-b", "--bind")
                .containsEntry("-c", "--connect")
                .containsEntry("-m", "--message")
                .containsEntry("-n", "--count")
                .containsEntry("-h", "--help");
        var page = Files.readString(PAGE);
        letters.forEach((letter, option) -> assertThat(page).contains("| `" + letter + "` | `" + option + "` |"));
    }

    @Test
    void lettersWorkAlone() {
        var pull = Ling.start("pull", "-b", "tcp://127.0.0.1:*", "-n", "2", "-t", "20s", "-f", "hex");
        Ling.start("push", "-c", pull.bound(), "-m", "-5", "-m", "x", "-vi", "1ms")
                .succeeds();
        assertThat(pull.succeeds().lines()).containsExactly("2d35", "78");
    }

    @Test
    void valueMayStandRightBehindItsLetter() {
        var pull = Ling.start("pull", "-btcp://127.0.0.1:*", "-n1");
        Ling.start("push", "-c" + pull.bound(), "-m-vv").succeeds();
        assertThat(pull.succeeds().lines()).containsExactly("-vv");
    }
}
