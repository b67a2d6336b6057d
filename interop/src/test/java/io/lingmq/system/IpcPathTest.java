package io.lingmq.system;

import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.PullSocket;
import io.lingmq.error.EndpointException;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A path of a Unix socket has one owner, from bind to close, and nothing is left of it. */
class IpcPathTest {
    private static final int ROUNDS = 300;

    @AutoClose
    private final Context context = Context.open();

    @TempDir
    private Path folder;

    private void assertFolderIsEmpty() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private static void leaveStale(Path path) throws IOException {
        try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(path));
        }
    }

    private static boolean binds(PullSocket socket, Path path) {
        try {
            socket.bind("ipc://" + path);
            return true;
        } catch (EndpointException e) {
            return false;
        }
    }

    @Test
    void oneOfTwoBindsOnAStaleFileSucceeds() throws IOException {
        var path = folder.resolve("s");
        var start = new CyclicBarrier(2);
        for (var round = 0; round < ROUNDS; round++) {
            leaveStale(path);
            try (var first = context.pull();
                    var second = context.pull()) {
                var other = Background.call("second binder", () -> {
                    start.await();
                    return binds(second, path);
                });
                var own = Background.call("first binder", () -> {
                    start.await();
                    return binds(first, path);
                });
                assertThat(own.result()).as("round %d", round).isNotEqualTo(other.result());
            }
            assertFolderIsEmpty();
        }
    }

    @Test
    void closeLeavesTheFileOfTheNextOwnerAlone() throws IOException {
        var path = folder.resolve("s");
        var owner = context.pull();
        owner.bind("ipc://" + path);
        for (var round = 0; round < ROUNDS; round++) {
            var leaving = owner;
            var next = context.pull();
            var closing = Background.run("closing", leaving::close);
            while (!binds(next, path)) {
                Thread.onSpinWait();
            }
            closing.result();
            try (var client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                assertThat(client.isConnected()).as("round %d", round).isTrue();
            }
            owner = next;
        }
        owner.close();
        assertFolderIsEmpty();
    }

    @Test
    void pathThatWasRefusedLeavesNothingBehind() throws IOException {
        try (var pull = context.pull()) {
            Files.writeString(folder.resolve("file"), "precious");
            assertThat(binds(pull, folder.resolve("file"))).isFalse();
            assertThat(folder.resolve("file")).hasContent("precious");
            Files.delete(folder.resolve("file"));
            assertFolderIsEmpty();
        }
    }

    @Test
    void samePathThroughALinkIsTheSameEndpoint() throws IOException, InterruptedException {
        var other = Files.createTempDirectory("ling-link");
        var link = other.resolve("l");
        Files.createSymbolicLink(link, folder);
        try (var first = context.pull();
                var second = context.pull();
                var push = context.push()) {
            first.bind("ipc://" + folder.resolve("s"));
            assertThat(binds(second, link.resolve("s"))).isFalse();
            push.connect("ipc://" + link.resolve("s"));
            push.send("x");
            assertThat(take(first).text()).isEqualTo("x");
        } finally {
            Files.delete(link);
            Files.delete(other);
        }
    }
}
