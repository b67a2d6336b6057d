package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The measurements run and print lines that tools can read; how fast they are is no matter here. */
class PerfTest {
    private static final String NUMBER = "\\d+(\\.\\d+)?";

    private static String free() throws Exception {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "tcp://127.0.0.1:" + probe.getLocalPort();
        }
    }

    @Test
    void throughput() throws Exception {
        var endpoint = free();
        var receiver = Ling.start("perf", "--warm-up", "200ms", "thr-recv", endpoint, "16", "1000");
        Ling.start("perf", "--warm-up", "0s", "thr-send", endpoint, "16", "1000")
                .succeeds();
        assertThat(receiver.succeeds().lines())
                .singleElement()
                .asString()
                .matches("lingmq thr size=16 count=1000 msg_per_s=" + NUMBER + " mb_per_s=" + NUMBER);
    }

    @Test
    void latency() throws Exception {
        var endpoint = free();
        var replier = Ling.start("perf", "--warm-up", "0s", "lat-rep", endpoint, "16", "100");
        var requester = Ling.start("perf", "--warm-up", "0s", "lat-req", endpoint, "16", "100");
        assertThat(requester.succeeds().lines())
                .singleElement()
                .asString()
                .matches("lingmq lat size=16 count=100 p50_us=%1$s p99_us=%1$s mean_us=%1$s".formatted(NUMBER));
        assertThat(replier.succeeds().out()).isEmpty();
    }

    @Test
    void pacedStream() throws Exception {
        var endpoint = free();
        var receiver = Ling.start("perf", "--warm-up", "200ms", "pace-recv", endpoint, "64", "100", "1000");
        var sender = Ling.start("perf", "--warm-up", "0s", "pace-send", endpoint, "64", "100", "1000");
        assertThat(sender.succeeds().lines())
                .singleElement()
                .asString()
                .matches("lingmq pace-send rate=1000 cpu_percent=" + NUMBER);
        assertThat(receiver.succeeds().lines())
                .singleElement()
                .asString()
                .matches("lingmq pace size=64 count=100 rate=1000 p50_us=%1$s p99_us=%1$s cpu_percent=%1$s"
                        .formatted(NUMBER));
    }

    @Test
    void messageWithoutRoomForItsTimeIsRefused() {
        var perf = Ling.start("perf", "--warm-up", "0s", "pace-send", "tcp://127.0.0.1:1", "7", "10", "1");
        assertThat(perf.exitCode()).isEqualTo(2);
        assertThat(perf.err()).contains("7 bytes");
    }

    @Test
    void withinTheProcess() {
        assertThat(Ling.start("perf", "--warm-up", "0s", "inproc-thr", "16", "1000")
                        .succeeds()
                        .out())
                .startsWith("lingmq inproc-thr size=16 count=1000 msg_per_s=");
        assertThat(Ling.start("perf", "--warm-up", "200ms", "inproc-lat", "16", "100")
                        .succeeds()
                        .out())
                .startsWith("lingmq inproc-lat size=16 count=100 p50_us=");
    }

    @Test
    void fanOutDeliversEverythingToEverybody() throws Exception {
        var endpoint = free();
        var subscribers = Ling.start("perf", "--warm-up", "200ms", "fan-sub", endpoint, "64", "2000", "3");
        Ling.start("perf", "--warm-up", "0s", "fan-pub", endpoint, "64", "2000", "3")
                .succeeds();
        assertThat(subscribers.succeeds().lines())
                .singleElement()
                .asString()
                .matches("lingmq fanout size=64 subs=3 deliveries_per_s=" + NUMBER);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void connections() throws Exception {
        var endpoint = free();
        var server = Ling.start("perf", "--warm-up", "0s", "conns", endpoint, "20");
        var clients = Ling.startWithOpenInput("perf", "conns-cli", endpoint, "20");
        assertThat(server.succeeds().lines())
                .singleElement()
                .asString()
                .matches("lingmq conns n=20 rss_kb_per_peer=-?%1$s accept_s=%1$s".formatted(NUMBER));
        assertThat(clients.interrupt().exitCode()).isZero();
    }

    @Test
    void messageOfAnotherSizeIsNoticed() throws Exception {
        var endpoint = free();
        var receiver = Ling.start("perf", "--warm-up", "0s", "thr-recv", endpoint, "16", "2");
        Ling.start("perf", "--warm-up", "0s", "thr-send", endpoint, "17", "1").succeeds();
        assertThat(receiver.exitCode()).isEqualTo(1);
        assertThat(receiver.err()).contains("17 bytes");
    }

    /** What a thread dies of would be printed with its stack. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "inproc-thr 64 1000000",
                "inproc-lat 64 1000000",
                "thr-recv tcp://127.0.0.1:1 64 1000000",
                "lat-rep tcp://127.0.0.1:1 64 1000000",
                "fan-sub tcp://127.0.0.1:1 64 1000000 2",
                "pace-send tcp://127.0.0.1:1 64 1000000 1000"
            })
    void interruptInTheWarmUpEndsItInSilence(String work) {
        var died = new ConcurrentLinkedQueue<Throwable>();
        var handler = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> died.add(failure));
        try {
            var before = Thread.getAllStackTraces().keySet();
            var perf = Ling.start(("perf " + work).split(" "));
            Await.until("both sides work", () -> others(before).size() > 1);
            assertThat(perf.interrupt().exitCode()).isZero();
            assertThat(perf.err()).isEmpty();
            Await.until("both sides have ended", () -> others(before).isEmpty());
            assertThat(died).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(handler);
        }
    }

    /** The sides of a measurement that have begun since. */
    private static Set<Thread> others(Set<Thread> before) {
        var now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(before);
        now.removeIf(thread ->
                !thread.getName().startsWith("ling") || thread.getName().startsWith("lingmq"));
        return now;
    }

    @Test
    void curveIsRefused() {
        var perf = Ling.start("perf", "--warm-up", "0s", "thr-recv", "tcp://127.0.0.1:1", "16", "10", "curve");
        assertThat(perf.exitCode()).isEqualTo(1);
        assertThat(perf.err()).contains("not supported yet");
    }
}
