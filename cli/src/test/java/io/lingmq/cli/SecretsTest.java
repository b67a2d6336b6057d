package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and passwords from the shell. */
class SecretsTest {
    private static final String FREE = "tcp://127.0.0.1:*";

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Ling server() throws IOException {
        var users = file("users", "# who may\nbob:\nalice:se:cret\n\n");
        return Ling.start("pull", "--bind", FREE, "--plain-server", "--users", users, "--count", "1", "--verbose");
    }

    private static Ling client(Ling server, String password, String... more) {
        var arguments = new java.util.ArrayList<>(java.util.List.of(
                "push",
                "--connect",
                server.bound(),
                "--message",
                "in",
                "--plain-username",
                "alice",
                "--plain-password",
                password));
        arguments.addAll(java.util.List.of(more));
        return Ling.start(arguments.toArray(String[]::new));
    }

    @Test
    void passwordComesFromAFileWithoutAWord() throws IOException {
        var pull = server();
        var push = client(pull, "file:" + file("password", "se:cret\n")).succeeds();

        assertThat(push.err()).doesNotContain("warning");
        assertThat(pull.succeeds().lines()).containsExactly("in");
    }

    @Test
    void passwordOnTheCommandLineIsTakenWithAWarning() throws IOException {
        var pull = server();
        var push = client(pull, "se:cret").succeeds();

        assertThat(push.err())
                .contains("warning: --plain-password on a command line can be read by every user")
                .doesNotContain("se:cret");
        pull.succeeds();
    }

    @Test
    void wrongPasswordIsSeenOnBothSides() throws IOException {
        try (var pull = server();
                var push = client(pull, "wr0ng", "--verbose", "--linger", "2s")) {
            assertThat(push.exitCode()).isEqualTo(1);
            assertThat(push.err())
                    .contains("was refused: 400")
                    .contains("the peer refused the handshake: 400")
                    .doesNotContain("wr0ng");
            assertThat(pull.err()).contains("400 wrong user name or password").doesNotContain("wr0ng");
        }
    }

    @Test
    void whatCannotBeReadIsTold() throws IOException {
        var missing = folder.resolve("none");
        assertThat(Ling.start("push", "--connect", FREE, "--plain-password", "file:" + missing)
                        .exitCode())
                .isEqualTo(2);
        assertThat(Ling.start("push", "--connect", FREE, "--plain-password", "env:LING_TEST_NO_SUCH")
                        .exitCode())
                .isEqualTo(2);
        var pull = Ling.start("pull", "--bind", FREE, "--plain-server", "--users", file("bad", "alice\n"));
        assertThat(pull.exitCode()).isEqualTo(2);
        assertThat(pull.err()).contains("line 1 of").contains("has no colon");
    }
}
