package io.lingmq.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code mvn -Prelease verify} has laid, as in a Maven repository; and what else such a test has to know. */
public final class Staged {
    /** The root of this repository. */
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The version of all that is published. */
    public static final String VERSION = System.getProperty("artifacts.version");

    private static final Path REPOSITORY = ROOT.resolve("target/staged");

    private Staged() {}

    /** The homes of the JDKs that a user may have. */
    public static List<Path> jdks() {
        return Arrays.stream(
                        System.getProperty("artifacts.jdks").split(Pattern.quote(System.getProperty("path.separator"))))
                .map(Path::of)
                .toList();
    }

    /** Settings with which Maven finds what is staged, and in what this machine has already got all other things. */
    static String settings() {
        return """
                <settings>
                  <profiles>
                    <profile>
                      <id>staged</id>
                      <repositories>
                        <repository><id>staged</id><url>%1$s</url></repository>
                        <repository><id>got</id><url>%2$s</url><snapshots><enabled>false</enabled></snapshots></repository>
                      </repositories>
                      <pluginRepositories>
                        <pluginRepository><id>got</id><url>%2$s</url></pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>staged</activeProfile></activeProfiles>
                </settings>
                """.formatted(url(), got().toUri());
    }

    /** The local repository of the build that runs this test. */
    static Path got() {
        return Path.of(System.getProperty("artifacts.plugins"));
    }

    /** Where Maven finds what is staged. */
    public static String url() {
        return REPOSITORY.toUri().toString();
    }

    /** Where the staged repository is. */
    static Path repository() {
        return REPOSITORY;
    }

    /**
     * The file of an artifact whose name has this end, as {@code ".jar"} or {@code "-sources.jar"}. Snapshots have the
     * time in their names.
     */
    static Path file(String artifact, String end) {
        var folder = REPOSITORY.resolve("io/lingmq/" + artifact + "/" + VERSION);
        var base = VERSION.replace("-SNAPSHOT", "");
        var name = Pattern.compile(Pattern.quote(artifact + "-" + base) + "(-[\\d.]+-\\d+)?" + Pattern.quote(end));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + artifact + end + " in " + folder));
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is staged: mvn -Prelease verify stages it", e);
        }
    }

    /** A plugin as this build uses it: group, name and version. */
    static String plugin(String artifact) throws IOException {
        var version = Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>(.*?)</version>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")));
        if (!version.find()) {
            throw new AssertionError("pom.xml names no version of " + artifact);
        }
        return "org.apache.maven.plugins:" + artifact + ":" + version.group(1);
    }
}
