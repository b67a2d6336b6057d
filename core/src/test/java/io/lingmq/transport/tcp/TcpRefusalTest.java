package io.lingmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.transport.BindFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.channels.UnsupportedAddressTypeException;
import org.junit.jupiter.api.Test;

/** The reason is found from the facts, whatever the operating system says, and in whichever language. */
class TcpRefusalTest {
    private final BindException unclear = new BindException("Das geht leider nicht");

    private static InetSocketAddress address(String host, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    @Test
    void portOfAnotherIsInUse() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(TcpRefusal.reason(address("127.0.0.1", other.getLocalPort()), unclear))
                    .isEqualTo(BindFailure.IN_USE);
        }
    }

    @Test
    void addressOfAnotherMachineIsNotLocal() throws IOException {
        assertThat(TcpRefusal.reason(address("192.0.2.1", 5555), unclear)).isEqualTo(BindFailure.NOT_LOCAL);
        assertThat(TcpRefusal.reason(address("2001:db8::1", 5555), unclear)).isEqualTo(BindFailure.NOT_LOCAL);
    }

    @Test
    void lowPortAtWhichNobodyAnswersIsDenied() throws IOException {
        assertThat(TcpRefusal.reason(address("127.0.0.1", 1), unclear)).isEqualTo(BindFailure.DENIED);
    }

    @Test
    void addressOfAFamilyThatIsMissingIsNotAvailable() throws IOException {
        assertThat(TcpRefusal.reason(address("::1", 5555), new UnsupportedAddressTypeException()))
                .isEqualTo(BindFailure.NO_IPV6);
    }

    @Test
    void allElseIsToldInTheSystemsOwnWords() throws IOException {
        assertThat(TcpRefusal.reason(address("127.0.0.1", 5555), new SocketException("Etwas anderes")))
                .isEqualTo(BindFailure.OTHER);
    }
}
