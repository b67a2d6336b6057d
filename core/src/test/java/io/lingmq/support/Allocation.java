package io.lingmq.support;

import java.lang.reflect.Method;

/** Counts the bytes that a thread allocates. */
public final class Allocation {
    // By reflection, since this module does not read the one that counts.
    private static final Object THREADS;
    private static final Method COUNT;

    static {
        try {
            THREADS = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            COUNT = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Allocation() {}

    /** How many bytes the work allocates on this thread. */
    public static long of(Runnable work) {
        var before = soFar();
        work.run();
        return soFar() - before;
    }

    private static long soFar() {
        try {
            return (long) COUNT.invoke(THREADS);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("it can be called", e);
        }
    }
}
