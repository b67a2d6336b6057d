package io.lingmq.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;

/** In an OSGi framework our JARs are bundles, which find each other and are found by those of others. */
@Tag("release")
class BundlesTest {
    private static final String ACTIVATOR = """
            package org.example;

            import io.lingmq.Context;
            import org.osgi.framework.BundleActivator;
            import org.osgi.framework.BundleContext;

            /** Says hello to itself; not to get it is an error of the start. */
            public final class Hello implements BundleActivator {
                @Override
                public void start(BundleContext bundle) throws Exception {
                    try (var context = Context.open(); var pull = context.pull(); var push = context.push()) {
                        push.connect(pull.bind("tcp://127.0.0.1:*"));
                        push.send("hello");
                        System.setProperty("org.example.hello", pull.receive().text());
                    }
                }

                @Override
                public void stop(BundleContext bundle) {}
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void bundlesBecomeActive() throws Exception {
        var framework = framework();
        try {
            install(framework, onClassPath("picocli"));
            for (var module : List.of(Published.LINGMQ, Published.TESTKIT, Published.CLI)) {
                install(framework, Staged.file(module.artifact(), ".jar"));
            }
            install(framework, bundleOfUser());
            for (var bundle : framework.getBundleContext().getBundles()) {
                bundle.start();
            }

            assertThat(framework.getBundleContext().getBundles())
                    .extracting(Bundle::getSymbolicName)
                    .contains("io.lingmq", "io.lingmq.testkit", "io.lingmq.cli", "org.example");
            assertThat(framework.getBundleContext().getBundles())
                    .allSatisfy(bundle -> assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE));
            assertThat(System.getProperty("org.example.hello")).isEqualTo("hello");
        } finally {
            framework.stop();
            framework.waitForStop(10_000);
        }
    }

    /** What a bundle offers are the packages that the module exports, and no others. */
    @Test
    void bundlesExportWhatModulesExport() throws Exception {
        var framework = framework();
        try {
            for (var module : Published.values()) {
                var bundle = install(framework, Staged.file(module.artifact(), ".jar"));
                assertThat(bundle.getSymbolicName())
                        .isEqualTo(module.descriptor().name());
                assertThat(exported(bundle)).containsExactlyElementsOf(module.exported());
            }
        } finally {
            framework.stop();
            framework.waitForStop(10_000);
        }
    }

    private static List<String> exported(Bundle bundle) {
        // Outside quotes a comma parts packages; the first word of each is its name.
        var header = bundle.getHeaders().get("Export-Package").replaceAll("\"[^\"]*\"", "");
        return Arrays.stream(header.split(","))
                .map(each -> each.replaceFirst(";.*", ""))
                .sorted()
                .toList();
    }

    private Framework framework() throws Exception {
        var framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        folder.resolve("cache").toString(),
                        "org.osgi.framework.storage.clean",
                        "onFirstInit"));
        framework.start();
        return framework;
    }

    private static Bundle install(Framework framework, Path jar) throws Exception {
        return framework.getBundleContext().installBundle(jar.toUri().toString());
    }

    private static Path onClassPath(String name) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*[/\\\\]" + name + "-[^/\\\\]*\\.jar"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }

    private Path bundleOfUser() throws Exception {
        var source = Files.writeString(folder.resolve("Hello.java"), ACTIVATOR);
        var classes = folder.resolve("classes");
        var javac = ToolProvider.findFirst("javac").orElseThrow();
        assertThat(javac.run(System.out, System.err, "-proc:none", "-d", classes.toString(), source.toString()))
                .isZero();
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map.of(
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "org.example",
                        "Bundle-Activator", "org.example.Hello",
                        "Import-Package", "io.lingmq, io.lingmq.message, org.osgi.framework")
                .forEach(manifest.getMainAttributes()::putValue);
        var jar = folder.resolve("user.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("org/example/Hello.class"));
            out.write(Files.readAllBytes(classes.resolve("org/example/Hello.class")));
        }
        return jar;
    }
}
