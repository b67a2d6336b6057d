package io.lingmq.documents;

import io.lingmq.Context;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of the library, to look up those that stand in a page: {@code socket.receive(Duration)},
 * {@code Options.SEND_HWM}, {@code new MessageBuffer()}.
 *
 * <p>A word with a large first letter is a type, one of large letters alone a constant, one before a parenthesis or
 * behind a point a method. A variable that is called like a type is of it; a method of any other may be that of any
 * type. The JDK's types are known too.
 */
final class ApiNames {
    private static final Pattern NAME =
            Pattern.compile("(?:(?<owner>\\w+|[)\\]>])\\.)?(?<![\\w])(?<name>[A-Za-z]\\w*)(?<call>\\()?");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]+");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final List<String> PACKAGES = List.of("", ".message", ".option", ".error", ".event", ".security");
    private static final List<String> JDK = List.of(
            "java.lang.",
            "java.time.",
            "java.util.",
            "java.util.concurrent.",
            "java.util.concurrent.Flow$",
            "java.nio.",
            "java.nio.channels.");

    private final List<Class<?>> types;

    private ApiNames(List<Class<?>> types) {
        this.types = types;
    }

    /** Those of the library that the tests run with. */
    static ApiNames ofLibrary() throws IOException {
        var found = new ArrayList<Class<?>>();
        var place = library();
        if (Files.isDirectory(place)) {
            collect(place, found);
        } else {
            try (var jar = FileSystems.newFileSystem(place)) {
                collect(jar.getPath("/"), found);
            }
        }
        return new ApiNames(List.copyOf(found));
    }

    private static Path library() {
        try {
            return Path.of(Context.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static void collect(Path root, List<Class<?>> found) throws IOException {
        for (var name : PACKAGES) {
            var folder = "io.lingmq" + name;
            try (var files = Files.list(root.resolve(folder.replace('.', '/')))) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                        .map(file -> type(folder + "." + file.replace(".class", "")))
                        .flatMap(Optional::stream)
                        .filter(type -> Modifier.isPublic(type.getModifiers()))
                        .forEach(found::add);
            }
        }
    }

    private static Optional<Class<?>> type(String name) {
        try {
            return Optional.of(Class.forName(name, false, ApiNames.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The names in a piece of code that do not exist. */
    List<String> unknownIn(String code) {
        var bare = TEXT.matcher(code).replaceAll("").replace("::", ".");
        return NAME.matcher(bare)
                .results()
                .filter(found -> !exists(found))
                .map(found -> found.group().replace("(", ""))
                .toList();
    }

    private boolean exists(MatchResult found) {
        var owner = found.group(1);
        var name = found.group(2);
        if (owner != null && isType(owner) && named(owner).findAny().isEmpty()) {
            return false;
        }
        if (CONSTANT.matcher(name).matches()) {
            return owners(owner).anyMatch(type -> hasConstant(type, name));
        }
        if (isType(name)) {
            return named(name).findAny().isPresent();
        }
        var isMethod = owner != null || found.group(3) != null;
        return !isMethod || owners(owner).anyMatch(type -> hasMethod(type, name));
    }

    private static boolean isType(String name) {
        return Character.isUpperCase(name.charAt(0));
    }

    /** The types that what stands before the point may have. */
    private Stream<Class<?>> owners(String owner) {
        if (owner == null || named(owner).findAny().isEmpty()) {
            return types.stream();
        }
        var own = named(owner).toList();
        return Stream.concat(
                own.stream(),
                types.stream().filter(type -> own.stream().anyMatch(above -> above.isAssignableFrom(type))));
    }

    /** A type's own name, or a variable's that is called like it; sockets' without the word. */
    private Stream<Class<?>> named(String name) {
        var ours = types.stream()
                .filter(type -> isType(name)
                        ? type.getSimpleName().equals(name)
                        : type.getSimpleName().equalsIgnoreCase(name)
                                || type.getSimpleName().equalsIgnoreCase(name + "Socket"));
        var jdk = isType(name)
                ? JDK.stream().map(place -> type(place + name)).flatMap(Optional::stream)
                : Stream.<Class<?>>empty();
        return Stream.concat(ours, jdk);
    }

    private static boolean hasMethod(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals(name));
    }

    private static boolean hasConstant(Class<?> type, String name) {
        return Arrays.stream(type.getFields()).anyMatch(field -> field.getName().equals(name));
    }
}
