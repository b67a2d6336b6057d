package io.lingmq.cli.socket;

import io.lingmq.cli.format.Format;
import io.lingmq.cli.shell.OutputClosed;
import io.lingmq.message.Message;
import java.io.PrintStream;

/** Writes messages as lines. Threading: confined to the thread that receives. */
final class Printer {
    private final PrintStream out;
    private final Format format;

    Printer(PrintStream out, Format format) {
        this.out = out;
        this.format = format;
    }

    /** Writes a message into the buffer. */
    void print(Message message) {
        out.print(format.print(message));
        out.print('\n');
    }

    /** Lets the reader see what was written; done whenever there is nothing more to write at once. */
    void flush() {
        if (out.checkError()) {
            throw new OutputClosed();
        }
    }
}
