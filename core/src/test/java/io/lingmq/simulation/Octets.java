package io.lingmq.simulation;

import java.util.Arrays;

/** Octets that come in pieces of any size, until somebody can make something of them. */
final class Octets {
    private byte[] held = new byte[256];
    private int begin;
    private int end;

    void add(byte[] piece) {
        if (end + piece.length > held.length) {
            held = Arrays.copyOfRange(held, begin, begin + Math.max(2 * held.length, size() + piece.length));
            end -= begin;
            begin = 0;
        }
        System.arraycopy(piece, 0, held, end, piece.length);
        end += piece.length;
    }

    int size() {
        return end - begin;
    }

    /** One of them, as a number from 0 to 255. */
    int at(int index) {
        return held[begin + index] & 0xFF;
    }

    /** A number of so many of them, the highest one first. */
    long number(int from, int count) {
        var number = 0L;
        for (var i = from; i < from + count; i++) {
            number = number << 8 | at(i);
        }
        return number;
    }

    /** The first ones, which are held no longer. */
    byte[] take(int count) {
        var taken = Arrays.copyOfRange(held, begin, begin + count);
        begin += count;
        return taken;
    }
}
