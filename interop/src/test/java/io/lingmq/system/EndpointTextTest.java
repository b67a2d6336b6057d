package io.lingmq.system;

import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.Context;
import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.testkit.Endpoints;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint is known under the text that was given and under the one that is told. */
class EndpointTextTest {
    @AutoClose
    private final Context context = Context.open();

    private static void assertUnbound(int port) {
        assertThatThrownBy(
                        () -> SocketChannel.open(new InetSocketAddress(InetAddress.getAllByName("127.0.0.1")[0], port))
                                .close())
                .isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://127.0.0.1:%d",
                "tcp://localhost:%d",
                "tcp://lo:%d",
                "tcp://0.0.0.0:%d",
                "tcp://*:%d",
                "tcp://[::]:%d",
                "tcp://[::1]:%d",
                "tcp://::1:%d",
                "tcp://[0:0:0:0:0:0:0:1]:%d",
                "tcp://127.0.0.1:*",
                "tcp://*:*",
                "ipc://%s",
                "ipc://*"
            })
    void unbindsWithTheTextThatWasGivenAndWithTheOneThatIsTold(String pattern) throws InterruptedException {
        for (var told : new boolean[] {false, true}) {
            var given = pattern.startsWith("ipc")
                    ? pattern.replace("%s", Endpoints.path(Endpoints.ipc()).toString())
                    : pattern.replace("%d", String.valueOf(Endpoints.freePort()));
            try (var pull = context.pull();
                    var push = context.push()) {
                var real = pull.bind(given);
                assertThat(pull.lastEndpoint()).isEqualTo(real);
                push.connect(real);
                push.send("x");
                assertThat(take(pull).text()).isEqualTo("x");
                push.disconnect(real);
                pull.unbind(told ? real : given);
                assertThatThrownBy(() -> pull.unbind(real)).isInstanceOf(EndpointException.class);
                if (!given.equals("ipc://*")) { // whose folder is gone too
                    assertThat(pull.bind(real)).as("free again").isEqualTo(real);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://[::1]:%d, tcp://[0:0:0:0:0:0:0:1]:%d",
        "tcp://*:%d, tcp://0.0.0.0:%d",
        "tcp://0.0.0.0:%d, tcp://*:%d",
        "tcp://[::]:%d, tcp://[0::0]:%d"
    })
    void otherWaysToWriteAnAddressMeanTheSame(String bound, String unbound) {
        var port = Endpoints.freePort();
        try (var pull = context.pull()) {
            pull.bind(bound.formatted(port));
            pull.unbind(unbound.formatted(port));
            assertUnbound(port);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://localhost:%d, tcp://localhost:%d",
        "tcp://[::1]:%d, tcp://[0:0:0:0:0:0:0:1]:%d",
        "tcp://0.0.0.0:%d, tcp://*:%d"
    })
    void disconnectsWithTheTextThatWasGivenOrAnotherWayToWriteIt(String given, String other) {
        var port = Endpoints.freePort();
        try (var pull = context.pull();
                var push = context.push()) {
            pull.bind("tcp://*:" + port);
            push.connect(given.formatted(port));
            awaitPeers(push, 1);
            push.disconnect(other.formatted(port));
            awaitPeers(push, 0);
        }
    }

    @Test
    void eachUnbindOfOneTextEndsOneOfItsBinds() {
        try (var pull = context.pull()) {
            var first = pull.bind("tcp://127.0.0.1:*");
            var second = pull.bind("tcp://127.0.0.1:*");
            pull.unbind("tcp://127.0.0.1:*");
            assertUnbound(Endpoints.port(second));
            pull.unbind("tcp://127.0.0.1:*");
            assertUnbound(Endpoints.port(first));
            assertThatThrownBy(() -> pull.unbind("tcp://127.0.0.1:*"))
                    .isInstanceOfSatisfying(
                            EndpointException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
    }

    @Test
    void anIpv4AddressIsNotBoundForIpv6() throws IOException {
        var port = Endpoints.freePort();
        try (var pull = context.pull()) {
            assertThat(pull.bind("tcp://0.0.0.0:" + port)).isEqualTo("tcp://0.0.0.0:" + port);
            assertThatThrownBy(() -> SocketChannel.open(new InetSocketAddress(InetAddress.getAllByName("::1")[0], port))
                            .close())
                    .isInstanceOf(ConnectException.class);
            SocketChannel.open(new InetSocketAddress(InetAddress.getAllByName("127.0.0.1")[0], port))
                    .close();
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp://[::1]:%d, tcp://[::1]:%d", "tcp://[::]:%d, tcp://[::]:%d", "tcp://*:%d, tcp://0.0.0.0:%d"})
    void addressesAreToldAsPeopleWriteThem(String given, String told) {
        var port = Endpoints.freePort();
        try (var pull = context.pull()) {
            assertThat(pull.bind(given.formatted(port))).isEqualTo(told.formatted(port));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://*:*", "tcp://[::]:*"})
    void bindToAllAddressesTakesBothFamilies(String endpoint) throws IOException {
        try (var pull = context.pull()) {
            var port = Endpoints.port(pull.bind(endpoint));
            for (var address : new String[] {"127.0.0.1", "::1"}) {
                SocketChannel.open(new InetSocketAddress(InetAddress.getAllByName(address)[0], port))
                        .close();
            }
        }
    }
}
