package io.lingmq.cli.peers;

import io.lingmq.cli.shell.OutputClosed;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of all rows, drawn anew in its place on a terminal.
 *
 * <p>The terminal cuts lines that are too long for it, since it is told not to wrap them. Of very many peers the first
 * ones are shown, or the table would not fit on a screen and could not be drawn over.
 */
final class PeerTable implements Display {
    private static final String WRAP_OFF = "\u001b[?7l";
    private static final String WRAP_ON = "\u001b[?7h";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";
    private static final int LONGEST_CELL = 40;
    private static final List<String> HEADER = List.of(
            "STATE",
            "SINCE",
            "TYPE",
            "ADDRESS",
            "ROUTING ID",
            "SENT",
            "RECEIVED",
            "OCTETS SENT",
            "OCTETS RECEIVED",
            "UNSENT",
            "UNREAD",
            "DROPPED");
    /** From this column on there are numbers. */
    private static final int FIRST_NUMBER = 5;

    private static final int LAST_NUMBER = 10;

    private final PrintStream out;
    private final int mostRows;
    private final DateTimeFormatter time;
    private int drawn;

    PeerTable(PrintStream out, int mostRows, ZoneId zone) {
        this.out = out;
        this.mostRows = mostRows;
        time = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
        out.print(WRAP_OFF);
    }

    @Override
    public void show(List<PeerRow> all, List<PeerRow> changed) {
        var lines = lines(all);
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "A\r\u001b[J");
        }
        out.print(BOLD + lines.get(0) + PLAIN + "\n");
        lines.subList(1, lines.size()).forEach(line -> out.print(line + "\n"));
        drawn = lines.size();
        if (out.checkError()) {
            throw new OutputClosed();
        }
    }

    private List<String> lines(List<PeerRow> all) {
        var cells = new ArrayList<List<String>>();
        cells.add(HEADER);
        all.stream().limit(mostRows).map(this::cells).forEach(cells::add);
        var widths = widths(cells);
        var lines = new ArrayList<String>();
        cells.forEach(row -> lines.add(line(row, widths)));
        if (all.size() > mostRows) {
            lines.add("… and " + (all.size() - mostRows) + " more");
        }
        return lines;
    }

    private List<String> cells(PeerRow row) {
        var counts = row.peer().counts();
        return List.of(
                row.state(),
                time.format(row.peer().since()),
                row.type(),
                row.address(),
                row.routingId(),
                String.valueOf(counts.sent()),
                String.valueOf(counts.received()),
                String.valueOf(counts.octetsSent()),
                String.valueOf(counts.octetsReceived()),
                String.valueOf(counts.unsent()),
                String.valueOf(counts.unread()),
                row.dropped());
    }

    private static int[] widths(List<List<String>> cells) {
        var widths = new int[HEADER.size()];
        for (var row : cells) {
            for (var i = 0; i < widths.length; i++) {
                widths[i] =
                        Math.max(widths[i], Math.min(LONGEST_CELL, row.get(i).length()));
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (var i = 0; i < widths.length; i++) {
            var text = row.get(i);
            var cell = text.length() > LONGEST_CELL ? text.substring(0, LONGEST_CELL - 1) + "…" : text;
            var gap = " ".repeat(widths[i] - cell.length());
            var isNumber = i >= FIRST_NUMBER && i <= LAST_NUMBER;
            line.append(isNumber ? gap + cell : cell + gap).append("  ");
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        out.print(WRAP_ON);
        out.flush();
    }
}
