package io.lingmq.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A password as a flag gives it: in a file, in the environment, or in clear text with a warning. */
final class Secret {
    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";

    private Secret() {}

    /**
     * Reads it; without the end of its line, where it comes from a file.
     *
     * @param notes hears the warning
     */
    static String read(String flag, String text, Consumer<String> notes) {
        if (text.startsWith(FILE)) {
            return inFile(flag, text.substring(FILE.length()));
        }
        if (text.startsWith(ENVIRONMENT)) {
            var name = text.substring(ENVIRONMENT.length());
            var value = System.getenv(name);
            if (value == null) {
                throw CommandFailure.usage(flag + ": the environment has no variable " + name);
            }
            return value;
        }
        notes.accept("warning: " + flag + " on a command line can be read by every user of this machine;"
                + " file:PATH or env:NAME keeps it to yourself");
        return text;
    }

    private static String inFile(String flag, String path) {
        try {
            return Files.readString(Path.of(path)).replaceFirst("\\R\\z", "");
        } catch (IOException | RuntimeException e) {
            throw CommandFailure.usage(flag + ": cannot read " + path + ": " + e.getMessage());
        }
    }
}
