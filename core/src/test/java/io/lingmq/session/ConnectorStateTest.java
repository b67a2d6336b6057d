package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.session.ConnectorState.News;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state with all news: what the table in ConnectorState says. */
class ConnectorStateTest {
    @ParameterizedTest
    @CsvSource({
        // state, ATTEMPTS, IS_RESOLVED, IS_CONNECTED, FAILS, IS_LOST, ENDS
        "WAITING,   RESOLVING, -,       -,         -,       -,       OVER",
        "RESOLVING, -,         DIALING, -,         WAITING, -,       OVER",
        "DIALING,   -,         -,       CONNECTED, WAITING, -,       OVER",
        "CONNECTED, -,         -,       -,         -,       WAITING, OVER",
        "OVER,      -,         -,       -,         -,       -,       -",
    })
    void newsBringTheNextStateOrNothing(
            ConnectorState state,
            String attempts,
            String isResolved,
            String isConnected,
            String fails,
            String isLost,
            String ends) {
        var expected = new String[] {attempts, isResolved, isConnected, fails, isLost, ends};
        for (var news : News.values()) {
            var next = state.after(news);
            assertThat(next == null ? "-" : next.name())
                    .as("%s, %s", state, news)
                    .isEqualTo(expected[news.ordinal()]);
        }
    }
}
