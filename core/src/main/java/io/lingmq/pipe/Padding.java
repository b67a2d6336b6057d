package io.lingmq.pipe;

/**
 * Empty space in front of a subclass's fields.
 *
 * <p>Processors pass memory on in lines of 64 bytes, and often two at a time. Where one thread writes for every
 * message, nothing may lie near that another thread reads for every message; else each waits for the other, though they
 * share nothing. So such fields have this much space before them, and as much behind.
 */
@SuppressWarnings({"unused", "UnusedVariable"})
public abstract class Padding {
    private int gap; // four bytes behind the object's header, which a subclass's int would take
    private long p00;
    private long p01;
    private long p02;
    private long p03;
    private long p04;
    private long p05;
    private long p06;
    private long p07;
    private long p08;
    private long p09;
    private long p10;
    private long p11;
    private long p12;
    private long p13;
    private long p14;

    /** For subclasses. */
    protected Padding() {}
}
