package io.lingmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.Disconnected;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Endpoints;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Heartbeats between ours and libzmq's, and a process that stops without dying. */
class SilentPeerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int HEARTBEAT_MS = 50;
    private static final int TIMEOUT_MS = 300;

    @AutoClose
    private final Context context = Context.builder()
            .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(10))
            .open();

    private final Recorder<SocketEvent> events = new Recorder<>();
    private final String endpoint = Endpoints.tcp();

    private static void signal(String signal, Program program) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(program.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void aStoppedProcessIsNoticedAndFoundAgain() throws IOException, InterruptedException {
        try (var peer = PeerProcess.start(PeerLanguage.C);
                var dealer = context.dealer()) {
            dealer.set(Options.HEARTBEAT_INTERVAL, Duration.ofMillis(HEARTBEAT_MS));
            dealer.set(Options.HEARTBEAT_TIMEOUT, Duration.ofMillis(TIMEOUT_MS));
            dealer.monitor(events);
            var theirs = peer.open(SocketType.DEALER);
            theirs.bind(endpoint);
            dealer.connect(endpoint);
            dealer.send("before");
            theirs.expect(PeerSocket.text("before"));
            signal("STOP", peer.program());
            assertThat(events.await(Disconnected.class).reason()).contains("sign of life");
            dealer.send("after");
            signal("CONT", peer.program());
            theirs.expect(PeerSocket.text("after"));
            theirs.send(PeerSocket.text("welcome back"));
            assertThat(dealer.receive(PATIENCE)).isEqualTo(Message.of("welcome back"));
        }
    }

    @Test
    void theirHeartbeatsFindUsAlive() throws InterruptedException {
        try (var dealer = context.dealer();
                var theirs = PeerProcess.shared(PeerLanguage.C).open(SocketType.DEALER)) {
            theirs.set(Options.HEARTBEAT_INTERVAL, HEARTBEAT_MS);
            theirs.set(Options.HEARTBEAT_TIMEOUT, TIMEOUT_MS);
            theirs.set(Options.HEARTBEAT_TTL, TIMEOUT_MS);
            dealer.monitor(events);
            dealer.bind(endpoint);
            theirs.connect(endpoint);
            Await.until("connected", () -> dealer.statistics().peers() == 1);
            // Nothing of ours comes for many of their intervals, except the PONGs.
            assertThat(dealer.receive(Duration.ofMillis(4 * TIMEOUT_MS))).isNull();
            assertThat(events.count(Disconnected.class)).isZero();
            theirs.send(PeerSocket.text("still here"));
            assertThat(dealer.receive(PATIENCE)).isEqualTo(Message.of("still here"));
        }
    }

    @Test
    void ourHeartbeatsFindThemAlive() throws InterruptedException {
        try (var dealer = context.dealer();
                var theirs = PeerProcess.shared(PeerLanguage.PYTHON).open(SocketType.DEALER)) {
            dealer.set(Options.HEARTBEAT_INTERVAL, Duration.ofMillis(HEARTBEAT_MS));
            dealer.set(Options.HEARTBEAT_TIMEOUT, Duration.ofMillis(TIMEOUT_MS));
            dealer.set(Options.HEARTBEAT_TTL, Duration.ofMillis(TIMEOUT_MS));
            dealer.monitor(events);
            dealer.bind(endpoint);
            theirs.connect(endpoint);
            Await.until("connected", () -> dealer.statistics().peers() == 1);
            assertThat(dealer.receive(Duration.ofMillis(4 * TIMEOUT_MS))).isNull();
            assertThat(events.count(Disconnected.class)).isZero();
            dealer.send("still here");
            theirs.expect(PeerSocket.text("still here"));
        }
    }

    /** What tells us that it has read all before; without it nobody of theirs is ever missed. */
    @Test
    void theyAnswerThePingForQuietConnectionsInItsWords() {
        try (var theirs = PeerProcess.shared(PeerLanguage.C).open(SocketType.PULL)) {
            theirs.bind(endpoint);
            try (var peer = ScriptedPeer.connect(endpoint).open("PUSH")) {
                peer.send(Hex.join(Zmtp.message("first"), Zmtp.ping(0, "quiet")));
                peer.expect(Zmtp.pong("quiet"));
            }
            theirs.expect(PeerSocket.text("first"));
        }
    }
}
