package io.lingmq.option;

import static io.lingmq.option.SocketType.DEALER;
import static io.lingmq.option.SocketType.REQ;
import static io.lingmq.option.SocketType.ROUTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketTypeTest {
    /** All pairs: what is not listed may not talk. */
    @ParameterizedTest
    @CsvSource({
        "PAIR, PAIR",
        "PUB, SUB XSUB",
        "XPUB, SUB XSUB",
        "SUB, PUB XPUB",
        "XSUB, PUB XPUB",
        "REQ, REP ROUTER",
        "REP, REQ DEALER",
        "DEALER, REP DEALER ROUTER",
        "ROUTER, REQ DEALER ROUTER",
        "PUSH, PULL",
        "PULL, PUSH",
    })
    void acceptsTheTypesOfItsPattern(SocketType type, String peers) {
        var accepted = EnumSet.noneOf(SocketType.class);
        for (var peer : SocketType.values()) {
            if (type.accepts(peer)) {
                accepted.add(peer);
            }
        }
        assertThat(accepted.stream().map(Enum::name)).containsExactlyInAnyOrder(peers.split(" "));
    }

    @Test
    void bothSidesAgree() {
        for (var one : SocketType.values()) {
            for (var other : SocketType.values()) {
                assertThat(one.accepts(other)).as("%s and %s", one, other).isEqualTo(other.accepts(one));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PAIR, 0, true, true",
        "PUB, 1, true, false",
        "SUB, 2, false, true",
        "REQ, 3, true, true",
        "REP, 4, true, true",
        "DEALER, 5, true, true",
        "ROUTER, 6, true, true",
        "PULL, 7, false, true",
        "PUSH, 8, true, false",
        "XPUB, 9, true, true",
        "XSUB, 10, true, true",
    })
    void hasLibzmqsNumberAndDirections(SocketType type, int number, boolean sends, boolean receives) {
        assertThat(type.libzmqNumber()).isEqualTo(number);
        assertThat(type.sends()).isEqualTo(sends);
        assertThat(type.receives()).isEqualTo(receives);
    }

    @Test
    void threeTypesTellTheirRoutingId() {
        assertThat(Arrays.stream(SocketType.values()).filter(SocketType::announcesRoutingId))
                .containsExactlyInAnyOrder(REQ, DEALER, ROUTER);
    }

    @Test
    void isFoundByNameInAnyCase() {
        assertThat(SocketType.named("dealer")).contains(DEALER);
        assertThat(SocketType.named("DEALER")).contains(DEALER);
        assertThat(SocketType.named("dish")).isEmpty();
        assertThat(SocketType.named("")).isEmpty();
    }
}
