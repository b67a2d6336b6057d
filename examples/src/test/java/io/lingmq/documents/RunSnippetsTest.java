package io.lingmq.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages for users show runs, ends, and prints what they say. */
class RunSnippetsTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final List<String> FOLDERS = List.of("start", "guide", "recipes", "from", "zh");

    @TempDir
    private Path folder;

    /** Those that run at the same time, one group after the other. */
    static List<List<Snippet>> groups() throws IOException {
        var found = new ArrayList<Snippet>();
        for (var name : FOLDERS) {
            if (Files.isDirectory(DOCS.resolve(name))) {
                found.addAll(Snippet.below(DOCS.resolve(name)));
            }
        }
        found.addAll(Snippet.of(DOCS.resolve("why.md")));
        found.addAll(Snippet.of(DOCS.resolve("../README.md")));
        return List.copyOf(found.stream()
                .filter(Snippet::isRun)
                .collect(Collectors.groupingBy(Snippet::together, LinkedHashMap::new, Collectors.toList()))
                .values());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("groups")
    void javaInThePagesRuns(List<Snippet> group) throws Exception {
        var printed = new SnippetRunner(folder).run(group);
        for (var i = 0; i < group.size(); i++) {
            if (!group.get(i).prints().isEmpty()) {
                assertThat(printed.get(i))
                        .as(group.get(i).toString())
                        .isEqualTo(group.get(i).prints());
            }
        }
    }

    @Test
    void printedTextIsThatOfTheThreadsOfASnippet() throws Exception {
        assertThat(run(
                        "```java",
                        "var thread = new Thread(() -> System.out.print(1)); thread.start(); thread.join();",
                        "```"))
                .containsExactly("1");
    }

    @Test
    void severalRunTogether() throws Exception {
        assertThat(run(
                        "<!-- together: a -->",
                        "```java",
                        "var pull = context.pull(); pull.bind(\"tcp://127.0.0.1:5599\"); System.out.print(pull.receive().text());",
                        "```",
                        "<!-- together: a -->",
                        "```java",
                        "var push = context.push(); push.connect(\"tcp://127.0.0.1:5599\"); push.send(\"hello\");",
                        "```"))
                .containsExactly("hello", "");
    }

    @Test
    void mainOfAClassRuns() throws Exception {
        assertThat(run(
                        "```java",
                        "public final class Hello {",
                        "    public static void main(String[] arguments) { System.out.print(2); }",
                        "}",
                        "```"))
                .containsExactly("2");
    }

    private List<String> run(String... lines) throws Exception {
        return new SnippetRunner(folder).run(Snippet.of("page.md", List.of(lines)));
    }
}
