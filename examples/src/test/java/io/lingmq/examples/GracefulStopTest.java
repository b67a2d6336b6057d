package io.lingmq.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs {@link GracefulStop} in a process, for it ends with one. */
class GracefulStopTest {
    @Test
    void serverThatIsToldToEndSaysThatNothingWasLost() throws Exception {
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        GracefulStop.class.getName(),
                        "tcp://127.0.0.1:*")
                .redirectErrorStream(true)
                .start();
        try (var said = child.inputReader(StandardCharsets.UTF_8);
                var context = Context.open();
                var client = context.req()) {
            client.connect(said.readLine().replace("bound to ", ""));
            assertThat(client.request("hello").text()).isEqualTo("you said hello");

            child.toHandle().destroy();
            assertThat(said.lines()).containsExactly("without a reply: 0, nothing lost");
        } finally {
            child.destroyForcibly();
        }
    }
}
