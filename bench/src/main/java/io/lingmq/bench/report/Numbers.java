package io.lingmq.bench.report;

import java.util.Locale;

/** Numbers for readers: three digits that mean something. */
final class Numbers {
    private Numbers() {}

    static String brief(double value) {
        var size = Math.abs(value);
        if (size >= 1e6) {
            return digits(value / 1e6) + " M";
        }
        return size >= 10_000 ? digits(value / 1e3) + " k" : digits(value);
    }

    private static String digits(double value) {
        var size = Math.abs(value);
        if (value == 0) {
            return "0";
        }
        var format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.01 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }
}
