package io.lingmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.Socket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Endpoints;
import io.lingmq.testkit.Ledger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Peers with libzmq that are killed in full flow and started again. Messages are numbered: none may come twice or out
 * of its order, and what is lost is no more than the marks and the operating system's buffers hold.
 */
@ParameterizedClass(name = "over {0}")
@ValueSource(strings = {"tcp", "ipc"})
class RestartTest {
    private static final int RESTARTS = 3;
    private static final int PER_LIFE = 2_000;
    private static final int NUMBERS_PER_LIFE = 1_000_000;
    private static final int SIZE = 4096;
    private static final int MARK = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** What the system's buffers of one connection hold at most on a loopback connection, and both marks. */
    private static final int MOST_IN_FLIGHT = (16 << 20) / SIZE + 2 * MARK;

    @AutoClose
    private final Context context = Context.builder()
            .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(5))
            .socketDefault(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(50))
            .socketDefault(Options.SEND_TIMEOUT, PATIENCE)
            .open();

    private final String endpoint;

    RestartTest(String transport) {
        endpoint = transport.equals("tcp") ? Endpoints.tcp() : Endpoints.ipc();
    }

    private void place(Socket ours, boolean weBind) {
        if (weBind) {
            ours.bind(endpoint);
        } else {
            ours.connect(endpoint);
        }
    }

    private void place(PeerSocket theirs, boolean weBind) {
        if (weBind) {
            theirs.connect(endpoint);
        } else {
            theirs.bind(endpoint);
        }
    }

    private static void assertSound(Ledger ledger, int restarts) {
        ledger.assertOrderedAndUnique();
        System.out.println(
                "received " + ledger.count() + ", lost " + ledger.missing() + " in " + restarts + " restarts");
        assertThat(ledger.missing()).isLessThanOrEqualTo(restarts * MOST_IN_FLIGHT);
    }

    /** Notes the numbers that the peer prints, until so many have come. */
    private static void note(PeerProcess peer, Ledger ledger, int count) {
        for (var n = 0; n < count; n++) {
            var line = peer.line(PATIENCE);
            assertThat(line).startsWith("n ");
            ledger.note(Integer.parseInt(line.substring(2)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ourStreamSurvivesTheDeathOfItsReceiver(boolean weBind) throws InterruptedException {
        var ledger = new Ledger();
        var stop = new AtomicBoolean();
        var push = context.push();
        push.set(Options.LINGER, Duration.ZERO);
        push.set(Options.SEND_HWM, MARK);
        place(push, weBind);
        var sending = Background.run("sending", () -> {
            for (var n = 0; !stop.get(); n++) {
                push.send(numbered(n));
            }
        });
        for (var life = 0; life <= RESTARTS; life++) {
            try (var peer = PeerProcess.start(PeerLanguage.C)) {
                var pull = peer.open(SocketType.PULL);
                pull.set(Options.RECEIVE_HWM, MARK);
                place(pull, weBind);
                peer.start("tell " + pull.id() + " 100000000 10000");
                note(peer, ledger, PER_LIFE);
                peer.kill();
                noteTheRest(peer, ledger);
            }
        }
        stop.set(true);
        push.close();
        Await.until("the sender ends", sending::isDone);
        assertSound(ledger, RESTARTS);
    }

    private static Message numbered(int number) {
        return Message.of(String.format("%08d", number) + "x".repeat(SIZE - 8));
    }

    /** What the killed process had printed is still in the pipe. */
    private static void noteTheRest(PeerProcess peer, Ledger ledger) {
        for (var line : peer.program().lastLines()) {
            if (line.matches("n \\d{8}")) {
                ledger.note(Integer.parseInt(line.substring(2)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theirStreamReachesUsThroughEachOfItsLives(boolean weBind) throws InterruptedException {
        // What the last life had sent may still be on its way when the next one begins: each has an order of its own.
        var ledgers = new Ledger[RESTARTS + 1];
        Arrays.setAll(ledgers, life -> new Ledger());
        try (var pull = context.pull()) {
            pull.set(Options.RECEIVE_HWM, MARK);
            place(pull, weBind);
            for (var life = 0; life <= RESTARTS; life++) {
                try (var peer = PeerProcess.start(PeerLanguage.C)) {
                    var push = peer.open(SocketType.PUSH);
                    push.set(Options.SEND_HWM, MARK);
                    place(push, weBind);
                    peer.start("pour " + push.id() + " " + life * NUMBERS_PER_LIFE + " 900000 " + SIZE);
                    while (ledgers[life].count() < PER_LIFE) {
                        note(ledgers, pull.receive(PATIENCE));
                    }
                    peer.kill();
                }
            }
        }
        for (var ledger : ledgers) {
            ledger.assertOrderedAndUnique();
            assertThat(ledger.missing()).as("lost while their process lived").isZero();
        }
    }

    private static void note(Ledger[] ledgers, @Nullable Message message) {
        assertThat(message).as("a message").isNotNull();
        assertThat(message.size(0)).isEqualTo(SIZE);
        var number = Integer.parseInt(new String(message.bytes(0), 0, 8, StandardCharsets.US_ASCII));
        ledgers[number / NUMBERS_PER_LIFE].note(number % NUMBERS_PER_LIFE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ourSubscriptionComesBack(boolean weBind) throws InterruptedException {
        try (var sub = context.sub()) {
            sub.subscribe("1");
            place(sub, weBind);
            for (var life = 0; life <= RESTARTS; life++) {
                try (var peer = PeerProcess.start(PeerLanguage.PYTHON)) {
                    var pub = peer.open(SocketType.XPUB);
                    place(pub, weBind);
                    pub.expect("hex:0131");
                    pub.send(PeerSocket.text("0 unwanted"));
                    pub.send(PeerSocket.text("1 life " + life));
                    assertThat(sub.receive(PATIENCE)).isEqualTo(Message.of("1 life " + life));
                    peer.kill();
                }
                Await.until("it is gone", () -> sub.statistics().peers() == 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theirSubscriptionComesBack(boolean weBind) throws InterruptedException {
        try (var pub = context.pub()) {
            place(pub, weBind);
            for (var life = 0; life <= RESTARTS; life++) {
                try (var peer = PeerProcess.start(PeerLanguage.PYTHON)) {
                    var sub = peer.open(SocketType.SUB);
                    sub.subscribe("1");
                    place(sub, weBind);
                    Await.until("subscribed", () -> {
                        sub.poke();
                        return pub.statistics().subscriptions() == 1;
                    });
                    pub.send("0 unwanted");
                    pub.send("1 life " + life);
                    assertThat(sub.takeText()).isEqualTo("1 life " + life);
                    peer.kill();
                }
                Await.until("forgotten", () -> pub.statistics().subscriptions() == 0);
            }
        }
    }

    @Test
    void ourClientFindsTheirServerAgain() throws InterruptedException {
        try (var req = context.req()) {
            req.set(Options.REQ_RELAXED, true);
            req.set(Options.REQ_CORRELATE, true);
            req.connect(endpoint);
            for (var life = 0; life <= RESTARTS; life++) {
                try (var peer = PeerProcess.start(PeerLanguage.PHP)) {
                    var rep = peer.open(SocketType.REP);
                    rep.bind(endpoint);
                    var question = Message.of("life " + life, "");
                    req.send(question);
                    rep.expect(PeerSocket.text("life " + life) + ",hex:");
                    rep.send(PeerSocket.text("answer " + life));
                    assertThat(req.receive(PATIENCE)).isEqualTo(Message.of("answer " + life));
                    req.send("lost with its server");
                    rep.expect(PeerSocket.text("lost with its server"));
                    peer.kill();
                }
                Await.until("it is gone", () -> req.statistics().peers() == 0);
            }
        }
    }

    @Test
    void ourServerOutlivesTheirClients() throws InterruptedException {
        try (var rep = context.rep()) {
            rep.bind(endpoint);
            for (var life = 0; life <= RESTARTS; life++) {
                try (var peer = PeerProcess.start(PeerLanguage.PHP)) {
                    var req = peer.open(SocketType.REQ);
                    req.connect(endpoint);
                    req.send(PeerSocket.text("hello"));
                    assertThat(rep.receive(PATIENCE)).isEqualTo(Message.of("hello"));
                    peer.kill();
                }
                Await.until("it is gone", () -> rep.statistics().peers() == 0);
                rep.send("to nobody any more");
            }
        }
    }
}
