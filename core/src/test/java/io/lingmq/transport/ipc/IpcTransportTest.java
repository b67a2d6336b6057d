package io.lingmq.transport.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.option.Settings;
import io.lingmq.testkit.Background;
import io.lingmq.transport.ChannelTransport.Listening;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpcTransportTest {
    private final IpcTransport ipc = new IpcTransport();
    private final Settings settings = Settings.defaults();
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void close() throws Exception {
        for (var each : open) {
            each.close();
        }
    }

    private Path path() {
        return directory.resolve("s");
    }

    private Listening listen(String address) {
        var listening = ipc.listen(address, settings);
        open.add(listening.channel());
        return listening;
    }

    private Listening listen() {
        return listen(path().toString());
    }

    private void assertIsReached() throws IOException {
        try (var client = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
            assertThat(client.isConnected()).isTrue();
        }
    }

    // ---- the file

    @Test
    void fileIsThereWhileItIsBoundAndRemovedAtClose() throws IOException {
        var listening = listen();
        assertThat(listening.endpoint()).isEqualTo("ipc://" + path());
        assertThat(listening.channel().isBlocking()).isFalse();
        assertIsReached();

        listening.channel().close();
        listening.afterClose().run();

        assertThat(path()).doesNotExist();
    }

    @Test
    void anyPathIsInADirectoryOfItsOwnWhichIsRemovedToo() throws IOException {
        var listening = listen("*");
        var path = Path.of(listening.endpoint().substring("ipc://".length()));
        assertThat(path).exists();

        listening.channel().close();
        listening.afterClose().run();

        assertThat(path).doesNotExist();
        assertThat(path.getParent()).doesNotExist();
    }

    @Test
    void everyAnyPathIsAnother() throws IOException {
        var first = listen("*");
        var second = listen("*");

        assertThat(first.endpoint()).isNotEqualTo(second.endpoint());
        for (var each : List.of(first, second)) {
            each.channel().close();
            each.afterClose().run();
        }
    }

    @Test
    void staleFileIsReplaced() throws IOException {
        listen().channel().close();
        assertThat(path()).as("what a killed process leaves").exists();

        listen();

        assertIsReached();
    }

    @Test
    void liveFileIsRefused() throws IOException {
        listen();

        assertThatThrownBy(this::listen)
                .isInstanceOf(EndpointException.class)
                .hasMessage("cannot bind ipc://" + path()
                        + ": another socket is bound to it; close that one or choose another")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.ADDRESS_IN_USE));
        assertIsReached();
    }

    @Test
    void fileThatIsNoSocketIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(path(), "precious");

        assertThatThrownBy(this::listen)
                .isInstanceOf(EndpointException.class)
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.ADDRESS_IN_USE));
        assertThat(path()).hasContent("precious");
    }

    @Test
    void fileOfAnotherThatTookThePlaceIsLeftAlone() throws IOException {
        var first = listen();
        Files.delete(path());
        listen();

        first.channel().close();
        first.afterClose().run();

        assertIsReached();
    }

    @Test
    void fileThatIsGoneAlreadyIsNoFailure() throws IOException {
        var listening = listen();
        Files.delete(path());
        listening.channel().close();

        assertThatCode(() -> listening.afterClose().run()).doesNotThrowAnyException();
    }

    // ---- errors

    @Test
    void refusesMissingDirectory() {
        var address = directory.resolve("missing/s").toString();

        assertThatThrownBy(() -> listen(address))
                .isInstanceOf(EndpointException.class)
                .hasMessage("cannot bind ipc://" + address + ": its directory does not exist")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    /**
     * Java allows a byte or two less than the operating system; whoever is told of a limit should be told the real one.
     */
    @Test
    void pathIsEitherBoundOrTooLong() throws IOException {
        for (var length = 100; length <= 112; length++) {
            var address = directory + "/" + "x".repeat(length - (directory + "/").length());
            var bound = codeOf(() -> listen(address).channel().close());
            var checked = codeOf(() -> ipc.check(address));

            assertThat(bound).as("%d bytes", length).isEqualTo(checked);
            assertThat(checked).as("%d bytes", length).isIn(null, length < 104 ? null : ErrorCode.NAME_TOO_LONG);
        }
    }

    private static ErrorCode codeOf(Background.Action action) {
        try {
            action.run();
            return null;
        } catch (EndpointException e) {
            return e.code();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesPathThatIsTooLong() {
        var address = "/tmp/" + "x".repeat(120);

        for (var call : List.<Runnable>of(() -> listen(address), () -> ipc.check(address))) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(EndpointException.class)
                    .hasMessageStartingWith("endpoint 'ipc://" + address
                            + "': the path has 125 bytes; in Java a Unix socket's path has at most 106")
                    .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.NAME_TOO_LONG));
        }
    }

    @Test
    void pathIsCountedInBytes() {
        assertThatThrownBy(() -> ipc.check("/tmp/" + "ä".repeat(60)))
                .isInstanceOf(EndpointException.class)
                .hasMessageContaining("the path has 125 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@abstract | endpoint 'ipc://@abstract': names in the abstract namespace are not available in Java; use"
                        + " a path",
                "*         | endpoint 'ipc://*': to connect, name the path that the peer is bound to",
            })
    void refusesToConnectTo(String address, String text) {
        assertThatThrownBy(() -> ipc.check(address))
                .isInstanceOf(EndpointException.class)
                .hasMessage(text)
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.INVALID));
    }

    @Test
    void refusesPathThatCannotBe() {
        assertThatThrownBy(() -> ipc.check("a\0b"))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("endpoint 'ipc://a\0b': ");
    }

    // ---- connecting

    @Test
    void nothingHasToBeLookedUp() {
        assertThat(ipc.scheme()).isEqualTo("ipc");
        assertThat(ipc.mayBlock("/tmp/x")).isFalse();
        assertThat(ipc.resolve("/tmp/x", settings)).containsExactly(UnixDomainSocketAddress.of("/tmp/x"));
    }

    @Test
    void channelIsReadyToConnect() throws IOException {
        listen();
        var remote = ipc.resolve(path().toString(), settings).get(0);
        try (var channel = ipc.open(path().toString(), remote, settings)) {
            assertThat(channel.isBlocking()).isFalse();
            ipc.tune(channel, settings);
            assertThat(channel.connect(remote)).isTrue();
            assertThat(ipc.peer(channel)).isEqualTo("unix");
        }
    }
}
