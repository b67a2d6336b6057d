package io.lingmq.bench.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The figures in the lines that the processes print. */
public final class Figures {
    /** CPU seconds of sender and receiver together for a million messages, where both tell. */
    public static final String CPU_PER_MILLION = "cpu_s_per_million";

    /** CPU of sender and receiver together in percent of a core, where both tell. */
    public static final String CPU_PERCENT = "cpu_percent";

    private static final Pattern PAIR = Pattern.compile("(?<=\\s)([a-z][a-z0-9_]*)=(-?[0-9]+(?:\\.[0-9]+)?)(?=\\s|$)");

    private Figures() {}

    /** All {@code name=value} pairs of the lines, with what follows from them. */
    public static Map<String, Double> of(List<String> lines) {
        var figures = new LinkedHashMap<String, Double>();
        for (var line : lines) {
            var pairs = PAIR.matcher(line);
            while (pairs.find()) {
                figures.put(pairs.group(1), Double.parseDouble(pairs.group(2)));
            }
        }
        addCpu(figures);
        addCpuPercent(figures);
        return figures;
    }

    /** A microsecond for a message is a second for a million. */
    private static void addCpu(Map<String, Double> figures) {
        var both = figures.get("both_cpu_us_per_msg");
        var receiver = figures.get("receiver_cpu_us_per_msg");
        var sender = figures.get("sender_cpu_us_per_msg");
        if (both != null) {
            figures.put(CPU_PER_MILLION, both);
        } else if (receiver != null && sender != null) {
            figures.put(CPU_PER_MILLION, receiver + sender);
        }
    }

    private static void addCpuPercent(Map<String, Double> figures) {
        var receiver = figures.get("receiver_cpu_percent");
        var sender = figures.get("sender_cpu_percent");
        if (receiver != null && sender != null) {
            figures.put(CPU_PERCENT, receiver + sender);
        }
    }
}
