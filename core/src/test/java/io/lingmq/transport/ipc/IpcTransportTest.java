package io.lingmq.transport.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.option.Settings;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.ResourceWatch;
import io.lingmq.transport.ChannelAcceptor;
import io.lingmq.transport.Transport.Route;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
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

    private ChannelAcceptor listen(String address) {
        var listening = ipc.listen(address, settings);
        open.add(listening);
        return listening;
    }

    private ChannelAcceptor listen() {
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

        listening.close();

        assertThat(path()).doesNotExist();
    }

    @Test
    void anyPathIsInADirectoryOfItsOwnWhichIsRemovedToo() throws IOException {
        var listening = listen("*");
        var path = Path.of(listening.endpoint().substring("ipc://".length()));
        assertThat(path).exists();

        listening.close();

        assertThat(path).doesNotExist();
        assertThat(path.getParent()).doesNotExist();
    }

    @Test
    void everyAnyPathIsAnother() throws IOException {
        var first = listen("*");
        var second = listen("*");

        assertThat(first.endpoint()).isNotEqualTo(second.endpoint());
        for (var each : List.of(first, second)) {
            each.close();
        }
    }

    @Test
    void staleFileIsReplaced() throws IOException {
        leaveStale();

        listen();

        assertIsReached();
    }

    /** As a killed process does. */
    private void leaveStale() throws IOException {
        try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(path()));
        }
        assertThat(path()).exists();
    }

    /** One that has no room for a caller now is no less alive. */
    @Test
    void fileWhoseOwnerIsFullIsRefused() throws IOException {
        var owner = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        open.add(owner);
        owner.bind(UnixDomainSocketAddress.of(path()), 1);
        for (var full = false; !full; ) {
            var caller = SocketChannel.open(StandardProtocolFamily.UNIX);
            open.add(caller);
            caller.configureBlocking(false);
            try {
                caller.connect(UnixDomainSocketAddress.of(path()));
            } catch (SocketException e) {
                full = true;
            }
        }

        assertThat(codeOf(() -> listen())).isEqualTo(ErrorCode.ADDRESS_IN_USE);
        assertThat(path()).exists();
    }

    @Test
    void pipeOfThatNameIsLeftAlone() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", path().toString()).start().waitFor())
                .isZero();

        assertThat(codeOf(() -> listen())).isEqualTo(ErrorCode.ADDRESS_IN_USE);
        assertThat(path()).exists();
    }

    // ---- nothing is left where it fails, at whichever step

    private List<String> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void lockFileOfAnotherIsNotRemoved() throws IOException {
        var lock = directory.resolve("s" + PathLock.SUFFIX);
        var listening = listen();
        Files.delete(lock);
        Files.writeString(lock, "another's");

        listening.close();

        assertThat(lock).hasContent("another's");
    }

    /** Whoever may write to the directory could have made it. */
    @Test
    void lockIsNotTakenThroughALink() throws IOException {
        var other = Files.writeString(directory.resolve("other"), "precious");
        Files.createSymbolicLink(directory.resolve("s" + PathLock.SUFFIX), other);

        assertThatThrownBy(() -> listen()).isInstanceOf(EndpointException.class);

        assertThat(other).hasContent("precious");
    }

    @Test
    void lockThatCannotBeHadLeavesNothing() throws IOException {
        Files.createDirectory(directory.resolve("s" + PathLock.SUFFIX));
        codeOf(() -> listen()); // what the JVM opens once is open then
        var before = ResourceWatch.descriptors();

        assertThat(codeOf(() -> listen())).isEqualTo(ErrorCode.INPUT_OUTPUT);

        assertThat(files()).containsExactly("s" + PathLock.SUFFIX);
        assertThat(ResourceWatch.descriptors()).hasSameSizeAs(before);
    }

    @Test
    void bindThatIsRefusedLeavesNothing() throws IOException {
        Files.createDirectory(path());
        codeOf(() -> listen()); // what the JVM opens once is open then
        var before = ResourceWatch.descriptors();

        assertThat(codeOf(() -> listen())).isEqualTo(ErrorCode.ADDRESS_IN_USE);

        assertThat(files()).containsExactly("s");
        assertThat(ResourceWatch.descriptors()).hasSameSizeAs(before);
    }

    @Test
    void closeLeavesNothing() throws IOException {
        leaveStale();
        listen().close(); // what the JVM opens once is open then
        leaveStale();
        var before = ResourceWatch.descriptors();
        var listening = listen();
        listening.close();
        listening.close();

        assertThat(files()).isEmpty();
        assertThat(ResourceWatch.descriptors()).hasSameSizeAs(before);
    }

    @Test
    void liveFileIsRefused() throws IOException {
        listen();

        assertThatThrownBy(this::listen)
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("cannot bind ipc://" + path()
                        + ": another socket is bound to it; close that one or choose another")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.ADDRESS_IN_USE));
        assertIsReached();
    }

    @Test
    void fileThatIsNoSocketIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(path(), "precious");

        assertThatThrownBy(this::listen)
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("cannot bind ipc://" + path()
                        + ": a file that is no socket is there; remove it or choose another path")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.ADDRESS_IN_USE));
        assertThat(path()).hasContent("precious");
    }

    @Test
    void fileOfAnotherThatTookThePlaceIsLeftAlone() throws IOException {
        var first = listen();
        Files.delete(path());
        var foreign = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        open.add(foreign);
        foreign.bind(UnixDomainSocketAddress.of(path()));

        first.close();

        assertIsReached();
    }

    /** Whoever looks after the folder of temporary files may do that. */
    @Test
    void pathWhoseFileWasRemovedIsStillItsOwners() throws IOException {
        var first = listen();
        Files.delete(path());

        assertThat(codeOf(() -> listen())).isEqualTo(ErrorCode.ADDRESS_IN_USE);

        first.close();
        listen();
        assertIsReached();
    }

    @Test
    void fileThatIsGoneAlreadyIsNoFailure() throws IOException {
        var listening = listen();
        Files.delete(path());

        assertThatCode(() -> listening.close()).doesNotThrowAnyException();
    }

    // ---- errors

    @Test
    void refusesMissingDirectory() {
        var address = directory.resolve("missing/s").toString();

        assertThatThrownBy(() -> listen(address))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("cannot bind ipc://" + address + ": its directory does not exist")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    /**
     * Java allows a byte or two less than the operating system; whoever is told of a limit should be told the real one.
     */
    @Test
    void pathIsEitherBoundOrTooLong() throws IOException {
        for (var length = 100; length <= 112; length++) {
            var address = directory + "/" + "x".repeat(length - (directory + "/").length());
            var bound = codeOf(() -> listen(address).close());
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
                .hasMessageStartingWith(text)
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
        assertThat(ipc.resolve("/tmp/x", settings))
                .containsExactly(new Route(null, UnixDomainSocketAddress.of("/tmp/x"), "unix"));
    }

    @Test
    void channelIsReadyToConnect() throws IOException {
        listen();
        var route = ipc.resolve(path().toString(), settings).get(0);
        try (var channel = ipc.open(route, settings)) {
            assertThat(channel.isBlocking()).isFalse();
            ipc.tune(channel, settings);
            assertThat(channel.connect(route.remote())).isTrue();
            assertThat(ipc.peer(channel)).isEqualTo("unix");
        }
    }
}
