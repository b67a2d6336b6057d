package io.lingmq.cli.shell;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * What a command talks to: its input, its output, its diagnostics, and the way to end the process.
 *
 * <p>Everything is written in UTF-8, whatever the locale says, because messages are.
 *
 * @param in where messages to send are read from
 * @param out where results go; it is flushed by whoever writes to it
 * @param err where diagnostics go
 * @param decorated whether a person is looking at all of it: colours make sense
 * @param attended whether a person reads the diagnostics, and may be told why nothing happens
 * @param columns how wide a help page may be; asked for only where one is shown
 * @param halt ends the process at once with the given code, without closing anything
 */
public record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean decorated,
        boolean attended,
        IntSupplier columns,
        IntConsumer halt) {
    private static final int OUTPUT_BUFFER_BYTES = 1 << 16;
    /** Where Linux tells what stderr is. */
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private static final Path STDOUT = Path.of("/proc/self/fd/1");

    /** The console of this process. */
    public static Console ofProcess() {
        var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER_BYTES);
        var err = new BufferedOutputStream(new FileOutputStream(FileDescriptor.err));
        var terminal = isTerminal();
        return new Console(
                System.in,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal && System.getenv("NO_COLOR") == null,
                isTerminal(STDERR, terminal),
                () -> TerminalWidth.of(System.getenv("COLUMNS"), isTerminal(STDOUT, terminal)),
                code -> Runtime.getRuntime().halt(code));
    }

    /** From JDK 22 on there may be a console without a terminal, unless the older kind is asked for. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    /** Whether the descriptor is a terminal; where nobody knows, what is known of the others. */
    private static boolean isTerminal(Path descriptor, boolean otherwise) {
        try {
            var device = Files.readSymbolicLink(descriptor).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | RuntimeException e) {
            return otherwise;
        }
    }

    /** Tells the user something that is no result. */
    public void note(String sentence) {
        err.println(sentence);
        err.flush();
    }
}
