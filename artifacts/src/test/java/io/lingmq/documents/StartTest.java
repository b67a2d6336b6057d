package io.lingmq.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.artifacts.Command;
import io.lingmq.artifacts.Consumer;
import io.lingmq.artifacts.Staged;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who follows the first pages for users, with nothing but the coordinates, gets there. */
@Tag("release")
@Timeout(300)
class StartTest {
    private static final List<String> PAGES = List.of("README.md", "docs/start");
    private static final Pattern VERSION =
            Pattern.compile("lingmq(?:-bom)?</artifactId>\\s*<version>([^<]+)<|io\\.lingmq:lingmq:([\\w.-]+)");

    @TempDir
    private Path folder;

    static List<Path> jdks() {
        return Staged.jdks();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void eachSnippetCompilesAndRuns(Path jdk) throws Exception {
        var project = new Consumer(folder, jdk, coordinates());
        var programs = programs(jdk);
        for (var program : programs) {
            program.write(project);
        }
        var jars = project.compile();
        assertThat(jars).as("no dependency comes along").hasSize(1);
        var classPath = Stream.concat(jars.stream(), Stream.of(project.classes()))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));

        for (var group : together(programs).values()) {
            var running = new LinkedHashMap<Program, Command.Running>();
            for (var program : group) {
                running.put(
                        program,
                        project.tool("java", "-cp", classPath, program.mainClass())
                                .start());
            }
            for (var one : running.entrySet()) {
                var printed = one.getValue().output();
                var told = one.getKey().snippet();
                if (!told.prints().isEmpty()) {
                    assertThat(printed).as("%s", told).isEqualTo(told.prints());
                }
            }
        }
    }

    /** As the first page shows them. */
    private static String coordinates() throws IOException {
        var shown = Pattern.compile("<dependency>.*?</dependency>", Pattern.DOTALL)
                .matcher(Files.readString(Staged.ROOT.resolve("README.md")));
        assertThat(shown.find()).isTrue();
        return shown.group();
    }

    private static List<Program> programs(Path jdk) throws IOException {
        var programs = new ArrayList<Program>();
        for (var snippet : snippets()) {
            if (snippet.isRun() && snippet.firstJdk() == 17) {
                programs.add(new Program(snippet, programs.size()));
            }
        }
        assertThat(programs).as("what there is to run, on %s", jdk).isNotEmpty();
        return programs;
    }

    private static List<Snippet> snippets() throws IOException {
        var found = new ArrayList<Snippet>();
        for (var name : PAGES) {
            var page = Staged.ROOT.resolve(name);
            found.addAll(Files.isDirectory(page) ? Snippet.below(page) : Snippet.of(page));
        }
        return found;
    }

    private static Map<String, List<Program>> together(List<Program> programs) {
        return programs.stream()
                .collect(Collectors.groupingBy(
                        each -> each.snippet().together(), LinkedHashMap::new, Collectors.toList()));
    }

    /** JBang reads the coordinates out of the program itself. */
    @Test
    void oneFileWithItsCoordinatesRuns() throws Exception {
        var hello = Files.writeString(folder.resolve("Hello.java"), """
                //DEPS io.lingmq:lingmq:%s
                //REPOS %s
                import io.lingmq.Context;

                class Hello {
                    public static void main(String[] words) throws Exception {
                        try (var context = Context.open(); var pull = context.pull(); var push = context.push()) {
                            push.connect(pull.bind("tcp://127.0.0.1:*"));
                            push.send("hello");
                            System.out.println(pull.receive().text());
                        }
                    }
                }
                """.formatted(Staged.VERSION, Staged.url()));
        assertThat(Jbang.run(folder, Staged.jdks().get(0), hello)).isEqualTo("hello\n");
    }

    @Test
    void pagesNameTheVersionThatThisIs() throws IOException {
        for (var name : PAGES) {
            try (Stream<Path> files = Files.walk(Staged.ROOT.resolve(name))) {
                for (var page : files.filter(Files::isRegularFile).toList()) {
                    VERSION.matcher(Files.readString(page))
                            .results()
                            .forEach(each -> assertThat(each.group(1) == null ? each.group(2) : each.group(1))
                                    .as("%s", page)
                                    .isEqualTo(Staged.VERSION));
                }
            }
        }
    }
}
