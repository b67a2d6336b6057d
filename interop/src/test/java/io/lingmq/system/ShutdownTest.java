package io.lingmq.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loss at a close is told once, whatever the Java machine is about, with java.util.logging. */
class ShutdownTest {
    private static final String LOSS = "1 message lost (PUSH#1: 1 at inproc://nobody)";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void lossIsToldOnce(ClosingChild.Moment moment) throws IOException, InterruptedException {
        var errors = folder.resolve("errors");
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-ea",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.language=en",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClosingChild.class.getName(),
                        moment.name())
                .redirectError(errors.toFile())
                .start();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said.strip()).isEqualTo("returned: " + LOSS);
        var log = Files.readString(errors, StandardCharsets.UTF_8);
        assertThat(log).containsOnlyOnce(LOSS).containsOnlyOnce("WARNING: ");
        assertThat(log.contains("WARNING: io.lingmq: "))
                .as("past the log: %s", log)
                .isEqualTo(moment != ClosingChild.Moment.IN_MAIN);
    }
}
