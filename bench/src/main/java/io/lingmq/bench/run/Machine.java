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
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";
    private static final double GIB = 1024.0 * 1024 * 1024;

    private Machine() {}

    static void describe(Results results) {
        results.note("Date", LocalDate.now(ZoneOffset.UTC).toString());
        results.note("CPU", cpuModel() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        results.note("Memory", Math.round(memoryBytes() / GIB) + " GiB");
        results.note("Kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
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

    private static long memoryBytes() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getTotalMemorySize();
    }
}
