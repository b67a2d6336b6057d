package io.lingmq.cli.socket;

import io.lingmq.cli.format.Format;
import picocli.CommandLine.Option;

/** How messages and events are shown. */
final class Presentation {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|hex|json",
            description = {
                "How messages are written, those that are sent too.",
                "text: a line each, frames parted by a tab; control characters and what is not UTF-8 as \\xHH.",
                "hex: two digits for each byte, frames parted by a tab.",
                "json: an array of strings, or {\"hex\":\"00ff\"} for what is not UTF-8."
            })
    private Format format = Format.TEXT;

    @Option(
            names = {"-v", "--verbose"},
            description = "Tell on stderr what happens to the connections.")
    private boolean verbose;

    Format format() {
        return format;
    }

    boolean verbose() {
        return verbose;
    }
}
