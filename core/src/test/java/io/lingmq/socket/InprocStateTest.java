package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.socket.InprocState.News;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state with all news: what the table in InprocState says. */
class InprocStateTest {
    @ParameterizedTest
    @CsvSource({
        // state, JOINS, IS_REFUSED, LOSES_BINDER, TRIES_AGAIN, LINGERS, ENDS
        "WAITING,   JOINED, REFUSED, -,       -,       LINGERING, CLOSED",
        "JOINED,    -,      REFUSED, WAITING, -,       LINGERING, CLOSED",
        "REFUSED,   -,      -,       -,       WAITING, LINGERING, CLOSED",
        "LINGERING, -,      -,       -,       -,       -,         CLOSED",
        "CLOSED,    -,      -,       -,       -,       -,         -",
    })
    void newsBringTheNextStateOrNothing(
            InprocState state,
            String joins,
            String isRefused,
            String losesBinder,
            String triesAgain,
            String lingers,
            String ends) {
        var expected = new String[] {joins, isRefused, losesBinder, triesAgain, lingers, ends};
        for (var news : News.values()) {
            var next = state.after(news);
            assertThat(next == null ? "-" : next.name())
                    .as("%s, %s", state, news)
                    .isEqualTo(expected[news.ordinal()]);
        }
    }

    @ParameterizedTest
    @CsvSource({"WAITING, true", "JOINED, false", "REFUSED, false", "LINGERING, true", "CLOSED, false"})
    void binderIsWantedByWhoWaits(InprocState state, boolean expected) {
        assertThat(state.wantsBinder()).isEqualTo(expected);
    }
}
