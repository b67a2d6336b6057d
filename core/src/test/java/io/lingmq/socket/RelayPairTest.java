package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.NotSupportedException;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RelayPairTest {
    /** One row for each frontend, in the order of the types; one sign for each backend. */
    private static final String[] TABLE = {
        "       PAIR PUB SUB REQ REP DEALER ROUTER PULL PUSH XPUB XSUB STREAM",
        "PAIR   +    +   +   +   +   +      +      +    +    +    +    +",
        "PUB    +    -   +   -   -   +      +      +    -    +    +    +",
        "SUB    +    +   -   -   -   +      +      -    +    +    +    +",
        "REQ    +    -   -   -   +   +      +      -    -    +    +    +",
        "REP    +    -   -   +   -   +      +      -    -    +    +    +",
        "DEALER +    +   +   +   +   +      +      +    +    +    +    +",
        "ROUTER +    +   +   +   +   +      +      +    +    +    +    +",
        "PULL   +    +   -   -   -   +      +      -    +    +    +    +",
        "PUSH   +    -   +   -   -   +      +      +    -    +    +    +",
        "XPUB   +    +   +   +   +   +      +      +    +    +    +    +",
        "XSUB   +    +   +   +   +   +      +      +    +    +    +    +",
        "STREAM +    +   +   +   +   +      +      +    +    +    +    +",
    };

    private static final String WITH_ITSELF = "+    -   -   -   +   +      +      -    -    +    +    +";

    private final ContextCore context = new ContextCore(1, "relay-pair-test");

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private SocketCore socket(SocketType type) {
        return context.socket(type, Settings.defaults());
    }

    private static boolean isPossible(SocketCore frontend, SocketCore backend) {
        try {
            new Relay(frontend, backend);
            return true;
        } catch (NotSupportedException e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void pairsThatCanPassMessagesOnAreTakenAndOthersRefused(SocketType frontend) {
        var row = new StringBuilder(String.format("%-7s", frontend));
        for (var backend : SocketType.values()) {
            var sign = isPossible(socket(frontend), socket(backend)) ? "+" : "-";
            row.append(String.format("%-" + (backend.name().length() + 1) + "s", sign));
        }
        assertThat(row.toString().strip()).isEqualTo(TABLE[1 + frontend.ordinal()]);
    }

    @Test
    void socketsThatCanPassMessagesOnToThemselvesAreTakenAndOthersRefused() {
        var row = new StringBuilder();
        for (var type : SocketType.values()) {
            var one = socket(type);
            row.append(String.format("%-" + (type.name().length() + 1) + "s", isPossible(one, one) ? "+" : "-"));
        }
        assertThat(row.toString().strip()).isEqualTo(WITH_ITSELF);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUSH | PUB | both only send",
                "SUB | PULL | both only receive",
                "REP | REP | each would wait for the other",
                "REP | PUSH | a REP must send a reply to each request, and here messages go one way only",
                "PULL | REQ | a REQ must receive a reply to each request, and here messages go one way only"
            })
    void saysWhy(SocketType frontend, SocketType backend, String reason) {
        assertThatThrownBy(() -> new Relay(socket(frontend), socket(backend)))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageStartingWith(
                        "no messages can be passed on between " + frontend + " and " + backend + ": " + reason);
    }

    @Test
    void saysWhyNotWithItself() {
        var req = socket(SocketType.REQ);
        assertThatThrownBy(() -> new Relay(req, req))
                .hasMessageStartingWith(
                        "no messages can be passed on between a REQ and itself: it must send before it receives");
    }

    @Test
    void requestsThatCanBeGivenUpMayGoOneWay() {
        var req = socket(SocketType.REQ);
        req.set(Options.REQ_RELAXED, true);

        assertThat(isPossible(socket(SocketType.PULL), req)).isTrue();
        assertThat(isPossible(req, socket(SocketType.SUB))).isTrue();
        assertThat(isPossible(req, socket(SocketType.PUSH)))
                .as("it would never ask")
                .isFalse();
    }
}
