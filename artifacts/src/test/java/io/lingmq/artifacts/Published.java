package io.lingmq.artifacts;

import io.lingmq.Context;
import io.lingmq.cli.Main;
import io.lingmq.contract.TransportContract;
import io.lingmq.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules that others can take from a repository, beside the BOM. */
enum Published {
    LINGMQ("lingmq", "core", Context.class),
    TESTKIT("lingmq-testkit", "testkit", Await.class),
    CONTRACT("lingmq-contract", "contract", TransportContract.class),
    CLI("lingmq-cli", "cli", Main.class);

    private final String artifact;
    private final String folder;
    private final Class<?> member;

    Published(String artifact, String folder, Class<?> member) {
        this.artifact = artifact;
        this.folder = folder;
        this.member = member;
    }

    /** Its name beside the group, in a POM. */
    String artifact() {
        return artifact;
    }

    /** Where its sources are, from the root of the repository. */
    String folder() {
        return folder;
    }

    /** What its {@code module-info} says. */
    ModuleDescriptor descriptor() {
        return inClasses(root -> {
            try (var in = Files.newInputStream(root.resolve("module-info.class"))) {
                return ModuleDescriptor.read(in);
            }
        });
    }

    /** The packages that it exports to all, sorted. */
    List<String> exported() {
        return descriptor().exports().stream()
                .filter(each -> !each.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .sorted()
                .toList();
    }

    /** The names of the classes of a package, without those that have none in the sources. */
    List<String> classes(String packageName) {
        return inClasses(root -> {
            try (Stream<Path> files = Files.list(root.resolve(packageName.replace('.', '/')))) {
                return files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".class") && !file.matches("package-info.*|.*\\$\\d.*"))
                        .map(file -> packageName + "." + file.substring(0, file.length() - ".class".length()))
                        .sorted()
                        .toList();
            }
        });
    }

    /** What is looked for among the compiled classes. */
    private interface Look<T> {
        T at(Path root) throws IOException;
    }

    /** The classes are in a folder or in a JAR, as far as the build has come. */
    private <T> T inClasses(Look<T> look) {
        try {
            var place = Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return look.at(place);
            }
            try (var jar = FileSystems.newFileSystem(place)) {
                return look.at(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
