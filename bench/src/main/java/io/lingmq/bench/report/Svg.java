package io.lingmq.bench.report;

import io.lingmq.bench.report.Chart.Series;
import java.util.Locale;

/**
 * Draws charts as SVG. The background is left open and all colours are of middle brightness, so that a plot can be read
 * on white and on black.
 */
final class Svg {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 58;
    private static final int BOTTOM = 52;
    private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final int PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
    private static final double BARS_OF_SLOT = 0.7;
    private static final int WIDEST_BAR = 80;
    private static final int LEGEND_STEP = 110;
    private static final String INK = "#7d8590";

    private final Chart chart;
    private final Axis axis;
    private final StringBuilder out = new StringBuilder();

    private Svg(Chart chart, Axis axis) {
        this.chart = chart;
        this.axis = axis;
    }

    /** Lines over a logarithmic y axis. */
    static String lines(Chart chart) {
        var svg = new Svg(chart, Axis.logarithmic(chart.values()));
        svg.frame();
        chart.series().forEach(svg::line);
        return svg.end();
    }

    /** Bars from zero. */
    static String bars(Chart chart) {
        var svg = new Svg(chart, Axis.linear(chart.values()));
        svg.frame();
        for (var i = 0; i < chart.series().size(); i++) {
            svg.bars(chart.series().get(i), i);
        }
        return svg.end();
    }

    private void frame() {
        add("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s" font-family="sans-serif" font-size="12" fill="%s">
                """, WIDTH, HEIGHT, escaped(chart.title()), INK);
        text(LEFT, 18, "start", "font-size=\"15\" font-weight=\"bold\"", chart.title());
        text(LEFT, TOP - 10, "start", "", chart.yTitle() + (axis.logarithmic() ? " (logarithmic)" : ""));
        text(LEFT + PLOT_WIDTH / 2.0, HEIGHT - 10, "middle", "", chart.xTitle());
        axis.ticks().forEach(this::tick);
        for (var i = 0; i < chart.categories().size(); i++) {
            text(x(i), HEIGHT - BOTTOM + 18, "middle", "", chart.categories().get(i));
        }
        legend();
    }

    private void tick(double value) {
        add(
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\" stroke-opacity=\"0.35\"/>%n",
                LEFT, y(value), WIDTH - RIGHT, y(value), INK);
        text(LEFT - 8, y(value) + 4, "end", "", Numbers.brief(value));
    }

    private void legend() {
        for (var i = 0; i < chart.series().size(); i++) {
            var series = chart.series().get(i);
            var x = WIDTH - RIGHT - LEGEND_STEP * (chart.series().size() - i);
            add("<rect x=\"%d\" y=\"8\" width=\"12\" height=\"12\" fill=\"%s\"/>%n", x, series.colour());
            text(x + 18, 18, "start", "", series.name());
        }
    }

    private void line(Series series) {
        var points = new StringBuilder();
        for (var i = 0; i < series.values().length; i++) {
            var value = series.values()[i];
            if (drawable(value)) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y(value)));
                add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>%n", x(i), y(value), series.colour());
            }
        }
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\"/>%n",
                points.toString().strip(), series.colour());
    }

    private void bars(Series series, int index) {
        var count = chart.series().size();
        var width = Math.min(WIDEST_BAR, slot() * BARS_OF_SLOT / count);
        for (var i = 0; i < series.values().length; i++) {
            var value = series.values()[i];
            if (drawable(value)) {
                var left = x(i) + (index - count / 2.0) * width;
                add(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                        left, y(value), width - 2, HEIGHT - BOTTOM - y(value), series.colour());
                text(left + width / 2, y(value) - 4, "middle", "", Numbers.brief(value));
            }
        }
    }

    private boolean drawable(double value) {
        return Double.isFinite(value) && (!axis.logarithmic() || value > 0);
    }

    private double slot() {
        return (double) PLOT_WIDTH / chart.categories().size();
    }

    private double x(int category) {
        return LEFT + slot() * (category + 0.5);
    }

    private double y(double value) {
        return TOP + PLOT_HEIGHT * (1 - axis.share(value));
    }

    private void text(double x, double y, String anchor, String more, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>%n", x, y, anchor, more, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }

    private String end() {
        return out.append("</svg>\n").toString();
    }
}
