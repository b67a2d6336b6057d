package io.lingmq.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How wide a help page is. */
class TerminalWidthTest {
    @ParameterizedTest
    @CsvSource({"80, 80", "20, 60", "300, 120", "0, 100", "-5, 100", "wide, 100", "'', 100"})
    void environmentSaysHowWide(String columns, int width) {
        assertThat(TerminalWidth.of(columns, false)).isEqualTo(width);
    }

    @Test
    void withoutATerminalItIsAlwaysTheSame() {
        assertThat(TerminalWidth.of(null, false)).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"24 80, 80", "'50 132\n', 132", "stty: no such device, 0"})
    void terminalTellsRowsAndColumns(String told, int columns) {
        assertThat(TerminalWidth.number(told)).isEqualTo(columns);
    }
}
