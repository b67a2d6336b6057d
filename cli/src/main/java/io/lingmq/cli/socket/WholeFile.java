package io.lingmq.cli.socket;

import io.lingmq.cli.shell.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file whose octets are one frame. */
final class WholeFile {
    private static final String STDIN = "-";

    private WholeFile() {}

    /**
     * All octets of the file.
     *
     * @param stdin what {@code -} stands for
     * @throws CommandFailure if it cannot be read, or is larger than a frame can be in this process
     */
    static byte[] read(String path, InputStream stdin) {
        try {
            return path.equals(STDIN) ? stdin.readAllBytes() : Files.readAllBytes(Path.of(path));
        } catch (IOException | RuntimeException e) {
            throw CommandFailure.usage("--file: cannot read " + path + ": " + e.getMessage());
        } catch (OutOfMemoryError e) {
            throw CommandFailure.usage("--file: " + path + " is too large to be one message here;"
                    + " LING_JAVA_OPTS=-Xmx8g allows more memory, and a frame ends at 2 GiB");
        }
    }
}
