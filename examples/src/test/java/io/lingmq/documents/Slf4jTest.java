package io.lingmq.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/LOGGING.md} says of the bridge to SLF4J, which the tests of this module have. */
class Slf4jTest {
    private static final String IN_HOOK = "in a hook";

    @TempDir
    private Path folder;

    /** The child: closes its context with a message that was not sent. */
    public static void main(String[] arguments) throws InterruptedException {
        var context = Context.open();
        var push = context.push(Settings.of(Options.LINGER, Duration.ZERO));
        push.connect("inproc://nobody");
        push.send("unsent");
        if (arguments[0].equals(IN_HOOK)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> context.close(Duration.ofSeconds(5))));
        } else {
            context.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in main", IN_HOOK})
    void theLossIsToldByTheLoggerOfSlf4jOnce(String where) throws IOException, InterruptedException {
        var log = folder.resolve("log");
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.logFile=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Slf4jTest.class.getName(),
                        where)
                .redirectErrorStream(true)
                .start();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said).as("past the log").isEmpty();
        assertThat(Files.readAllLines(log))
                .singleElement()
                .asString()
                .contains("WARN io.lingmq - 1 message lost (PUSH#1: 1 at inproc://nobody)");
    }
}
