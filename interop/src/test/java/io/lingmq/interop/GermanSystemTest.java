package io.lingmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.error.LingException;
import io.lingmq.testkit.Endpoints;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** What the operating system says is for people, in their language: no decision rests on it. */
class GermanSystemTest {
    private static final String LOCALE = "de_DE.UTF-8";

    @TempDir
    private Path folder;

    @Test
    void refusalsAreUnderstoodInEveryLanguage() throws IOException, InterruptedException {
        makeLocale();
        try (var child = new ChildJvm(Refusals.class)
                .with("LOCPATH", folder.toString())
                .with("LC_ALL", LOCALE)
                .start(folder.toString())) {
            if (!child.line().equals("Die Adresse wird bereits verwendet")) {
                throw new TestAbortedException("the system has no German messages");
            }
            assertThat(child.line()).isEqualTo("stale file: bound");
            assertThat(child.line()).isEqualTo("live file: ADDRESS_IN_USE");
            assertThat(child.line()).isEqualTo("port in use: ADDRESS_IN_USE");
            assertThat(child.line()).isEqualTo("foreign address: ADDRESS_NOT_AVAILABLE");
            assertThat(child.line()).isEqualTo("no such folder: NOT_FOUND");
        }
    }

    private void makeLocale() throws IOException, InterruptedException {
        try {
            var made = new ProcessBuilder(
                            "localedef",
                            "-i",
                            "de_DE",
                            "-f",
                            "UTF-8",
                            folder.resolve(LOCALE).toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("localedef.log").toFile())
                    .start();
            if (!made.waitFor(30, TimeUnit.SECONDS) || !Files.isDirectory(folder.resolve(LOCALE))) {
                throw new TestAbortedException("localedef cannot make " + LOCALE);
            }
        } catch (IOException e) {
            throw new TestAbortedException("there is no localedef", e);
        }
    }

    /** Binds where it should be refused, and prints the answers. */
    static final class Refusals {
        private Refusals() {}

        public static void main(String... folder) throws IOException {
            try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var context = Context.open()) {
                var taken = "tcp://127.0.0.1:" + other.getLocalPort();
                System.out.println(answerOfTheSystem(other.getLocalPort()));
                var stale = Path.of(folder[0], "s");
                try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    left.bind(UnixDomainSocketAddress.of(stale));
                }
                for (var each : List.of(
                        List.of("stale file", "ipc://" + stale),
                        List.of("live file", "ipc://" + stale),
                        List.of("port in use", taken),
                        List.of("foreign address", "tcp://192.0.2.1:" + Endpoints.freePort()),
                        List.of("no such folder", "ipc://" + folder[0] + "/missing/s"))) {
                    System.out.println(each.get(0) + ": " + bind(context, each.get(1)));
                }
            }
        }

        private static String answerOfTheSystem(int port) throws IOException {
            try (var second = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return "bound to " + second;
            } catch (BindException e) {
                // The JVM adds words of its own, in English.
                return String.valueOf(e.getMessage()).replaceFirst(" \\(Bind failed\\)", "");
            }
        }

        private static String bind(Context context, String endpoint) {
            try {
                context.pull().bind(endpoint);
                return "bound";
            } catch (LingException e) {
                return String.valueOf(e.code());
            }
        }
    }
}
