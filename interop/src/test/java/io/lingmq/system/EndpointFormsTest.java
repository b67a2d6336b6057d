package io.lingmq.system;

import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.Context;
import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.NotSupportedException;
import io.lingmq.error.OptionException;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.ConnectFailed;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Endpoints;
import io.lingmq.testkit.Recorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints as people write them, right and wrong. */
class EndpointFormsTest {
    @AutoClose
    private final Context context = Context.open();

    private static void assertRefused(ThrowingCall call, ErrorCode code, String... words) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        EndpointException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(words);
    }

    /** A call that is expected to fail. */
    private interface ThrowingCall {
        void run();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tcp",
                "tcp:",
                "tcp://",
                "tcp://127.0.0.1",
                "tcp://127.0.0.1:",
                "tcp://:5555",
                "tcp://127.0.0.1:x",
                "tcp://127.0.0.1:-1",
                "tcp://127.0.0.1:65536",
                "tcp://[::1:5555",
                "ipc://",
                "inproc://",
                "localhost:5555",
                "//host:1"
            })
    void saysWhatIsWrongWithAMalformedEndpoint(String endpoint) {
        try (var socket = context.pull()) {
            assertRefused(() -> socket.bind(endpoint), ErrorCode.INVALID, endpoint);
            assertRefused(() -> socket.connect(endpoint), ErrorCode.INVALID, endpoint);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:80", "TCPX://a:1", "vmci://*:*", "zmq://x"})
    void listsTheTransportsThatItKnows(String endpoint) {
        try (var socket = context.pull()) {
            assertRefused(() -> socket.bind(endpoint), ErrorCode.UNKNOWN_TRANSPORT, "tcp", "ipc", "inproc");
            assertRefused(() -> socket.connect(endpoint), ErrorCode.UNKNOWN_TRANSPORT, "tcp", "ipc", "inproc");
        }
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var socket = context.pull()) {
            var endpoint = "tcp://127.0.0.1:" + other.getLocalPort();
            assertRefused(() -> socket.bind(endpoint), ErrorCode.ADDRESS_IN_USE, endpoint);
        }
    }

    @Test
    void namesTheAddressThatIsNotHere() {
        try (var socket = context.pull()) {
            assertRefused(() -> socket.bind("tcp://192.0.2.1:5555"), ErrorCode.ADDRESS_NOT_AVAILABLE, "192.0.2.1");
            assertThatThrownBy(() -> socket.bind("tcp://nosuchinterface0:5555"))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("nosuchinterface0");
        }
    }

    @Test
    void tellsOfANameThatDoesNotResolveAndTriesAgain() {
        var events = new Recorder<SocketEvent>();
        try (var socket = context.push()) {
            socket.monitor(events);
            socket.set(Options.RECONNECT_INTERVAL, Duration.ofMillis(10));
            socket.connect("tcp://no-such-host.invalid:5555");
            assertThat(events.await(ConnectFailed.class).reason()).contains("no-such-host.invalid");
        }
    }

    @Test
    void givesTheRealPortOfAWildcard() throws InterruptedException {
        try (var pull = context.pull();
                var push = context.push()) {
            for (var endpoint : new String[] {"tcp://127.0.0.1:*", "tcp://127.0.0.1:0", "tcp://*:*", "tcp://[::1]:*"}) {
                var real = pull.bind(endpoint);
                assertThat(Endpoints.port(real)).isPositive();
                assertThat(pull.lastEndpoint()).isEqualTo(real);
                push.connect(real);
                push.send(endpoint);
                assertThat(take(pull).text()).isEqualTo(endpoint);
                push.disconnect(real);
                SocketFixture.awaitPeers(push, 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://*:%d, tcp://127.0.0.1:%d",
        "tcp://*:%d, tcp://localhost:%d",
        "tcp://*:%d, tcp://[::1]:%d",
        "tcp://lo:%d, tcp://127.0.0.1:%d",
        "tcp://localhost:%d, tcp://localhost:%d",
        "tcp://0.0.0.0:%d, tcp://127.0.0.1:%d",
        "tcp://127.0.0.1:%d, tcp://localhost:%d"
    })
    void findsThePeerUnderEachOfItsNames(String bind, String connect) throws InterruptedException {
        var port = Endpoints.freePort();
        try (var pull = context.pull();
                var push = context.push()) {
            pull.bind(bind.formatted(port));
            push.connect(connect.formatted(port));
            push.send("found");
            assertThat(take(pull).text()).isEqualTo("found");
        }
    }

    @Test
    void refusesAPathThatIsTooLong() {
        try (var socket = context.pull()) {
            var endpoint = "ipc:///tmp/" + "x".repeat(120);
            assertRefused(() -> socket.bind(endpoint), ErrorCode.NAME_TOO_LONG, "ipc:///tmp/xxx");
            assertRefused(() -> socket.connect(endpoint), ErrorCode.NAME_TOO_LONG, "ipc:///tmp/xxx");
        }
    }

    @Test
    void namesTheFolderThatIsNotThere(@TempDir Path folder) {
        try (var socket = context.pull()) {
            var endpoint = "ipc://" + folder.resolve("missing/x.ipc");
            assertThatThrownBy(() -> socket.bind(endpoint))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining(endpoint);
        }
    }

    @Test
    void replacesASocketFileThatNobodyAnswersAt() throws IOException, InterruptedException {
        var endpoint = Endpoints.ipc();
        var stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        stale.bind(UnixDomainSocketAddress.of(Endpoints.path(endpoint)));
        try (var pull = context.pull();
                var push = context.push()) {
            assertRefused(() -> pull.bind(endpoint), ErrorCode.ADDRESS_IN_USE, endpoint);
            stale.close();
            assertThat(Endpoints.path(endpoint)).exists();
            pull.bind(endpoint);
            push.connect(endpoint);
            push.send("alive");
            assertThat(take(pull).text()).isEqualTo("alive");
        }
        assertThat(Endpoints.path(endpoint)).doesNotExist();
    }

    @Test
    void neverReplacesAFileThatIsNoSocket() throws IOException {
        var file = Files.createTempFile("precious", ".txt");
        try (var socket = context.pull()) {
            assertThatThrownBy(() -> socket.bind("ipc://" + file)).isInstanceOf(EndpointException.class);
            assertThat(file).exists();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void keepsTheFileOfWhoeverBoundItNext() throws IOException {
        var endpoint = Endpoints.ipc();
        try (var second = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            try (var first = context.pull()) {
                first.bind(endpoint);
                Endpoints.removeFile(endpoint);
                second.bind(UnixDomainSocketAddress.of(Endpoints.path(endpoint)));
            }
            assertThat(Endpoints.path(endpoint)).as("the second one's file").exists();
        } finally {
            Endpoints.removeFile(endpoint);
        }
    }

    @Test
    void makesUpAPathForAWildcard() throws InterruptedException {
        try (var pull = context.pull();
                var push = context.push()) {
            var real = pull.bind("ipc://*");
            assertThat(Endpoints.path(real)).exists();
            push.connect(real);
            push.send("x");
            assertThat(take(pull).text()).isEqualTo("x");
        }
    }

    @Test
    void generalSocketSaysWhatItsTypeCannotDo() {
        try (var push = context.socket(SocketType.PUSH);
                var sub = context.socket(SocketType.SUB);
                var req = context.socket(SocketType.REQ)) {
            assertThatThrownBy(push::receive)
                    .isInstanceOf(NotSupportedException.class)
                    .hasMessageContaining("PUSH");
            assertThatThrownBy(push::receiveAsync).isInstanceOf(NotSupportedException.class);
            assertThatThrownBy(() -> sub.send("x"))
                    .isInstanceOf(NotSupportedException.class)
                    .hasMessageContaining("SUB");
            assertThatThrownBy(() -> req.subscribe("x")).isInstanceOf(NotSupportedException.class);
            assertThatThrownBy(() -> push.set(Options.REQ_RELAXED, true))
                    .isInstanceOf(OptionException.class)
                    .hasMessageContaining("req-relaxed");
            assertThatThrownBy(() -> push.set(Options.SEND_HWM, -1))
                    .isInstanceOf(OptionException.class)
                    .hasMessageContaining("-1");
        }
    }
}
