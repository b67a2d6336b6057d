package io.lingmq.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The classes of this module, without its tests, and where its sources lie. */
final class CoreClasses {
    private CoreClasses() {}

    static JavaClasses read() throws URISyntaxException {
        var tests = Path.of(CoreClasses.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return new ClassFileImporter().importPath(tests.resolveSibling("classes"));
    }

    /** The folder of the main sources. */
    static Path sources() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return folder.resolve("core/src/main/java");
    }
}
