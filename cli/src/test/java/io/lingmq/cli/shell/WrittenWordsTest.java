package io.lingmq.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Words of a command line that the JVM could not read. */
class WrittenWordsTest {
    private static String[] read(Charset charset, String written, String... words) {
        return WrittenWords.of(words, written.replace(' ', '\0').concat("\0").getBytes(charset));
    }

    @Test
    void lastWordsOfTheCommandLineAreRead() {
        assertThat(read(
                        StandardCharsets.UTF_8,
                        "java Main push --message grüße",
                        "push",
                        "--message",
                        "gr??\ufffd\ufffde"))
                .containsExactly("push", "--message", "grüße");
    }

    @Test
    void whatTheJvmCouldReadIsLeftAlone() {
        assertThat(read(StandardCharsets.UTF_8, "java other", "push")).containsExactly("push");
    }

    @Test
    void whatIsNotUtf8IsLeftAlone() {
        assertThat(read(StandardCharsets.ISO_8859_1, "java ü", "\ufffd")).containsExactly("\ufffd");
    }

    @Test
    void commandLineThatIsTooShortIsNotBelieved() {
        assertThat(read(StandardCharsets.UTF_8, "ü", "\ufffd", "\ufffd")).containsExactly("\ufffd", "\ufffd");
    }
}
