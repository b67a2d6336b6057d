package io.lingmq.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.transport.ipc.IpcTransport;
import io.lingmq.transport.tcp.TcpTransport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private final Transports transports = new Transports(List.of(new TcpTransport(), new IpcTransport()));

    @ParameterizedTest
    @CsvSource({
        "tcp://127.0.0.1:5555, tcp, 127.0.0.1:5555",
        "ipc:///tmp/a b, ipc, /tmp/a b",
        "inproc://x, inproc, x",
        "inproc://a://b, inproc, a://b",
    })
    void hasASchemeAndAnAddress(String text, String scheme, String address) {
        var endpoint = transports.parse(text);

        assertThat(endpoint).isEqualTo(new Endpoint(scheme, address)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tcp", "127.0.0.1:5555", "://x", "tcp:/127.0.0.1:5555", "tcp:127.0.0.1"})
    void refusesTextWithoutATransport(String text) {
        assertThatThrownBy(() -> transports.parse(text))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("endpoint '" + text
                        + "' has no transport: write transport://address with one of inproc, ipc, tcp")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.INVALID));
    }

    @Test
    void refusesTextWithoutAnAddress() {
        assertThatThrownBy(() -> transports.parse("tcp://"))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("endpoint 'tcp://' has no address behind ://")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.INVALID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "TCP", "http"})
    void refusesUnknownTransport(String scheme) {
        assertThatThrownBy(() -> transports.parse(scheme + "://x"))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("endpoint '" + scheme + "://x' has the unknown transport '" + scheme
                        + "'; known are inproc, ipc, tcp")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.UNKNOWN_TRANSPORT));
    }

    @Test
    void transportsAreFoundByTheirScheme() {
        assertThat(transports.of(transports.parse("tcp://x:1"))).isInstanceOf(TcpTransport.class);
        assertThat(transports.of(transports.parse("ipc://x"))).isInstanceOf(IpcTransport.class);
        assertThatThrownBy(() -> transports.of(transports.parse("inproc://x")))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("endpoint 'inproc://x' has no links");
    }
}
