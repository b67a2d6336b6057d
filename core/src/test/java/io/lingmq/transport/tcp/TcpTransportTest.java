package io.lingmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.transport.ChannelAcceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpTransportTest {
    private final TcpTransport tcp = new TcpTransport();
    private final Settings settings = Settings.defaults();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : open) {
            each.close();
        }
    }

    private ChannelAcceptor listen(String address, Settings with) {
        var listening = tcp.listen(address, with);
        open.add(listening.channel());
        return listening;
    }

    private static int port(ChannelAcceptor listening) {
        return Integer.parseInt(listening.endpoint().replaceAll(".*:", ""));
    }

    // ---- listening

    @ParameterizedTest
    @CsvSource({"127.0.0.1:*, tcp://127.0.0.1:", "127.0.0.1:0, tcp://127.0.0.1:", "*:*, tcp://0.0.0.0:"})
    void endpointHasTheRealPort(String address, String begin) throws IOException {
        var listening = listen(address, settings);

        assertThat(listening.endpoint()).matches(Pattern.quote(begin) + "[1-9]\\d*");
        assertThat(((InetSocketAddress) listening.channel().getLocalAddress()).getPort())
                .isEqualTo(port(listening));
        assertThat(listening.channel().isBlocking()).isFalse();
    }

    @Test
    void ipv6EndpointHasBrackets() {
        assertThat(listen("[::1]:*", settings).endpoint()).matches("tcp://\\[[0-9a-f:]+\\]:\\d+");
    }

    @Test
    void wildcardWithoutIpv6IsReachedOverIpv4() throws IOException {
        var listening = listen("*:*", settings.with(Options.IPV6, false));
        try (var client =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(listening)))) {
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void refusesPortThatIsInUse() {
        var first = listen("127.0.0.1:*", settings);

        assertThatThrownBy(() -> tcp.listen("127.0.0.1:" + port(first), settings))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("cannot bind " + first.endpoint()
                        + ": another socket is bound to it; close that one or choose another")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.ADDRESS_IN_USE));
    }

    @Test
    void portIsFreeAgainAtOnce() throws IOException {
        var first = listen("127.0.0.1:*", settings);
        try (var client = SocketChannel.open(first.channel().getLocalAddress())) {
            assertThat(client.isConnected()).isTrue();
            open.add(first.channel().accept());
            first.close();

            assertThatCode(() -> listen("127.0.0.1:" + port(first), settings)).doesNotThrowAnyException();
        }
    }

    @Test
    void refusesAddressOfAnotherMachine() {
        assertThatThrownBy(() -> tcp.listen("203.0.113.1:5555", settings))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith(
                        "cannot bind tcp://203.0.113.1:5555: the address does not belong to this machine")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.ADDRESS_NOT_AVAILABLE));
    }

    @Test
    void refusesHostThatNobodyKnows() {
        assertThatThrownBy(() -> tcp.listen("no-such-host.invalid:5555", settings))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith(
                        "cannot bind tcp://no-such-host.invalid:5555: 'no-such-host.invalid' is no address,"
                                + " interface or name of this machine")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.NO_SUCH_DEVICE));
    }

    @Test
    void refusesMalformedAddress() {
        assertThatThrownBy(() -> tcp.listen("5555", settings)).isInstanceOf(EndpointException.class);
    }

    @Test
    void receiveBufferIsSetBeforeConnectionsCome() throws IOException {
        var listening = listen("127.0.0.1:*", settings.with(Options.RECEIVE_BUFFER, 20_000));

        assertThat(listening.channel().getOption(StandardSocketOptions.SO_RCVBUF))
                .isBetween(20_000, 60_000);
    }

    // ---- connecting

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "127.0.0.1:*"})
    void portToConnectToMustBeNamed(String address) {
        assertThatThrownBy(() -> tcp.check(address))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith(
                        "endpoint 'tcp://" + address + "': to connect, name the port that the peer is bound to");
    }

    @Test
    void checkingLooksNothingUp() {
        assertThatCode(() -> tcp.check("no-such-host.invalid:5555")).doesNotThrowAnyException();
        assertThatThrownBy(() -> tcp.check("no port")).isInstanceOf(EndpointException.class);
    }

    @Test
    void onlyNamesMayBlock() {
        assertThat(tcp.mayBlock("127.0.0.1:1")).isFalse();
        assertThat(tcp.mayBlock("localhost:1")).isTrue();
        assertThat(tcp.mayBlock("127.0.0.1:0;localhost:1")).isTrue();
        assertThat(tcp.mayBlock("localhost:0;127.0.0.1:1")).isTrue();
        assertThat(tcp.mayBlock("lo:0;127.0.0.1:1")).isTrue();
        assertThat(tcp.mayBlock("127.0.0.1:0;127.0.0.1:1")).isFalse();
    }

    @Test
    void connectsFromTheSourceThatIsNamed() throws IOException {
        var listening = listen("127.0.0.1:*", settings);
        var address = "127.0.0.2:0;127.0.0.1:" + port(listening);
        try (var channel = tcp.open(tcp.resolve(address, settings).get(0), settings)) {
            assertThat(channel.isBlocking()).isFalse();
            assertThat(((InetSocketAddress) channel.getLocalAddress()).getHostString())
                    .isEqualTo("127.0.0.2");
        }
    }

    @Test
    void channelsAreTuned() throws IOException {
        var tuned = settings.with(Options.SEND_BUFFER, 30_000)
                .with(Options.RECEIVE_BUFFER, 40_000)
                .with(Options.TCP_KEEP_ALIVE, 1)
                .with(Options.TYPE_OF_SERVICE, 0x10);
        try (var channel = tcp.open(tcp.resolve("127.0.0.1:1", settings).get(0), tuned)) {
            assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF)).isBetween(30_000, 90_000);
            assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF)).isBetween(40_000, 120_000);
            assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.IP_TOS)).isEqualTo(0x10);
        }
    }

    @Test
    void otherEndIsShownAsPeersWriteIt() throws IOException {
        var listening = listen("127.0.0.1:*", settings);
        try (var client = SocketChannel.open(listening.channel().getLocalAddress())) {
            assertThat("tcp://" + tcp.peer(client)).isEqualTo(listening.endpoint());
        }
        try (var unconnected = SocketChannel.open()) {
            assertThat(tcp.peer(unconnected)).isEqualTo("unknown");
        }
    }
}
