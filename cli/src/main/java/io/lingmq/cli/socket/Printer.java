package io.lingmq.cli.socket;

import io.lingmq.cli.format.Layout;
import io.lingmq.cli.format.Receipt;
import io.lingmq.cli.shell.OutputClosed;
import io.lingmq.message.Message;
import java.io.PrintStream;
import java.time.Instant;

/** Writes messages in their layout. Threading: confined to the thread that receives. */
final class Printer {
    private final PrintStream out;
    private final Layout layout;
    private final int end;
    private final boolean addressed;
    private long printed;

    /** @param addressed whether the first frame of a message is its sender's routing id */
    Printer(PrintStream out, Presentation presentation, boolean addressed) {
        this.out = out;
        this.layout = presentation.layout();
        this.end = presentation.printedEnd();
        this.addressed = addressed;
    }

    /** Writes a message into the buffer. */
    void print(Message message) {
        var octets = layout.print(message, new Receipt(++printed, Instant.now(), addressed));
        out.write(octets, 0, octets.length);
        if (end >= 0) {
            out.write(end);
        }
    }

    /** Lets the reader see what was written; done whenever there is nothing more to write at once. */
    void flush() {
        if (out.checkError()) {
            throw new OutputClosed();
        }
    }
}
