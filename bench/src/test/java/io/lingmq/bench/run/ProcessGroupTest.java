package io.lingmq.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell as the measured program. */
class ProcessGroupTest {
    private static final List<String> SHELL = List.of("sh", "-c");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void collectsTheFiguresOfAll() throws Exception {
        var figures = ProcessGroup.play(SHELL, List.of(Role.ends("echo a x=1"), Role.ends("echo b y=2")), LIMIT);
        assertThat(figures).containsEntry("x", 1.0).containsEntry("y", 2.0);
    }

    @Test
    void whoStaysIsReleasedWhenTheOthersAreDone() throws Exception {
        var figures = ProcessGroup.play(SHELL, List.of(Role.stays("cat; echo a x=1"), Role.ends("echo b y=2")), LIMIT);
        assertThat(figures).containsEntry("x", 1.0);
    }

    @Test
    void whoComesAfterAnAnnouncementWaitsForIt(@TempDir Path folder) throws Exception {
        var letter = folder.resolve("letter");
        var first =
                Role.ends("sleep 0.2; echo b y=2 > " + letter + "; echo ready").announcing();
        assertThat(ProcessGroup.play(SHELL, List.of(first, Role.ends("cat " + letter)), LIMIT))
                .containsEntry("y", 2.0);
    }

    @Test
    void aFailureEndsTheRunWithItsReason() {
        var roles = List.of(Role.ends("sleep 60"), Role.ends("echo sorry >&2; exit 3"));
        assertThatThrownBy(() -> ProcessGroup.play(SHELL, roles, LIMIT))
                .isInstanceOf(FailedRunException.class)
                .hasMessageContaining("exited with 3: sorry");
    }

    @Test
    void aFailureOfOneWhoShouldStayEndsTheRunToo() {
        var roles = List.of(Role.stays("exit 4"), Role.ends("sleep 60"));
        assertThatThrownBy(() -> ProcessGroup.play(SHELL, roles, LIMIT)).hasMessageContaining("exited with 4");
    }

    @Test
    void aRunThatDoesNotEndIsEnded() {
        assertThatThrownBy(() -> ProcessGroup.play(SHELL, List.of(Role.ends("sleep 60")), Duration.ofSeconds(1)))
                .hasMessage("no end within 1 s");
    }

    @Test
    void aProgramThatIsNotThere() {
        assertThatThrownBy(() -> ProcessGroup.play(List.of("no-such-program"), List.of(Role.ends("x")), LIMIT))
                .hasMessageStartingWith("cannot start");
    }
}
