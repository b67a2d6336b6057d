package io.lingmq.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages show in Java is Java, and uses the library as it is. */
@Tag("one-jdk")
class SnippetsTest {
    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path folder;

    static List<Snippet> snippets() throws IOException {
        var found = new ArrayList<>(Snippet.of(ROOT.resolve("README.md")));
        found.addAll(Snippet.below(ROOT.resolve("docs")));
        return found.stream().filter(snippet -> !snippet.isExcused()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("snippets")
    void javaInThePagesCompiles(Snippet snippet) {
        assertThat(errors(snippet))
                .as("if this cannot compile, the line before it says why: <!-- not compiled: reason -->")
                .isEmpty();
    }

    @Test
    void wholeClassCompilesUnderItsOwnName() {
        assertThat(errors(page(
                        "```java",
                        "import io.lingmq.Context;",
                        "/** Opens. */",
                        "public final class Opens {",
                        "    Context context = Context.open();",
                        "}",
                        "```")))
                .isEmpty();
    }

    @Test
    void statementsMayUseAContextAndImportMore() {
        assertThat(errors(page(
                        "```java",
                        "import java.io.File;",
                        "",
                        "try (var socket = context.pull()) {",
                        "    socket.bind(\"ipc://\" + new File(\"here\"));",
                        "}",
                        "```")))
                .isEmpty();
    }

    @Test
    void mistakeIsReportedWithItsLineInThePage() {
        assertThat(errors(page("Text.", "```java", "import java.io.File;", "context.noSuchCall();", "```")))
                .singleElement()
                .asString()
                .startsWith("page.md:4: ")
                .contains("noSuchCall");
    }

    @Test
    void otherLanguagesAreLeftAlone() {
        assertThat(Snippet.of("page.md", List.of("```sh", "ls", "```", "```", "```java", "```")))
                .isEmpty();
    }

    @Test
    void onlyAReasonExcusesASnippet() {
        assertThat(page("<!-- not compiled: shows JeroMQ -->", "```java", "```").isExcused())
                .isTrue();
        assertThat(page("<!-- not compiled -->", "```java", "```").isExcused()).isFalse();
        assertThat(page("<!-- not compiled: -->", "```java", "```").isExcused()).isFalse();
        assertThat(page("<!-- not compiled: too early -->", "", "```java", "```")
                        .isExcused())
                .isFalse();
    }

    private static Snippet page(String... lines) {
        return Snippet.of("page.md", List.of(lines)).get(0);
    }

    private List<String> errors(Snippet snippet) {
        return new SnippetCompiler(folder).errors(snippet);
    }
}
