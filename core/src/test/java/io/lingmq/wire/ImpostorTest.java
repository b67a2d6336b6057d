package io.lingmq.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpostorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "POST /x",
                "PUT /x",
                "HEAD /",
                "OPTIONS *",
                "DELETE /x",
                "HTTP/1.1 200 OK",
                "PRI * HTTP/2.0",
                "CONNECT host:1",
                "GET",
                "PO",
                "H",
            })
    void knowsHttp(String text) {
        assertThat(guess(Zmtp.ascii(text))).isEqualTo("looks like HTTP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"16 03 01 02 00", "16", "80 2E 01 00 02"})
    void knowsTls(String hex) {
        assertThat(guess(Hex.bytes(hex))).isEqualTo("looks like TLS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2", "ssh-1"})
    void knowsSsh(String text) {
        assertThat(guess(Zmtp.ascii(text))).isEqualTo("looks like SSH");
    }

    @Test
    void showsTheFirstTenOctetsOfAllElse() {
        assertThat(guess(Hex.bytes("0D 0A"))).isEqualTo("it sent 0d 0a");
        assertThat(guess(new byte[64])).isEqualTo("it sent 00 00 00 00 00 00 00 00 00 00");
        assertThat(guess(Zmtp.ascii("+PONG"))).isEqualTo("it sent 2b 50 4f 4e 47");
    }

    @Test
    void looksOnlyAtWhatHasCome() {
        assertThat(Impostor.guess(Zmtp.ascii("+GET / HTTP/1.1"), 1)).isEqualTo("it sent 2b");
    }

    @Test
    void guessesForEveryFirstOctet() {
        for (var first = 0; first < 256; first++) {
            assertThat(guess(new byte[] {(byte) first}))
                    .as("first octet %d", first)
                    .isNotBlank();
        }
    }

    private static String guess(byte[] octets) {
        return Impostor.guess(octets, octets.length);
    }
}
