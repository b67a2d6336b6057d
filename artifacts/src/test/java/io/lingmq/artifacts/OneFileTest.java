package io.lingmq.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command line in one file, {@code java -jar ling.jar}. */
@Tag("release")
@Timeout(120)
class OneFileTest {
    private static final Path JAR = Path.of("..", "cli", "target", "ling.jar");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static Process ling(String... words) throws IOException {
        var command = new ArrayList<>(List.of(JAVA.toString(), "-jar", JAR.toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).start();
    }

    private static String out(Process process) throws IOException, InterruptedException {
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as(() -> "exit code of " + process.info().commandLine())
                .isZero();
        return out;
    }

    @Test
    void tellsItsVersion() throws Exception {
        assertThat(out(ling("--version"))).startsWith("ling ");
    }

    @Test
    void requestIsAnsweredOverTcp() throws Exception {
        var rep = ling("rep", "-b", "tcp://127.0.0.1:*", "-r", "From Server1:{}", "-n", "1");
        try {
            var bound = rep.errorReader(UTF_8).readLine();
            assertThat(bound).startsWith("bound tcp://");
            var endpoint = bound.substring("bound ".length());
            assertThat(out(ling("req", "-c", endpoint, "-m", "Hello", "-t", "30s")))
                    .isEqualTo("From Server1:Hello\n");
            assertThat(out(rep)).isEqualTo("Hello\n");
        } finally {
            rep.destroy();
        }
    }

    @Test
    void bringsLicencesAndItsName() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("io.lingmq.cli");
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
            var notice = jar.getInputStream(jar.getEntry("META-INF/NOTICE")).readAllBytes();
            assertThat(new String(notice, UTF_8)).contains("picocli", "Apache License");
            assertThat(jar.stream()).noneMatch(entry -> entry.getName().endsWith("module-info.class"));
        }
    }
}
