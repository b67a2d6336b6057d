package io.lingmq.bench.report;

import java.util.List;

/**
 * One section of the page: a table and its plot.
 *
 * @param id names the plot's file
 * @param title the heading
 * @param text what was done
 * @param unit of the figures
 * @param rowTitle over the first column, and under the plot
 * @param moreIsBetter whether the ratio is ours by theirs, or theirs by ours
 * @param plot how the plot looks
 * @param rows of the table
 */
record Section(
        String id,
        String title,
        String text,
        String unit,
        String rowTitle,
        boolean moreIsBetter,
        Plot plot,
        List<Row> rows) {
    /** How a plot looks. */
    enum Plot {
        /** Lines, for what grows; the y axis is logarithmic. */
        LINES,
        /** Bars from zero, for few figures of one order of magnitude. */
        BARS
    }
}
