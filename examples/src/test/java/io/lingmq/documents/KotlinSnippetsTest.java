package io.lingmq.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in Kotlin are Kotlin, and print what their page says. */
@Tag("one-jdk")
class KotlinSnippetsTest {
    private static final Path PAGE = Path.of("..", "docs", "recipes", "kotlin.md");

    @TempDir
    private Path folder;

    @Test
    void kotlinInThePageRuns() throws Exception {
        var blocks = Block.of(Files.readAllLines(PAGE));
        var programs = new ArrayList<String>();
        var said = new ArrayList<String>();
        for (var i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).language().equals("kotlin")) {
                programs.add(blocks.get(i).text());
                said.add(blocks.get(i + 1).text());
            }
        }
        assertThat(programs).hasSize(2);
        assertThat(compiler(programs)).isEmpty();
        for (var i = 0; i < programs.size(); i++) {
            assertThat(run("program" + i + ".Program" + i + "Kt")).isEqualTo(said.get(i));
        }
    }

    @Test
    void nullOfACallWithATimeIsAMistakeThatTheCompilerFinds() throws IOException {
        var source = """
                import io.lingmq.PullSocket
                fun text(pull: PullSocket) = pull.receive(java.time.Duration.ZERO).text()
                """;
        assertThat(compiler(List.of(source))).contains("nullable receiver");
    }

    /** What the compiler has to say against the programs; each has a package of its own. */
    private String compiler(List<String> programs) throws IOException {
        var words = new ArrayList<>(List.of("-no-stdlib", "-no-reflect", "-nowarn", "-d", folder.toString()));
        words.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        for (var i = 0; i < programs.size(); i++) {
            var source = Files.writeString(
                    folder.resolve("Program" + i + ".kt"), "package program" + i + "\n" + programs.get(i));
            words.add(source.toString());
        }
        var said = new ByteArrayOutputStream();
        var end = new K2JVMCompiler()
                .exec(new PrintStream(said, true, StandardCharsets.UTF_8), words.toArray(String[]::new));
        var text = said.toString(StandardCharsets.UTF_8);
        assertThat(end == ExitCode.OK || !text.isEmpty())
                .as("%s without a word", end)
                .isTrue();
        return end == ExitCode.OK ? "" : text;
    }

    private String run(String name) throws Exception {
        var before = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (var loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
