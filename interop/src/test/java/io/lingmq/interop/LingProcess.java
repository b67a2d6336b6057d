package io.lingmq.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts the {@code ling} command as a user does. */
final class LingProcess {
    private LingProcess() {}

    /** Starts it with the given arguments. */
    static Program start(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(path()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        try {
            return Program.start("ling-" + arguments[0], command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The script that starts it. */
    static String path() {
        return root().resolve("ling").toString();
    }

    /** What the script gives the JVM. */
    static String classPath() {
        var target = root().resolve("cli/target");
        return target.resolve("lingmq-cli.jar") + ":" + target.resolve("lib") + "/*";
    }

    private static Path root() {
        var folder = PeerLanguage.target();
        while (!Files.isExecutable(folder.resolve("ling"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("no ling command above " + PeerLanguage.target());
            }
        }
        return folder;
    }
}
