package io.lingmq.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The JAR tells GraalVM's native-image what is looked up by name: the fields behind each {@code VarHandle}. Providers
 * that {@code ServiceLoader} finds are registered by native-image itself, and there are no resources.
 */
@Tag("one-jdk")
class NativeImageTest {
    private static final String PAGE = "../resources/META-INF/native-image/io.lingmq/lingmq/reflect-config.json";
    private static final Pattern HANDLE =
            Pattern.compile("Fields\\.handle\\(\\s*MethodHandles\\.lookup\\(\\), (\\w+)\\.class, \"(\\w+)\"");

    /** Which Java has since 21: see AdaptiveSpin. */
    private static final String IS_VIRTUAL =
            "  {\"name\": \"java.lang.Thread\", \"methods\": [{\"name\": \"isVirtual\", \"parameterTypes\": []}]}";

    @Test
    void fieldsThatAreLookedUpAreTold() throws IOException {
        var page = CoreClasses.sources().resolve(PAGE).normalize();
        var fresh = page(fields());
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, fresh);
        }
        assertThat(Files.readString(page))
                .as("%s; to write it anew: -Dtest=NativeImageTest -Ddocs.write=true", page)
                .isEqualTo(fresh);
    }

    @Test
    void noResourceIsReadAndNoClassMadeByName() throws IOException {
        var calls = Pattern.compile("\\.getResource(AsStream|s)?\\(|\\.newInstance\\(|\\bProxy\\.newProxyInstance\\(");
        try (Stream<Path> files = Files.walk(CoreClasses.sources())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file))
                        .as("%s; native-image would have to be told", file)
                        .doesNotContainPattern(calls);
            }
        }
    }

    private static TreeMap<String, TreeSet<String>> fields() throws IOException {
        var found = new TreeMap<String, TreeSet<String>>();
        try (Stream<Path> files = Files.walk(CoreClasses.sources())) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                HANDLE.matcher(Files.readString(file))
                        .results()
                        .forEach(each -> found.computeIfAbsent(owner(file, each.group(1)), name -> new TreeSet<>())
                                .add(each.group(2)));
            }
        }
        return found;
    }

    /** The class may be nested in that of the file, or have a file of its own beside it. */
    private static String owner(Path file, String simpleName) {
        var folder = CoreClasses.sources().relativize(file.getParent());
        var packageName = folder.toString().replace(folder.getFileSystem().getSeparator(), ".");
        var outer = packageName + "." + file.getFileName().toString().replace(".java", "");
        return Stream.of(packageName + "." + simpleName, outer + "$" + simpleName)
                .filter(NativeImageTest::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no class " + simpleName + " as used in " + file));
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, NativeImageTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String page(TreeMap<String, TreeSet<String>> fields) {
        assertThat(fields).as("classes with handles").hasSizeGreaterThan(10);
        return fields.entrySet().stream()
                .map(each -> "  {\"name\": \"" + each.getKey() + "\", \"fields\": ["
                        + each.getValue().stream()
                                .map(field -> "{\"name\": \"" + field + "\"}")
                                .collect(Collectors.joining(", "))
                        + "]}")
                .collect(Collectors.joining(",\n", "[\n", ",\n" + IS_VIRTUAL + "\n]\n"));
    }
}
