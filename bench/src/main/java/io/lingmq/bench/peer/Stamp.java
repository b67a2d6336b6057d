package io.lingmq.bench.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The time when a message should have left, in its last eight octets. It stands at the end because a subscriber chooses
 * by the beginning.
 */
final class Stamp {
    /** Where there is no message; no clock shows that. */
    static final long NONE = Long.MIN_VALUE;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Stamp() {}

    /** Writes the time, of {@link System#nanoTime}, to the end of a body. */
    static void write(byte[] body, long dueNs) {
        LONG.set(body, body.length - Long.BYTES, dueNs);
    }

    /** Reads the time, and makes sure of the body's size first. */
    static long read(byte[] body, int size) {
        Bench.check(body.length, size);
        return (long) LONG.get(body, size - Long.BYTES);
    }
}
