package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.event.SocketEvent;
import io.lingmq.message.Message;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process that has no memory left for buffers outside of the heap. */
class DirectMemoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PIECE = 32 * 1024;
    /** Enough for the operating system's calls of a few threads, not for one buffer. */
    private static final int PIECES_LEFT = 4;

    private static final List<ByteBuffer> TAKEN = new ArrayList<>();

    /** The child: takes the memory, then works all the same. */
    public static void main(String[] arguments) throws InterruptedException {
        takeAllMemory();
        var events = new Recorder<SocketEvent>();
        try (var context = Context.open()) {
            var pull = context.pull();
            pull.monitor(events);
            var endpoint = pull.bind("tcp://127.0.0.1:*");
            var push = context.push();
            push.connect(endpoint);
            for (var i = 0; i < 1000; i++) {
                push.send(Message.of("m" + i));
                say(pull.receive(PATIENCE), "m" + i);
            }
            try (var peer = ScriptedPeer.connect(endpoint).open("PUSH")) {
                peer.send(Zmtp.message("from another"));
                say(pull.receive(PATIENCE), "from another");
            }
            System.out.println("lost " + context.close(PATIENCE));
        }
        System.out.println("taken " + TAKEN.isEmpty());
    }

    private static void say(Message got, String expected) {
        if (got == null || !got.text().equals(expected)) {
            throw new AssertionError("expected " + expected + ", got " + got);
        }
    }

    private static void takeAllMemory() {
        try {
            while (true) {
                TAKEN.add(ByteBuffer.allocateDirect(PIECE));
            }
        } catch (OutOfMemoryError e) {
            TAKEN.subList(0, PIECES_LEFT).clear(); // the next who asks has the collector free them
        }
    }

    @Test
    void worksOnWithoutMemoryForItsBuffers() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var child = new ProcessBuilder(
                        java,
                        "-ea",
                        "-XX:MaxDirectMemorySize=1m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DirectMemoryTest.class.getName())
                .redirectErrorStream(true)
                .start();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said).contains("lost nothing lost");
    }
}
