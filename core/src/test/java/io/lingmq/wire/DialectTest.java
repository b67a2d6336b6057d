package io.lingmq.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
    private static final Command SUBSCRIBE = Command.of(Command.SUBSCRIBE, Zmtp.ascii("A"));
    private static final Command CANCEL = Command.of(Command.CANCEL, Zmtp.ascii("A"));
    private static final Command PING = Command.of(Command.PING, new byte[2]);

    @ParameterizedTest
    @CsvSource({
        "UNVERSIONED, 00 02 01 41, 00 02 00 41, ''",
        "ZMTP_1_0, 00 02 01 41, 00 02 00 41, ''",
        "ZMTP_2_0, 00 02 01 41, 00 02 00 41, ''",
        "ZMTP_3_0, 00 02 01 41, 00 02 00 41, 04 07 04 50 49 4E 47 00 00",
        "ZMTP_3_1, 04 0B 09 53 55 42 53 43 52 49 42 45 41, 04 08 06 43 41 4E 43 45 4C 41, 04 07 04 50 49 4E 47 00 00",
    })
    void commandsAreToldAsThePeerUnderstandsThem(Dialect dialect, String subscribe, String cancel, String ping) {
        assertThat(Hex.text(dialect.frame(SUBSCRIBE))).isEqualTo(subscribe);
        assertThat(Hex.text(dialect.frame(CANCEL))).isEqualTo(cancel);
        assertThat(Hex.text(dialect.frame(PING))).isEqualTo(ping);
    }
}
