package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * What every measurement works with.
 *
 * @param name the library's, in front of each line
 * @param library that is measured
 * @param in whose end says that this process may go
 * @param out for the figures
 */
record Bench(String name, Library library, InputStream in, PrintStream out) {
    Port bound(Kind kind, String endpoint) {
        var port = library.open(kind);
        bind(port, endpoint);
        return port;
    }

    /** Binds and says so: those who connect are started then. */
    void bind(Port port, String endpoint) {
        port.bind(endpoint);
        sayReady();
    }

    Port connected(Kind kind, String endpoint) {
        var port = library.open(kind);
        port.connect(endpoint);
        return port;
    }

    Line line(String label) {
        return new Line(name + " " + label);
    }

    void sayReady() {
        new Line(Line.READY).print(out);
    }

    /** Waits for the end of the input. */
    void stay() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Receives a message and makes sure that it is one of ours. */
    static void take(Port port, int size) throws InterruptedException {
        check(port.receive(), size);
    }

    /** Receives all there is from each port, and does something for each message; returns how many there were. */
    static int drain(List<Port> ports, int size, Reaction reaction) throws InterruptedException {
        var received = 0;
        for (var port : ports) {
            for (var got = port.tryReceive(); got != Port.NOTHING; got = port.tryReceive()) {
                check(got, size);
                reaction.to(port);
                received++;
            }
        }
        return received;
    }

    /** What is done for a message that came from a port. */
    @FunctionalInterface
    interface Reaction {
        void to(Port port) throws InterruptedException;
    }

    static void check(int received, int size) {
        if (received != size) {
            throw new IllegalStateException(
                    "a message of " + received + " bytes came where one of " + size + " was expected");
        }
    }
}
