package io.lingmq.cli.socket;

import io.lingmq.cli.format.Format;
import io.lingmq.cli.format.Layout;
import picocli.CommandLine.Option;

/** How messages and events are shown. */
final class Presentation {
    private static final int LINE_FEED = '\n';

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|hex|json|raw|TEMPLATE",
            converter = Layout.Converter.class,
            description = {
                "How messages are written, those that are sent too.",
                "text: a line each, frames parted by a tab; control characters and what is not UTF-8 as \\xHH.",
                "hex: two digits for each byte, frames parted by a tab.",
                "json: an array of strings, or {\"hex\":\"00ff\"} for what is not UTF-8.",
                "raw: octets as they are, with nothing between; the whole of stdin is one message.",
                "TEMPLATE: for what is printed, such as '%%T %%t %%s\\n'. %%t first frame, %%s last frame, %%1 to %%9"
                        + " that frame, %%a all, %%j all as json, %%x as hex, %%n number of frames, %%S octets of the"
                        + " last frame, %%A of all, %%i which message, %%T time of receipt, %%e the same in ms since"
                        + " 1970, %%r routing id of the sender (router, stream); \\n \\r \\t \\0."
            })
    private Layout layout = Layout.TEXT;

    @Option(
            names = {"-0", "--null"},
            description = "Each message ends in a NUL, on stdin and stdout, in place of a line feed.")
    private boolean nul;

    @Option(
            names = {"-v", "--verbose"},
            description = "Tell on stderr what happens to the connections.")
    private boolean verbose;

    Format format() {
        return layout.format();
    }

    Layout layout() {
        return layout;
    }

    /** The octet that ends a printed message, or a negative number for none. */
    int printedEnd() {
        return nul ? 0 : layout.hasLines() ? LINE_FEED : -1;
    }

    /** The octet that ends a message on stdin, or a negative number where only its end does. */
    int readEnd() {
        return nul ? 0 : format() == Format.RAW ? -1 : LINE_FEED;
    }

    boolean verbose() {
        return verbose;
    }
}
