package io.lingmq.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that a recipe shows are those of this module: so what {@link RunSnippetsTest} runs of the page is the
 * example.
 */
class RecipesTest {
    private static final Path PAGES = Path.of("..", "docs", "recipes");
    private static final List<Path> SOURCES = List.of(
            Path.of("src", "main", "java", "io", "lingmq", "examples"),
            Path.of("src", "test", "java", "io", "lingmq", "examples"));
    private static final Pattern JAVADOC = Pattern.compile("^ */\\*\\*.*?\\*/\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SUPPRESSION = Pattern.compile("^\n *@SuppressWarnings.*\n", Pattern.MULTILINE);
    private static final Pattern CONSTRUCTOR = Pattern.compile("^ *private \\w+\\(\\) \\{}\n\n", Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^package .*;\n\n");

    /** The programs in the pages that there is an example of. */
    static List<Snippet> programs() throws IOException {
        return Snippet.below(PAGES).stream()
                .filter(snippet -> Files.exists(example(snippet)))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void pageShowsTheExample(Snippet snippet) throws IOException {
        assertThat(snippet.code()).as(snippet.toString()).isEqualTo(asShown(Files.readString(example(snippet))));
    }

    @Test
    void eachExampleOfARecipeIsShown() throws IOException {
        assertThat(programs().stream().map(snippet -> SnippetCompiler.fileName(snippet.code())))
                .contains(
                        "RequestWithRetry.java",
                        "WorkQueue.java",
                        "LastValueCache.java",
                        "ClonedMap.java",
                        "GatherReplies.java",
                        "GracefulStop.java",
                        "StreamOfMessages.java",
                        "AsyncCalls.java",
                        "SpringProgram.java");
    }

    private static Path example(Snippet snippet) {
        var name = SnippetCompiler.fileName(snippet.code());
        return SOURCES.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElse(SOURCES.get(0).resolve(name));
    }

    /** A page leaves out what only this build asks for. */
    private static String asShown(String source) {
        var bare = JAVADOC.matcher(PACKAGE.matcher(source).replaceFirst("")).replaceAll("");
        return SUPPRESSION.matcher(CONSTRUCTOR.matcher(bare).replaceFirst("")).replaceAll("");
    }
}
