package io.lingmq.pipe;

import io.lingmq.chain.ChainReader;
import io.lingmq.chain.ChainWriter;
import io.lingmq.wire.Command;

/**
 * The commands that a pipe's peer is to be told, as canonical frames: subscriptions. They are for one connection: the
 * next one is told how they stand when the socket hears of it, which is a moment after it can write. Until then it
 * writes nothing of this, and what was put in for an earlier one is passed over.
 *
 * <p>Threading: {@link #put}, {@link #opened} and {@link #closed} under the socket's lock; {@link #unread} by who has
 * the gate of the connection's output; {@link #connecting} in the connection's I/O thread, before anybody writes.
 */
final class ControlChain {
    /** Beyond all that will ever be written. */
    private static final long NOT_YET = Long.MAX_VALUE;

    private final ChainWriter writer = new ChainWriter();
    private final ChainReader reader = writer.reader();
    /** Where what is for the present connection begins. */
    private volatile long begins;
    /** How many connections there have been, and of how many the socket knows. */
    private volatile int connections;

    private int openings;

    /** Adds a command. */
    void put(Command command) {
        var frame = command.frame();
        writer.put(frame, 0, frame.length);
        writer.publishAll();
    }

    /** A connection is about to have the pipe. */
    void connecting() {
        begins = NOT_YET;
        var next = connections + 1; // one at a time has the pipe
        connections = next;
    }

    /** The socket hears of a connection; unless another has followed that already, its subscriptions begin here. */
    void opened() {
        openings++;
        if (openings >= connections) {
            begins = writer.written();
        }
    }

    /** The socket hears that a connection has ended. */
    void closed() {
        begins = NOT_YET;
    }

    /** What is to be written for the present connection. */
    ChainReader unread() {
        var stale = begins - reader.consumed();
        if (stale > 0) {
            reader.skip(Math.min(stale, reader.refresh()));
        }
        return reader;
    }

    boolean holdsMuch() {
        return writer.holdsMuch();
    }

    long published() {
        return writer.published();
    }

    void dropArrays() {
        reader.dropArrays();
    }
}
