package io.lingmq.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever another module can see has a comment, which javadoc understands and which names the checked exceptions. A
 * comment that says all in its sentences needs no tag for each parameter and result.
 */
@Tag("one-jdk")
class DoclintTest {
    private static final Pattern EXPORTS = Pattern.compile("exports ([\\w.]+);");
    private static final Pattern FINDING = Pattern.compile("\\.java:\\d+: (warning|error): ");
    private static final Pattern MISSING_TAG = Pattern.compile("no @(param|return)");

    @TempDir
    private Path compiled;

    private static String exported() throws IOException, URISyntaxException {
        var descriptor = Files.readString(CoreClasses.sources().resolve("module-info.java"));
        var names =
                EXPORTS.matcher(descriptor).results().map(each -> each.group(1)).toList();
        assertThat(names).contains("io.lingmq", "io.lingmq.engine", "io.lingmq.transport");
        return String.join(",", names);
    }

    private List<String> findings(List<Path> sources) throws IOException, URISyntaxException {
        var words = new ArrayList<>(List.of(
                "-Xdoclint:all/protected",
                "-Xdoclint/package:" + exported(),
                "-Xmaxwarns",
                "100000",
                "-proc:none",
                "-d",
                compiled.toString(),
                "-cp",
                System.getProperty("java.class.path")));
        sources.forEach(source -> words.add(source.toString()));
        var told = new StringWriter();
        var out = new PrintWriter(told);
        ToolProvider.findFirst("javac").orElseThrow().run(out, out, words.toArray(String[]::new));
        return told.toString()
                .lines()
                .filter(line -> FINDING.matcher(line).find())
                .filter(line -> !MISSING_TAG.matcher(line).find())
                .toList();
    }

    @Test
    void whatOthersSeeIsDocumented() throws IOException, URISyntaxException {
        try (var files = Files.walk(CoreClasses.sources())) {
            var sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .toList();
            assertThat(findings(sources)).isEmpty();
        }
    }

    /** The page that opens first leads to each package. */
    @Test
    void overviewNamesEachPackage() throws IOException, URISyntaxException {
        var descriptor = Files.readString(CoreClasses.sources().resolve("module-info.java"));
        assertThat(exported().split(","))
                .allSatisfy(name -> assertThat(descriptor).contains("{@link " + name + "}"));
    }

    /** The rule can fail. */
    @Test
    void silenceIsHeard(@TempDir Path folder) throws IOException, URISyntaxException {
        var silent = folder.resolve("Silent.java");
        Files.writeString(silent, """
                package io.lingmq;

                public class Silent {
                    /** Fails. */
                    public void fail() throws java.io.IOException {}
                }
                """);

        assertThat(findings(List.of(silent)))
                .anyMatch(line -> line.contains("no comment"))
                .anyMatch(line -> line.contains("no @throws"));
    }
}
