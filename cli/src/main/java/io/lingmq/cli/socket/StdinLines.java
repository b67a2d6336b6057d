package io.lingmq.cli.socket;

import io.lingmq.cli.format.Format;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.message.Message;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A message from each line of the input, or from what another octet ends, up to a count.
 *
 * <p>Threading: a daemon thread reads, because reading cannot be interrupted and commands must be.
 */
final class StdinLines implements MessageSource {
    private static final int READ_AHEAD_LINES = 1000;
    private static final byte[] NOTHING = new byte[0];

    /** A line, or the end of the input, or the failure that ended it. */
    private record Read(byte[] line, boolean end, @Nullable IOException failure) {}

    private final BlockingQueue<Read> lines = new ArrayBlockingQueue<>(READ_AHEAD_LINES);
    private final InputStream in;
    private final Format format;
    private final int end;
    private final long count;
    private long handedOut;
    private volatile boolean handedOutAny;
    private boolean begun;
    private volatile boolean waitsForInput;

    /** @param end the octet that ends a message; a negative number makes one message of the whole input */
    StdinLines(InputStream in, Format format, int end, long count) {
        this.end = end;
        this.in = in;
        this.format = format;
        this.count = count;
    }

    @Override
    public @Nullable Message next() throws InterruptedException {
        if (handedOut == count) {
            return null;
        }
        if (!begun) {
            begun = true;
            start();
        }
        var read = lines.take();
        if (read.failure() != null) {
            throw CommandFailure.failed(
                    "reading stdin failed: " + read.failure().getMessage());
        }
        return read.end() ? null : message(read.line());
    }

    @Override
    public boolean isSilent() {
        try {
            return waitsForInput && in.available() == 0 && lines.isEmpty() && !handedOutAny;
        } catch (IOException e) {
            return true; // whoever reads will say so
        }
    }

    private Message message(byte[] line) {
        handedOut++;
        handedOutAny = true;
        try {
            return format.message(line);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.failed(
                    (end == '\n' ? "line " : "message ") + handedOut + " of stdin: " + e.getMessage());
        }
    }

    private void start() {
        var reader = new Thread(this::readAll, "ling-stdin");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll() {
        try {
            readLines();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readLines() throws InterruptedException {
        try {
            var input = new BufferedInputStream(in, 1 << 16);
            waitsForInput = true;
            for (var line = line(input); line != null; line = line(input)) {
                lines.put(new Read(line, false, null));
                waitsForInput = true;
            }
            lines.put(new Read(NOTHING, true, null));
        } catch (IOException e) {
            lines.put(new Read(NOTHING, true, e));
        }
    }

    /**
     * The bytes up to the next end of a message, or null at the end of all; a carriage return before a line feed
     * belongs to the line's end.
     */
    private byte @Nullable [] line(InputStream input) throws IOException {
        var octet = input.read();
        waitsForInput = false;
        if (octet < 0) {
            return null;
        }
        var line = new ByteArrayOutputStream();
        var carriageReturn = false;
        for (; octet >= 0 && octet != end; octet = input.read()) {
            if (carriageReturn) {
                line.write('\r');
            }
            carriageReturn = end == '\n' && octet == '\r';
            if (!carriageReturn) {
                line.write(octet);
            }
        }
        return line.toByteArray();
    }
}
