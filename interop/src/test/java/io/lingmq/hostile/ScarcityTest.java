package io.lingmq.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.DealerSocket;
import io.lingmq.message.Message;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.ScriptedPeer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process in which memory, descriptors or the log fail goes on with all that they are not needed for. */
class ScarcityTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MEBIBYTE = 1 << 20;

    /** A frame of 150 MB begins: more than twice as much as the server may have. */
    private static final byte[] HUGE = {2, 0, 0, 0, 0, (byte) 0x08, (byte) 0xF0, (byte) 0xD1, (byte) 0x80};

    @TempDir
    private Path folder;

    @AutoClose
    private final Context context = Context.open();

    private Process server;
    private String endpoint;

    @AfterEach
    void kill() {
        if (server != null) {
            server.destroyForcibly();
        }
    }

    // ---- the server's process

    private static Path classes(Class<?> one) {
        try {
            return Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The library's classes as a folder, also where this test has got them as an archive. */
    private static Path library() {
        var found = classes(Context.class);
        return Files.isDirectory(found) ? found : found.resolveSibling("classes");
    }

    private void start(String limit, List<String> more) throws IOException {
        var path = String.join(
                File.pathSeparator,
                library().toString(),
                classes(ShortOfEverything.class).toString(),
                folder.toString());
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = limit + "exec '" + java + "' -Xmx64m -ea -cp '" + path + "' " + ShortOfEverything.class.getName()
                + " " + String.join(" ", more);
        server = new ProcessBuilder("bash", "-c", command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        endpoint = Await.value(
                "the endpoint",
                PATIENCE,
                () -> printed().stream()
                        .filter(line -> line.startsWith("tcp:"))
                        .findFirst()
                        .orElse(null));
    }

    private List<String> printed() {
        try {
            return Files.readAllLines(folder.resolve("out"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String complaints() {
        try {
            return Files.readString(folder.resolve("err"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long count(String event) {
        return printed().stream().filter(event::equals).count();
    }

    private void awaitEvents(String event, long count) {
        try {
            Await.until(event + ", " + count + " times", PATIENCE, () -> count(event) >= count);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; printed " + printed() + " " + complaints(), e);
        }
    }

    private void assertServed(DealerSocket client) throws InterruptedException {
        client.send("request");
        assertThat(client.receive(PATIENCE)).as("the answer; %s", complaints()).isEqualTo(Message.of("served"));
    }

    // ---- memory

    /** The log works, its handler throws errors, or there is not even a logger to be had. */
    @ParameterizedTest
    @ValueSource(strings = {"log works", "log throws", "logger cannot be loaded"})
    void messageBeyondMemoryEndsItsConnectionOnly(String log) throws IOException, InterruptedException {
        if (log.equals("logger cannot be loaded")) {
            var services = Files.createDirectories(folder.resolve("META-INF/services"));
            Files.writeString(
                    services.resolve("java.lang.System$LoggerFinder"),
                    ShortOfEverything.NoLogger.class.getName() + System.lineSeparator());
        }
        start("", log.equals("log throws") ? List.of("log") : List.of());
        try (var honest = context.dealer()) {
            honest.connect(endpoint);
            assertServed(honest);
            for (var i = 1; i <= 3; i++) {
                sendHuge();
                awaitEvents("Disconnected", i);
                assertServed(honest);
            }
            try (var another = context.dealer()) {
                another.connect(endpoint);
                assertServed(another);
            }
        }
        assertThat(server.isAlive()).isTrue();
    }

    private void sendHuge() {
        try (var peer = ScriptedPeer.connect(endpoint).open("DEALER")) {
            var piece = new byte[MEBIBYTE];
            var sent = peer.sendUnlessClosed(HUGE);
            for (var i = 0; sent && i < 140; i++) {
                sent = peer.sendUnlessClosed(piece);
            }
            assertThat(sent).as("all was taken").isFalse();
        }
    }

    // ---- descriptors

    /** Nobody was served before: whatever is needed for the first peer is needed when there are no descriptors. */
    @Test
    void servesAgainWhenDescriptorsAreFreeAgain() throws IOException, InterruptedException {
        start("ulimit -n 60; ", List.of());
        var port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
        var silent = new ArrayList<SocketChannel>();
        try {
            for (var i = 0; i < 80; i++) {
                silent.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            }
            awaitEvents("AcceptFailed", 2);
        } finally {
            for (var channel : silent) {
                channel.close();
            }
        }
        try (var honest = context.dealer()) {
            honest.connect(endpoint);
            assertServed(honest);
        }
        awaitEvents("HandshakeFailed", 80);
        assertThat(server.isAlive()).isTrue();
    }
}
