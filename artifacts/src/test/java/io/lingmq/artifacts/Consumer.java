package io.lingmq.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A user's Maven project in a folder of its own: it has coordinates, an empty local repository, and knows nothing of
 * this build.
 */
public final class Consumer {
    private final Path folder;
    private final Path jdk;

    /** A project in an empty folder, with these dependencies. */
    public Consumer(Path folder, Path jdk, String dependencies) throws IOException {
        this.folder = folder;
        this.jdk = jdk;
        Files.writeString(folder.resolve("settings.xml"), Staged.settings());
        Files.writeString(folder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.example</groupId>
                  <artifactId>consumer</artifactId>
                  <version>1</version>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <dependencyManagement><dependencies>
                    <dependency>
                      <groupId>io.lingmq</groupId>
                      <artifactId>lingmq-bom</artifactId>
                      <version>%s</version>
                      <type>pom</type>
                      <scope>import</scope>
                    </dependency>
                  </dependencies></dependencyManagement>
                  <dependencies>%s</dependencies>
                </project>
                """.formatted(Staged.VERSION, dependencies));
    }

    /** A dependency whose version the BOM knows. */
    static String dependency(String artifact) {
        return "<dependency><groupId>io.lingmq</groupId><artifactId>" + artifact + "</artifactId></dependency>";
    }

    /** Adds a source file. */
    public void source(String path, String text) throws IOException {
        var file = folder.resolve("src/main/java").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Compiles as users do; returns the JARs that Maven has found for the coordinates. */
    public List<Path> compile() throws IOException, InterruptedException {
        var jars = folder.resolve("jars.txt");
        maven(
                Staged.plugin("maven-compiler-plugin") + ":compile",
                Staged.plugin("maven-dependency-plugin") + ":build-classpath",
                "-Dmdep.outputFile=" + jars);
        return Files.readString(jars)
                .lines()
                .flatMap(line -> List.of(line.split(System.getProperty("path.separator"))).stream())
                .map(Path::of)
                .toList();
    }

    private void maven(String... goals) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("mvn", "-B", "-q", "-ntp", "-gs", "settings.xml"));
        words.add("-Dmaven.repo.local=" + folder.resolve("repository"));
        words.addAll(List.of(goals));
        new Command(folder, jdk, words).run();
    }

    /** Where the compiled classes are. */
    public Path classes() {
        return folder.resolve("target/classes");
    }

    /** A command of the JDK, to be run in the project's folder. */
    public Command tool(String name, String... words) {
        var all = new ArrayList<>(List.of(jdk.resolve("bin").resolve(name).toString()));
        all.addAll(List.of(words));
        return new Command(folder, jdk, all);
    }
}
