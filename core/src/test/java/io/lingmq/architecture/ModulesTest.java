package io.lingmq.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts know from the POMs which modules a program is made of: what they build anew when. */
@Tag("one-jdk")
class ModulesTest {
    private static final String PARENT = "<parent><artifactId>parent</artifactId></parent>\n";

    private static Path root() {
        return CoreClasses.sources().resolve("../../../..").normalize();
    }

    @Test
    void modulesOfThisRepositoryAreFound() throws Exception {
        assertThat(shell("modules_of " + root() + " cli")).containsExactly("core", "cli");
        assertThat(shell("modules_of " + root() + " interop tests")).contains("core", "testkit", "interop");
    }

    @Test
    void moduleIsMadeOfWhatItDependsOn(@TempDir Path folder) throws Exception {
        repository(folder);

        assertThat(shell("modules_of " + folder + " top")).containsExactly("low", "middle", "top");
        assertThat(shell("modules_of " + folder + " top tests")).containsExactly("low", "middle", "kit", "top");
        assertThat(shell("modules_of " + folder + " kit")).containsExactly("kit");
    }

    @Test
    void onlyItsOwnSourcesCount(@TempDir Path folder) throws Exception {
        repository(folder);
        var stamp = Files.createFile(folder.resolve("stamp"));
        assertThat(shell("touch -d '1 hour' " + stamp + "; changed_since " + stamp + " " + folder + " top"))
                .isEmpty();
        var changed = Files.createDirectories(folder.resolve("low/src/main"));
        Files.createDirectories(folder.resolve("kit/src/main"));

        var old = "touch -d '1 hour ago' " + stamp + "; find " + folder + " -type d -exec touch -d '2 hours ago' {} +; "
                + "touch -d '2 hours ago' " + folder + "/*.xml " + folder + "/*/*.xml; ";
        var call = "changed_since " + stamp + " " + folder + " top";
        assertThat(shell(old + call)).isEmpty();
        assertThat(shell(old + "touch " + folder + "/kit/src/main; " + call)).isEmpty();
        assertThat(shell(old + "touch " + changed + "; " + call)).containsExactly(changed.toString());
    }

    /** Modules in folders that are called otherwise, one that is for tests alone, and a library that is no module. */
    private static void repository(Path folder) throws IOException {
        write(folder, """
                <modules>
                <module>kit</module>
                <module>low</module>
                <module>middle</module>
                <module>top</module>
                </modules>
                """);
        write(folder.resolve("kit"), PARENT + "<artifactId>the-kit</artifactId>\n");
        write(folder.resolve("low"), PARENT + "<artifactId>the-lowest</artifactId>\n");
        write(
                folder.resolve("middle"),
                PARENT + "<artifactId>the-middle</artifactId>\n" + dependency("the-lowest", "")
                        + dependency("the-kit", "<scope>test</scope>\n"));
        write(
                folder.resolve("top"),
                PARENT + "<artifactId>the-top</artifactId>\n" + dependency("the-middle", "")
                        + dependency("a-library", "") + dependency("the-kit", "<scope>test</scope>\n"));
    }

    private static String dependency(String artifact, String scope) {
        return "<dependency>\n<artifactId>" + artifact + "</artifactId>\n" + scope + "</dependency>\n";
    }

    private static void write(Path folder, String pom) throws IOException {
        Files.writeString(Files.createDirectories(folder).resolve("pom.xml"), pom);
    }

    private static List<String> shell(String command) throws IOException, InterruptedException {
        var script = "set -euo pipefail; source " + root().resolve(".ci/modules.sh") + "; " + command;
        var shell = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        var lines = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as("%s: %s", command, lines).isZero();
        return lines;
    }
}
