package io.lingmq.bench.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The figures in the lines that the processes print. */
public final class Figures {
    /** CPU seconds of sender and receiver together for a million messages. */
    public static final String CPU_PER_MILLION = "cpu_s_per_million";

    private static final Pattern PAIR = Pattern.compile("(?<=\\s)([a-z][a-z0-9_]*)=(-?[0-9]+(?:\\.[0-9]+)?)(?=\\s|$)");
    private static final double MILLION = 1e6;

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
        return figures;
    }

    private static void addCpu(Map<String, Double> figures) {
        var count = figures.get("count");
        var receiver = figures.get("cpu_s");
        if (count != null && receiver != null) {
            var seconds = receiver + figures.getOrDefault("sender_cpu_s", 0.0);
            figures.put(CPU_PER_MILLION, seconds / count * MILLION);
        }
    }
}
