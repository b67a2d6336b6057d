package io.lingmq.guard;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads the library's classes before they are needed, where they lie in a folder, as they do during development and in
 * unpacked archives. To load one from there takes a file descriptor, and the Java machine remembers a failure: a class
 * that was first needed when all descriptors were used up, to tell of just that perhaps, would be missing for ever
 * (JVMS 5.4.3). An archive is kept open, so classes in one need nothing; they are left alone, and cost no time.
 *
 * <p>Threading: any thread.
 */
public final class ClassFolder {
    private static final String SUFFIX = ".class";

    private ClassFolder() {}

    /**
     * Loads all classes that lie in one folder, and those below it, with the given one. They are not initialized.
     *
     * @return how many there were; 0 if it comes from somewhere else
     */
    public static int load(Class<?> one) {
        try {
            var source = one.getProtectionDomain().getCodeSource();
            if (source == null || !"file".equals(source.getLocation().getProtocol())) {
                return 0;
            }
            var root = Path.of(source.getLocation().toURI());
            return Files.isDirectory(root) ? loadAll(root, one.getClassLoader()) : 0;
        } catch (Throwable e) { // it was only for the case of need
            Log.debug("the classes could not be loaded in advance", e);
            return 0;
        }
    }

    private static int loadAll(Path root, ClassLoader loader) throws IOException {
        var loaded = 0;
        for (var name : names(root)) {
            try {
                Class.forName(name, false, loader);
                loaded++;
            } catch (ClassNotFoundException | LinkageError e) { // an optional one, for which something else is missing
                Log.debug("a class could not be loaded in advance", e);
            }
        }
        return loaded;
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(SUFFIX) && !file.endsWith("-info" + SUFFIX))
                    .map(file ->
                            file.substring(0, file.length() - SUFFIX.length()).replace(File.separatorChar, '.'))
                    .toList();
        }
    }
}
