package io.lingmq.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** What is staged has all that Maven Central asks for, signatures apart. */
@Tag("release")
class StagedTest {
    @ParameterizedTest
    @ValueSource(strings = {"lingmq-bom", "lingmq", "lingmq-testkit", "lingmq-contract", "lingmq-cli"})
    void pomStandsAlone(String artifact) throws Exception {
        var project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Staged.file(artifact, ".pom").toFile())
                .getDocumentElement();
        assertThat(text(project, "groupId")).isEqualTo("io.lingmq");
        assertThat(text(project, "artifactId")).isEqualTo(artifact);
        assertThat(text(project, "version")).isEqualTo(Staged.VERSION);
        for (var told : List.of("name", "description", "url", "licenses", "developers", "scm")) {
            assertThat(text(project, told)).as(told).isNotBlank();
        }
        for (var ours : List.of("parent", "modules", "build", "profiles", "repositories", "properties")) {
            assertThat(text(project, ours)).as(ours).isEmpty();
        }
        assertThat(project.getTextContent()).doesNotContain("junit-bom", "<scope>test");
    }

    /** What the element says, with all in it; empty if the project has none itself. */
    private static String text(Element project, String name) {
        for (var node = project.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (name.equals(node.getNodeName())) {
                return node.getTextContent().strip();
            }
        }
        return "";
    }

    @Test
    void librariesBringWhatTheyNeedAndNoMore() throws IOException {
        assertThat(Files.readString(Staged.file("lingmq", ".pom"))).containsOnlyOnce("<dependency>");
        assertThat(Files.readString(Staged.file("lingmq-cli", ".pom"))).doesNotContain("junit", "assertj");
    }

    @ParameterizedTest
    @EnumSource
    void jarIsAModuleWithItsLicence(Published module) throws IOException {
        try (var jar = new JarFile(Staged.file(module.artifact(), ".jar").toFile())) {
            assertThat(names(jar)).contains("module-info.class", "META-INF/LICENSE");
            var headers = jar.getManifest().getMainAttributes();
            assertThat(headers.getValue("Implementation-Version")).isEqualTo(Staged.VERSION);
            assertThat(headers.getValue("Bundle-SymbolicName"))
                    .isEqualTo(module.descriptor().name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void sourcesAndPagesComeWithTheirLicence(Published module) throws IOException {
        var first = module.exported().get(0).replace('.', '/');
        try (var jar =
                new JarFile(Staged.file(module.artifact(), "-sources.jar").toFile())) {
            assertThat(names(jar)).contains("module-info.java", first + "/package-info.java", "META-INF/LICENSE");
        }
        try (var jar =
                new JarFile(Staged.file(module.artifact(), "-javadoc.jar").toFile())) {
            assertThat(names(jar)).contains("index.html", "element-list", "META-INF/LICENSE");
        }
    }

    /** Also those of methods that such a type has from a class which is not public. */
    @ParameterizedTest
    @ValueSource(
            strings = {"PushSocket", "PubSocket", "PullSocket", "SubSocket", "TwoWaySocket", "ReqSocket", "Sender"})
    void pagesOfSocketsTellTheExceptions(String type) throws IOException {
        try (var jar = new JarFile(Staged.file("lingmq", "-javadoc.jar").toFile())) {
            var page = new String(
                    jar.getInputStream(jar.getEntry("io.lingmq/io/lingmq/" + type + ".html"))
                            .readAllBytes(),
                    UTF_8);
            assertThat(page).contains("error/ClosedException.html", "error/TimedOutException.html");
        }
    }

    @ParameterizedTest
    @EnumSource
    void listOfPartsNamesThem(Published module) throws IOException {
        var parts = Files.readString(Staged.file(module.artifact(), "-cyclonedx.json"));
        assertThat(parts)
                .contains("\"CycloneDX\"", "\"" + module.artifact() + "\"")
                .doesNotContain("awaitility");
    }

    @ParameterizedTest
    @ValueSource(strings = {".pom", ".jar", "-sources.jar", "-javadoc.jar"})
    void filesHaveChecksums(String end) throws Exception {
        var file = Staged.file("lingmq", end);
        assertThat(checksum(file, "sha1")).isEqualTo(digest(file, "SHA-1"));
        assertThat(checksum(file, "md5")).isEqualTo(digest(file, "MD5"));
    }

    private static String checksum(Path file, String kind) throws IOException {
        return Files.readString(file.resolveSibling(file.getFileName() + "." + kind))
                .strip();
    }

    private static String digest(Path file, String algorithm) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
    }

    @Test
    void nothingElseIsStaged() throws IOException {
        try (var artifacts = Files.list(Staged.repository().resolve("io/lingmq"))) {
            assertThat(artifacts.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "lingmq", "lingmq-bom", "lingmq-cli", "lingmq-contract", "lingmq-testkit");
        }
    }

    private static List<String> names(JarFile jar) {
        return jar.stream().map(ZipEntry::getName).toList();
    }
}
