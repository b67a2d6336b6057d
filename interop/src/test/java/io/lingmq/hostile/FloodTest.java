package io.lingmq.hostile;

import static io.lingmq.testkit.Zmtp.longFrame;
import static io.lingmq.testkit.Zmtp.ping;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.ResourceWatch;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that try to wear a socket out: by noise, slowness, numbers or promises. */
class FloodTest {
    private static final Duration HANDSHAKE = Duration.ofMillis(300);
    private static final int ROUNDS = 300;
    private static final long MEBIBYTE = 1 << 20;

    @AutoClose
    private final Victim victim =
            new Victim().with(Options.HANDSHAKE_TIMEOUT, HANDSHAKE).open();

    /** The seed is in the test's output: {@code -Dseed=…} runs the same noise again. */
    private static Random random() {
        var seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"greeting", "handshake", "traffic"})
    void shrugsOffNoise(String when) {
        var random = random();
        var before = switch (when) {
            case "greeting" -> new byte[0];
            case "handshake" -> Zmtp.greeting();
            default -> Hex.join(Zmtp.greeting(), Zmtp.ready("DEALER"));
        };
        for (var i = 0; i < ROUNDS; i++) {
            try (var peer = victim.connect()) {
                peer.sendUnlessClosed(Hex.join(before, Zmtp.noise(random, 4096)));
            }
        }
        // Noise can happen to be a message, as long as nobody has sent a word of sense.
        assertThat(victim.messagesBeforeTheHonestOne()).allMatch(message -> when.equals("traffic"));
        Await.until("they are gone", () -> victim.server().statistics().peers() == 1);
    }

    @Test
    void givesOneTimeLimitToAllOfASlowGreeting() {
        var beginNs = System.nanoTime();
        try (var peer = victim.connect()) {
            var sent = peer.sendSlowly(Zmtp.greeting(), Duration.ofMillis(20));
            assertThat(sent).isLessThan(Zmtp.GREETING_SIZE);
            assertThat(Duration.ofNanos(System.nanoTime() - beginNs)).isBetween(HANDSHAKE, HANDSHAKE.multipliedBy(5));
            victim.assertHandshakeFailed("time-out");
        }
        victim.assertHonestClientIsServed();
    }

    @Test
    void endsSilentConnectionsWithoutHarmToOthers() {
        var silent = new ArrayList<ScriptedPeer>();
        for (var i = 0; i < 200; i++) {
            var peer = victim.connect();
            silent.add(i % 2 == 0 ? peer : peer.send(Zmtp.greeting()));
        }
        assertThat(victim.server().statistics().peers())
                .as("peers that are peers")
                .isEqualTo(1);
        victim.assertHonestClientIsServed();
        silent.forEach(peer -> {
            peer.expectClosed();
            peer.close();
        });
        Await.until("each is reported", () -> victim.events().count(HandshakeFailed.class) == 200);
    }

    @Test
    void reservesNoMemoryForWhatIsOnlyAnnounced() {
        var used = ResourceWatch.usedHeap();
        var promising = new ArrayList<ScriptedPeer>();
        for (var i = 0; i < 50; i++) {
            promising.add(victim.connectAndOpen().send(longFrame(0, 512 * MEBIBYTE, new byte[1024])));
        }
        victim.assertHonestClientIsServed();
        Await.until("no memory is held for promises", () -> usedSince(used) < 16 * MEBIBYTE);
        promising.forEach(ScriptedPeer::close);
    }

    private static long usedSince(long begin) {
        return ResourceWatch.usedHeap() - begin;
    }

    @Test
    void answersAFloodOfPingsWithinBounds() {
        var pings = new ByteArrayOutputStream();
        while (pings.size() < MEBIBYTE) {
            pings.writeBytes(ping(0, "0123456789abcdef"));
        }
        var used = ResourceWatch.usedHeap();
        try (var peer = victim.connectAndOpen()) {
            for (var i = 0; i < 40; i++) {
                peer.send(pings.toByteArray());
            }
            victim.assertHonestClientIsServed();
            Await.until("no memory is held for PONGs that nobody reads", () -> usedSince(used) < 16 * MEBIBYTE);
        }
        victim.assertHonestClientIsServed();
    }

    @Test
    void oneSubscriberOfVeryManyTopicsLeavesOthersAlone() throws InterruptedException {
        try (var context = Context.open();
                var pub = context.pub();
                var sub = context.sub()) {
            var endpoint = pub.bind("tcp://127.0.0.1:*");
            sub.connect(endpoint);
            sub.subscribe("news");
            try (var greedy = ScriptedPeer.connect(endpoint).open("SUB")) {
                for (var i = 0; i < 100_000; i++) {
                    greedy.sendUnlessClosed(Zmtp.subscribe("topic number " + i));
                }
                Await.until("the honest subscription", () -> pub.statistics().subscriptions() > 0);
                pub.send("news at last");
                assertThat(sub.receive(Await.PATIENCE)).isNotNull();
            }
            Await.until("its topics are forgotten", () -> pub.statistics().subscriptions() == 1);
        }
    }

    @Test
    void takesTopicsOfAnyLengthThatFits() throws InterruptedException {
        try (var context = Context.open();
                var pub = context.pub()) {
            var endpoint = pub.bind("tcp://127.0.0.1:*");
            try (var peer = ScriptedPeer.connect(endpoint).open("SUB")) {
                for (var length : new int[] {0, 1, 245, 246, 249, 254, 255, 256, 60_000}) {
                    var topic = "t".repeat(length);
                    peer.send(Zmtp.subscribe(topic));
                    Await.until(
                            "subscribed to " + length, () -> pub.statistics().subscriptions() == 1);
                    pub.send(topic + "!");
                    assertThat(peer.readMessage()).containsExactly(topic + "!");
                    peer.send(Zmtp.cancel(topic));
                    Await.until("cancelled " + length, () -> pub.statistics().subscriptions() == 0);
                }
            }
        }
    }
}
