package io.lingmq.bench.report;

import java.util.Arrays;
import java.util.List;

/**
 * What a plot shows.
 *
 * @param title above it
 * @param yTitle what the values are
 * @param xTitle what the categories are
 * @param categories along the x axis, evenly spaced
 * @param series one for each library
 */
record Chart(String title, String yTitle, String xTitle, List<String> categories, List<Series> series) {
    /**
     * One line, or one bar at each category.
     *
     * @param name for the legend
     * @param colour as SVG writes it
     * @param values one for each category, NaN where there is none
     */
    record Series(String name, String colour, double[] values) {}

    /** All values that there are. */
    double[] values() {
        return series.stream()
                .flatMapToDouble(one -> Arrays.stream(one.values()))
                .filter(Double::isFinite)
                .toArray();
    }
}
