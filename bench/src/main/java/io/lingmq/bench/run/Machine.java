package io.lingmq.bench.run;

import com.sun.management.OperatingSystemMXBean;
import io.lingmq.bench.report.Results;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What the figures were measured on. */
final class Machine {
    /** The name of the fact that tells the day. */
    static final String DATE = "Date";

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path TIMER_SLACK = Path.of("/proc/self/timerslack_ns");
    private static final Path HALT_POLL = Path.of("/sys/module/kvm/parameters/halt_poll_ns");
    private static final Path IDLE_DRIVER = Path.of("/sys/devices/system/cpu/cpuidle/current_driver");
    private static final String MODEL = "model name";
    private static final double GIB = 1024.0 * 1024 * 1024;

    private Machine() {}

    static void describe(Results results) {
        results.note(DATE, LocalDate.now(ZoneOffset.UTC).toString());
        results.note("CPU", cpuModel() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        results.note("Memory", Math.round(memoryBytes() / GIB) + " GiB");
        results.note("Kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        results.note("Wake-ups", wakeUps());
        results.note("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    }

    private static String cpuModel() {
        try (var lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** What decides how long a thread that sleeps takes to wake, where the system tells. */
    private static String wakeUps() {
        return "timer slack " + first(TIMER_SLACK) + " ns, idle processors polled for " + first(HALT_POLL)
                + " ns (halt_poll_ns), cpuidle driver " + first(IDLE_DRIVER);
    }

    private static String first(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("unknown").strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static long memoryBytes() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getTotalMemorySize();
    }
}
