package io.lingmq.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Durations as the command line writes them. */
class SpanTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "250, 250", "250ms, 250", "5s, 5000", "0.5s, 500", "1 s, 1000", "2m, 120000", "1h, 3600000"})
    void readsNumberAndUnit(String text, long ms) {
        assertThat(new Span().convert(text)).isEqualTo(Duration.ofMillis(ms));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5x", "-1", "-1s", "1,5s", "forever"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> new Span().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .message()
                .containsAnyOf("250ms", "leave the option out");
    }

    @Test
    void longestStillFitsAClock() {
        assertThat(new Span().convert("999999999h").toNanos()).isPositive();
    }

    @Test
    void printsWhatItReads() {
        assertThat(Span.text(Duration.ofMillis(1500))).isEqualTo("1500ms");
        assertThat(Span.text(Duration.ofSeconds(5))).isEqualTo("5s");
    }
}
