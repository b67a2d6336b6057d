package io.lingmq.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.Context;
import io.lingmq.error.EndpointException;
import io.lingmq.message.Message;
import io.lingmq.toy.ToyTransport;
import io.lingmq.transport.ipc.IpcTransport;
import io.lingmq.transport.tcp.TcpTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstalledTransportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void transportOfAnotherModuleIsFoundByItsScheme() throws InterruptedException {
        try (var context = Context.open();
                var server = context.rep();
                var client = context.req()) {
            var endpoint = server.bind("toy://*");
            assertThat(endpoint).matches("toy://[1-9]\\d*");
            client.connect(endpoint);

            client.send(Message.of(new byte[100_000]));
            assertThat(server.receive(PATIENCE).size(0)).isEqualTo(100_000);
            server.send(Message.of("answer"));
            assertThat(client.receive(PATIENCE)).isEqualTo(Message.of("answer"));
        }
    }

    @Test
    void unknownSchemeIsToldWithThoseOfOtherModules() {
        try (var context = Context.open();
                var socket = context.push()) {
            assertThatThrownBy(() -> socket.connect("nowhere://x"))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("unknown transport 'nowhere'; known are inproc, ipc, tcp, toy");
        }
    }

    @Test
    void twoOfOneSchemeAreRefusedByName() {
        var transports =
                new Transports(List.of(new TcpTransport()), () -> List.of(new ToyTransport(), new ToyTransport()));

        assertThatThrownBy(() -> transports.parse("toy://1"))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("two transports have the scheme 'toy': io.lingmq.toy.ToyTransport and"
                        + " io.lingmq.toy.ToyTransport; leave out the module that brings one of them");
    }

    @Test
    void noModuleTakesASchemeOfTheLibraryAway() {
        var transports =
                new Transports(List.of(new TcpTransport()), () -> List.of(new TcpTransport(), new IpcTransport()));

        assertThat(transports.parse("tcp://x:1").scheme()).isEqualTo("tcp");
        assertThatThrownBy(() -> transports.parse("ipc://x"))
                .isInstanceOf(EndpointException.class)
                .hasMessageContaining("two transports have the scheme 'tcp'");
    }
}
