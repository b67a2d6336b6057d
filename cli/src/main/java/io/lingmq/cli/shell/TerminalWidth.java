package io.lingmq.cli.shell;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How wide a help page may be: as the environment's {@code COLUMNS} says, else as the terminal is; between what can be
 * laid out and what can be read. Where there is no terminal, always the same, so that files and tests do not differ.
 */
final class TerminalWidth {
    static final int STANDARD = 100;
    private static final int LEAST = 60;
    private static final int MOST = 120;
    private static final File TERMINAL = new File("/dev/tty");
    private static final long PATIENCE_MS = 500;

    private TerminalWidth() {}

    /**
     * The width in columns.
     *
     * @param columns what the environment says, or null
     * @param terminal whether stdout is a terminal
     */
    static int of(@Nullable String columns, boolean terminal) {
        var said = number(columns);
        var known = said > 0 ? said : terminal ? ask() : 0;
        return known > 0 ? Math.min(MOST, Math.max(LEAST, known)) : STANDARD;
    }

    /** Of two numbers, rows and columns, the second, or of one the first; 0 where there is none. */
    static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text.strip().replaceFirst("^\\d+ ", ""));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Asks the terminal; 0 where it does not say. */
    private static int ask() {
        try {
            var stty = new ProcessBuilder("stty", "size")
                    .redirectInput(TERMINAL)
                    .redirectErrorStream(true)
                    .start();
            if (!stty.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                stty.destroy();
                return 0;
            }
            return number(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
