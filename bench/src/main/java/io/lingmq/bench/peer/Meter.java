package io.lingmq.bench.peer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a stretch of work costs the whole process: time, CPU, and bytes allocated by all its threads. */
final class Meter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long allocated = allocatedBytes();
    private final long cpuNs = SYSTEM.getProcessCpuTime();
    private final long beginNs = System.nanoTime();

    private Meter() {}

    /**
     * The cost of a stretch of work.
     *
     * @param seconds by the clock
     * @param cpuSeconds of all threads together
     * @param allocatedBytes by the threads that live at its end
     */
    record Cost(double seconds, double cpuSeconds, long allocatedBytes) {
        /** Of one core. */
        double cpuPercent() {
            return 100 * cpuSeconds / seconds;
        }
    }

    static Meter begin() {
        return new Meter();
    }

    Cost end() {
        var endNs = System.nanoTime();
        var cpuEndNs = SYSTEM.getProcessCpuTime();
        return new Cost((endNs - beginNs) / 1e9, (cpuEndNs - cpuNs) / 1e9, allocatedBytes() - allocated);
    }

    private static long allocatedBytes() {
        var sum = 0L;
        for (var bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes); // -1 stands for a thread that has just ended
        }
        return sum;
    }
}
