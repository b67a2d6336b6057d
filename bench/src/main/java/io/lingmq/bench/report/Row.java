package io.lingmq.bench.report;

/**
 * One row of a table, which is also one place on the x axis of its plot.
 *
 * @param label what the reader sees
 * @param scenario where the figure comes from
 * @param figure which one
 */
record Row(String label, String scenario, String figure) {}
