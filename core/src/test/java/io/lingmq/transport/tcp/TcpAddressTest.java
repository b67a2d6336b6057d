package io.lingmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:5555, 127.0.0.1, 5555",
        "*:5555, *, 5555",
        "*:*, *, 0",
        "127.0.0.1:0, 127.0.0.1, 0",
        "host-1.example_x.org:65535, host-1.example_x.org, 65535",
        "[::1]:5555, ::1, 5555",
        "[fe80::1%eth0]:*, fe80::1%eth0, 0",
        "::1:5555, ::1, 5555",
        "eth0:00080, eth0, 80",
    })
    void hasAHostAndAPort(String text, String host, int port) {
        assertThat(TcpAddress.parse(text)).isEqualTo(new TcpAddress(null, host, port));
    }

    @Test
    void mayHaveASource() {
        assertThat(TcpAddress.parse("127.0.0.2:6000;127.0.0.1:5555"))
                .isEqualTo(new TcpAddress(new TcpAddress(null, "127.0.0.2", 6000), "127.0.0.1", 5555));
        assertThat(TcpAddress.parse("*:0;[::1]:5555").source()).isEqualTo(new TcpAddress(null, "*", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", ":5555", "[::1]", "localhost", "5555", "127.0.0.1:1;", ";127.0.0.1:1"})
    void refusesTextWithoutHostOrPort(String text) {
        assertThatThrownBy(() -> TcpAddress.parse(text))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("endpoint 'tcp://" + text
                        + "': write host:port, for example 127.0.0.1:5555, [::1]:5555 or *:5555")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.INVALID));
    }

    @ParameterizedTest
    @CsvSource({
        "x:65536, 65536",
        "x:-1, -1",
        "x:+1, +1",
        "x:, ''",
        "x:http, http",
        "'x:1 ', '1 '",
        "x:000080, 000080",
        "x:٣, ٣",
        "x:99999999999, 99999999999",
    })
    void refusesOtherPorts(String text, String port) {
        assertThatThrownBy(() -> TcpAddress.parse(text))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("endpoint 'tcp://" + text + "': port '" + port
                        + "' must be a number from 0 to 65535, or * for any free one");
    }

    @ParameterizedTest
    @CsvSource({
        "ho st:1, ho st",
        "a/b:1, a/b",
        "[:1, [",
        "hö:1, hö",
        "**:1, **",
        "user@host:1, user@host",
        "[zz::1]:1, zz::1",
        "zz::1:1, zz::1",
        "[1::2::3]:1, 1::2::3",
        "[::1%a/b]:1, ::1%a/b"
    })
    void refusesOtherHosts(String text, String host) {
        assertThatThrownBy(() -> TcpAddress.parse(text))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith(
                        "endpoint 'tcp://" + text + "': '" + host + "' is no host name, address or network interface");
    }

    // ---- what has to be looked up

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "*:1", "[::1]:1", "255.255.255.255:1"})
    void literalsNeedNoLookUp(String text) {
        assertThat(TcpAddress.parse(text).isLiteral()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:1", "eth0:1", "1.2.3.x:1", "host.example.org:1"})
    void namesNeedALookUp(String text) {
        assertThat(TcpAddress.parse(text).isLiteral()).isFalse();
    }

    /** Java asks the name server for it, which must not happen on an I/O thread. */
    @Test
    void impossibleAddressIsNoLiteral() {
        assertThat(TcpAddress.parse("256.1.1.1:1").isLiteral()).isFalse();
    }

    // ---- how it is known

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:05555, 127.0.0.1:5555",
        "*:*, 0.0.0.0:0",
        "[0:0:0:0:0:0:0:1]:1, [::1]:1",
        "::1:1, [::1]:1",
        "[FE80::00A1]:1, [fe80::a1]:1",
        "[fe80::1%nosuchlink0]:1, [fe80::1%nosuchlink0]:1",
        "some.Host:1, some.Host:1",
        "127.0.0.1:*;[::0]:1, 127.0.0.1:0;[::]:1",
    })
    void allWaysToWriteItHaveOneFormInCommon(String text, String canonical) {
        assertThat(TcpAddress.parse(text).canonical()).isEqualTo(canonical);
    }
}
