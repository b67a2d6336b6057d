package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates, raw octets, messages that end in NUL and whole files, from one command to another. */
class LayoutsTest {
    private static final String FREE = "tcp://127.0.0.1:*";

    @TempDir
    private Path folder;

    private static Ling pull(String... more) {
        var words = new ArrayList<>(List.of("pull", "--bind", FREE));
        words.addAll(List.of(more));
        return Ling.start(words.toArray(String[]::new));
    }

    @Test
    void templateIsFilledForEachMessage() {
        var pull = pull("-n", "2", "-f", "%i:%t=%s;");
        Ling.start("push", "-c", pull.bound(), "-F", "topic", "-F", "a\tb", "-n", "2")
                .succeeds();
        assertThat(pull.succeeds().out()).isEqualTo("1:topic=a\\x09b;2:topic=a\\x09b;");
    }

    @Test
    void routerNamesSenderInTemplate() {
        var router = Ling.start("router", "-b", FREE, "-n", "1", "-f", "%r says %s\\n");
        Ling.start("dealer", "-c", router.bound(), "--routing-id", "bob", "-m", "hi", "-e", "0")
                .succeeds();
        assertThat(router.succeeds().out()).isEqualTo("bob says hi\n");
    }

    @Test
    void rawInputIsOneMessage() {
        var pull = pull("-n", "1", "-f", "raw");
        Ling.startWithInput("one\r\n\0two\\x41\n", "push", "-c", pull.bound(), "-f", "raw")
                .succeeds();
        assertThat(pull.succeeds().out()).isEqualTo("one\r\n\0two\\x41\n");
    }

    @Test
    void messagesEndInNulOnBothSides() {
        var pull = pull("-n", "3", "-f", "raw", "-0");
        Ling.startWithInput("a\r\n\0\0b", "push", "-c", pull.bound(), "--null", "-f", "raw")
                .succeeds();
        assertThat(pull.succeeds().out()).isEqualTo("a\r\n\0\0b\0");
    }

    @Test
    void wholeFileIsOneMessageBehindItsFrames() throws IOException {
        var file = folder.resolve("body");
        Files.writeString(file, "first\nsecond\n");
        var pull = pull("-n", "1", "-f", "json");
        Ling.start("push", "-c", pull.bound(), "-F", "topic", "--file", file.toString())
                .succeeds();
        assertThat(pull.succeeds().lines()).containsExactly("[\"topic\",\"first\\nsecond\\n\"]");
    }

    @Test
    void hyphenIsStdinAsOneMessage() {
        var pull = pull("-n", "1", "-f", "json");
        Ling.startWithInput("a\nb", "push", "-c", pull.bound(), "--file", "-").succeeds();
        assertThat(pull.succeeds().lines()).containsExactly("[\"a\\nb\"]");
    }

    @Test
    void missingFileIsNamed() {
        var push = Ling.start("push", "-c", "tcp://127.0.0.1:1", "--file", "/no/such");
        assertThat(push.exitCode()).isEqualTo(2);
        assertThat(push.err()).contains("--file: cannot read /no/such");
    }
}
