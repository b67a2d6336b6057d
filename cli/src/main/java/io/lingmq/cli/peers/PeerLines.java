package io.lingmq.cli.peers;

import io.lingmq.cli.shell.OutputClosed;
import java.io.PrintStream;
import java.util.List;

/** A line for each row that has changed. */
final class PeerLines implements Display {
    private final PrintStream out;
    private final PeerFormat format;

    PeerLines(PrintStream out, PeerFormat format) {
        this.out = out;
        this.format = format;
    }

    @Override
    public void show(List<PeerRow> all, List<PeerRow> changed) {
        for (var row : changed) {
            out.print(format.print(row));
            out.print('\n');
        }
        if (out.checkError()) {
            throw new OutputClosed();
        }
    }

    @Override
    public void close() {}
}
