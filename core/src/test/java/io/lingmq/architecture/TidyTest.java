package io.lingmq.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looks through the sources of every module for what no compiler minds. */
@Tag("one-jdk")
class TidyTest {
    private static final int LONGEST_FILE = 500;

    // In two parts, or they would find themselves.
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@Dis" + "abled");
    private static final Pattern SLEEP = Pattern.compile("\\b(Thread|\\w*SECONDS|MINUTES)\\.sleep" + "\\(");

    /** The lines of each source file, by its path from the root of the repository. */
    private static final TreeMap<Path, List<String>> SOURCES = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        Path root = root();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.sorted().toList()) {
                if (Files.isDirectory(module.resolve("src"))) {
                    readModule(root, module.resolve("src"));
                }
            }
        }
        assertThat(SOURCES).isNotEmpty();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            assertThat(folder)
                    .as("the root of the repository, above %s", Path.of(""))
                    .isNotNull();
        }
        return folder;
    }

    private static void readModule(Path root, Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(TidyTest::isSource).toList()) {
                SOURCES.put(root.relativize(file), Files.readAllLines(file));
            }
        }
    }

    private static boolean isSource(Path file) {
        return Files.isRegularFile(file) && file.toString().matches(".*\\.(java|php|py|c|h|sh)");
    }

    @Test
    void noFileIsLong() {
        List<String> tooLong = new ArrayList<>();
        SOURCES.forEach((file, lines) -> {
            if (lines.size() > LONGEST_FILE) {
                tooLong.add(file + ": " + lines.size() + " lines");
            }
        });
        assertThat(tooLong).as("files over %d lines", LONGEST_FILE).isEmpty();
    }

    @Test
    void nothingIsLeftUnfinished() {
        assertThat(find(UNFINISHED, file -> true)).isEmpty();
    }

    @Test
    void noTestIsSwitchedOff() {
        assertThat(find(SWITCHED_OFF, file -> true)).isEmpty();
    }

    /** A test that sleeps is slow or wrong: it can wait for what it needs to see. */
    @Test
    void noTestSleeps() {
        assertThat(find(SLEEP, TidyTest::servesTests)).isEmpty();
    }

    private static boolean servesTests(Path file) {
        return file.toString().contains("src/test/") || file.startsWith("testkit");
    }

    @Test
    void eachPackageSaysWhatItIsFor() {
        TreeSet<Path> silent = new TreeSet<>();
        for (Path file : SOURCES.keySet()) {
            Path folder = file.getParent();
            boolean inPackage = !folder.endsWith("src/main/java");
            if (file.toString().contains("src/main/java/")
                    && inPackage
                    && !SOURCES.containsKey(folder.resolve("package-info.java"))) {
                silent.add(folder);
            }
        }
        assertThat(silent).as("packages without a package-info.java").isEmpty();
    }

    private static List<String> find(Pattern pattern, Predicate<Path> where) {
        List<String> found = new ArrayList<>();
        SOURCES.forEach((file, lines) -> {
            for (int i = 0; where.test(file) && i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        });
        return found;
    }
}
