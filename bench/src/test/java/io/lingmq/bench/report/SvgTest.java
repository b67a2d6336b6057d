package io.lingmq.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.bench.report.Chart.Series;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SvgTest {
    private static final int HEIGHT = 360;

    private static Chart chart(double... values) {
        var categories = List.of("16 B", "64 B", "<256> & more").subList(0, values.length);
        return new Chart("Rates", "a second", "size", categories, List.of(new Series("LingMQ", "#2f81f7", values)));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static double attribute(Document svg, String tag, int index, String name) {
        return Double.parseDouble(((Element) svg.getElementsByTagName(tag).item(index)).getAttribute(name));
    }

    @Test
    void linesHaveAPointForEachValue() throws Exception {
        var svg = parsed(Svg.lines(chart(10, 1000, 100)));
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3);
        assertThat(attribute(svg, "circle", 1, "cy")).isLessThan(attribute(svg, "circle", 2, "cy"));
        assertThat(attribute(svg, "circle", 2, "cy")).isLessThan(attribute(svg, "circle", 0, "cy"));
    }

    @Test
    void aMissingValueIsLeftOut() throws Exception {
        var svg = parsed(Svg.lines(chart(10, Double.NaN, 100)));
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(2);
    }

    @Test
    void barsAreAsHighAsTheirValues() throws Exception {
        var svg = parsed(Svg.bars(chart(10, 20)));
        // The first one belongs to the legend.
        assertThat(attribute(svg, "rect", 2, "height")).isEqualTo(2 * attribute(svg, "rect", 1, "height"));
    }

    @Test
    void nothingAtAllIsStillAPicture() throws Exception {
        assertThat(parsed(Svg.lines(chart(Double.NaN)))
                        .getElementsByTagName("circle")
                        .getLength())
                .isZero();
        assertThat(parsed(Svg.bars(chart(0))).getDocumentElement().getTagName()).isEqualTo("svg");
    }

    /** A fixed background or black text could not be read where the page is dark. */
    @Test
    void theBackgroundIsLeftOpen() throws Exception {
        var svg = parsed(Svg.bars(chart(10, 20)));
        for (var i = 0; i < svg.getElementsByTagName("rect").getLength(); i++) {
            assertThat(attribute(svg, "rect", i, "height")).isLessThan(HEIGHT);
        }
        assertThat(svg.getDocumentElement().getAttribute("fill")).isNotEmpty();
    }

    @Test
    void aLogarithmicAxisHoldsAllValuesBetweenRoundOnes() {
        var axis = Axis.logarithmic(12, 80);
        assertThat(axis.ticks()).containsExactly(10.0, 20.0, 50.0, 100.0);
        assertThat(axis.share(10)).isZero();
        assertThat(axis.share(100)).isEqualTo(1);
        assertThat(axis.share(Math.sqrt(1000))).isBetween(0.499, 0.501);
    }

    @Test
    void aWideAxisHasPowersOfTen() {
        assertThat(Axis.logarithmic(3, 40_000).ticks()).containsExactly(1.0, 10.0, 100.0, 1000.0, 10_000.0, 100_000.0);
    }

    @Test
    void aLinearAxisBeginsAtZero() {
        var axis = Axis.linear(7, 93);
        assertThat(axis.ticks()).startsWith(0.0).endsWith(100.0);
        assertThat(axis.share(50)).isEqualTo(0.5);
    }
}
