package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.session.OutputState.News;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state with all news: what the table in OutputState says. */
class OutputStateTest {
    @ParameterizedTest
    @CsvSource({
        // state, BEGINS, IS_FULL, TAKES_AGAIN, FAILS
        "OPENING,      BEGUN,      OPENING_FULL, -,       FAILED",
        "OPENING_FULL, BEGUN_FULL, -,            OPENING, FAILED",
        "BEGUN,        -,          BEGUN_FULL,   -,       FAILED",
        "BEGUN_FULL,   -,          -,            BEGUN,   FAILED",
        "FAILED,       -,          -,            -,       -",
    })
    void newsBringTheNextStateOrNothing(
            OutputState state, String begins, String isFull, String takesAgain, String fails) {
        var expected = new String[] {begins, isFull, takesAgain, fails};
        for (var news : News.values()) {
            var next = state.after(news);
            assertThat(next == null ? "-" : next.name())
                    .as("%s, %s", state, news)
                    .isEqualTo(expected[news.ordinal()]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENING,      false, false",
        "OPENING_FULL, true,  false",
        "BEGUN,        false, true",
        "BEGUN_FULL,   true,  true",
        "FAILED,       true,  false",
    })
    void tellsWhetherAndWhatMayBeWritten(OutputState state, boolean isBlocked, boolean hasBegun) {
        assertThat(state.isBlocked()).isEqualTo(isBlocked);
        assertThat(state.hasBegun()).isEqualTo(hasBegun);
    }

    /** They come from two threads, and whichever is first keeps the other from nothing. */
    @ParameterizedTest
    @CsvSource({"OPENING, IS_FULL", "OPENING_FULL, TAKES_AGAIN"})
    void theBeginningAndTheChannelsNewsCommute(OutputState state, News channels) {
        assertThat(both(state, News.BEGINS, channels)).isEqualTo(both(state, channels, News.BEGINS));
    }

    private static OutputState both(OutputState state, News first, News second) {
        var between = state.after(first);
        assertThat(between).isNotNull();
        return between.after(second);
    }
}
