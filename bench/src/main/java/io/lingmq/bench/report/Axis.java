package io.lingmq.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A y axis: from values to a share of the height, with ticks at round values.
 *
 * @param low the value at the bottom
 * @param high the value at the top
 * @param logarithmic whether equal distances are equal ratios
 * @param ticks where a line is drawn
 */
record Axis(double low, double high, boolean logarithmic, List<Double> ticks) {
    private static final int LINEAR_TICKS = 5;
    private static final double[] ROUND = {1, 2, 5};
    private static final double[] POWERS = {1};
    private static final double WIDE = 200;

    /** From zero to a round value above all others. */
    static Axis linear(double... values) {
        var most = Arrays.stream(values).max().orElse(1);
        var step = roundUp((most > 0 ? most : 1) / LINEAR_TICKS);
        var ticks = new ArrayList<Double>();
        for (var i = 0; i == 0 || ticks.get(i - 1) < most; i++) {
            ticks.add(i * step);
        }
        return new Axis(0, ticks.get(ticks.size() - 1), false, List.copyOf(ticks));
    }

    /** From a round value below all positive ones to one above. */
    static Axis logarithmic(double... values) {
        var positive = Arrays.stream(values).filter(value -> value > 0).toArray();
        var least = Arrays.stream(positive).min().orElse(1);
        var most = Arrays.stream(positive).max().orElse(1);
        var marks = most / least > WIDE ? POWERS : ROUND;
        var ticks = new ArrayList<Double>();
        var first = (int) Math.floor(Math.log10(least)) - 1;
        var last = (int) Math.ceil(Math.log10(most)) + 1;
        for (var power = first; power <= last; power++) {
            for (var mark : marks) {
                ticks.add(mark * Math.pow(10, power));
            }
        }
        var low =
                ticks.stream().filter(tick -> tick <= least).reduce((a, b) -> b).orElse(least);
        var high = ticks.stream()
                .filter(tick -> tick >= most && tick > low)
                .findFirst()
                .orElse(most);
        ticks.removeIf(tick -> tick < low || tick > high);
        return new Axis(low, high, true, List.copyOf(ticks));
    }

    private static double roundUp(double step) {
        var power = Math.pow(10, Math.floor(Math.log10(step)));
        for (var mark : ROUND) {
            if (mark * power >= step) {
                return mark * power;
            }
        }
        return 10 * power;
    }

    /** 0 for the bottom to 1 for the top. */
    double share(double value) {
        var share = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return Math.max(0, Math.min(1, share));
    }
}
