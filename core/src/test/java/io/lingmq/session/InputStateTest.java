package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.session.InputState.News;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state with all news: what the table in InputState says. */
class InputStateTest {
    @ParameterizedTest
    @CsvSource({
        // state, BEGINS, IS_FULL, HAS_ROOM, DISCARDS, ENDS
        "BEGINNING,  READING, -,      -,       DISCARDING, ENDED",
        "READING,    -,       PAUSED, -,       DISCARDING, ENDED",
        "PAUSED,     -,       -,      READING, DISCARDING, ENDED",
        "DISCARDING, -,       -,      -,       -,          ENDED",
        "ENDED,      -,       -,      -,       -,          -",
    })
    void newsBringTheNextStateOrNothing(
            InputState state, String begins, String isFull, String hasRoom, String discards, String ends) {
        var expected = new String[] {begins, isFull, hasRoom, discards, ends};
        for (var news : News.values()) {
            var next = state.after(news);
            assertThat(next == null ? "-" : next.name())
                    .as("%s, %s", state, news)
                    .isEqualTo(expected[news.ordinal()]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BEGINNING,  false, true",
        "READING,    true,  false",
        "PAUSED,     true,  true",
        "DISCARDING, false, false",
        "ENDED,      false, false",
    })
    void tellsWhetherItTakesMessagesAndWhetherItListens(InputState state, boolean takesMessages, boolean isQuiet) {
        assertThat(state.takesMessages()).isEqualTo(takesMessages);
        assertThat(state.isQuiet()).isEqualTo(isQuiet);
    }
}
