package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.session.OpeningState.News;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state with all news: what the table in OpeningState says. */
class OpeningStateTest {
    @ParameterizedTest
    @CsvSource({
        // state, IS_ASKED, IS_DECIDED, IS_REFUSED, ENDS
        "OPENING,  PENDING, -,       FAREWELL, OVER",
        "PENDING,  -,       OPENING, -,        OVER",
        "FAREWELL, -,       -,       -,        OVER",
        "OVER,     -,       -,       -,        -",
    })
    void newsBringTheNextStateOrNothing(
            OpeningState state, String isAsked, String isDecided, String isRefused, String ends) {
        var expected = new String[] {isAsked, isDecided, isRefused, ends};
        for (var news : News.values()) {
            var next = state.after(news);
            assertThat(next == null ? "-" : next.name())
                    .as("%s, %s", state, news)
                    .isEqualTo(expected[news.ordinal()]);
        }
    }
}
