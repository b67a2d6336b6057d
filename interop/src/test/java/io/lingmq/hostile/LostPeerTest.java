package io.lingmq.hostile;

import static io.lingmq.testkit.Zmtp.MORE;
import static io.lingmq.testkit.Zmtp.ascii;
import static io.lingmq.testkit.Zmtp.frame;
import static io.lingmq.testkit.Zmtp.longFrame;
import static io.lingmq.testkit.Zmtp.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.FaultProxy;
import io.lingmq.testkit.FaultProxy.Direction;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Ledger;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that go away at a bad moment: what they began is never delivered, what they finished is. */
class LostPeerTest {
    private static final int SESSION_OCTETS = 300;

    @AutoClose
    private final Victim victim = new Victim().open();

    private static byte[] unfinished(String where) {
        return switch (where) {
            case "header" -> Hex.bytes("00");
            case "long header" -> Hex.bytes("02 00 00 00");
            case "body" -> Hex.bytes("00 0A 41 42");
            case "large body" -> longFrame(0, 1 << 20, new byte[1 << 19]);
            case "second frame" -> Hex.join(frame(MORE, ascii("one")), Hex.bytes("01 05 41"));
            case "message" -> Hex.join(frame(MORE, ascii("one")), frame(MORE, ascii("two")));
            default -> Hex.bytes("04 09 04 50 49");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "long header", "body", "large body", "second frame", "message", "command"})
    void deliversOnlyWhatWasWholeBeforeTheEnd(String where) {
        try (var peer = victim.connectAndOpen()) {
            peer.send(message("whole")).send(unfinished(where));
        }
        victim.assertDisconnected("closed");
        assertThat(victim.received().text(1)).isEqualTo("whole");
        victim.assertHonestClientIsServed();
        assertThat(victim.server().tryReceive()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "body", "second frame", "message", "command"})
    void survivesAResetInTheMiddle(String where) {
        try (var peer = victim.connectAndOpen()) {
            peer.send(message("whole"));
            assertThat(victim.received().text(1)).isEqualTo("whole");
            peer.send(unfinished(where)).reset();
        }
        Await.until("the peer is gone", () -> victim.server().statistics().peers() == 1);
        victim.assertHonestClientIsServed();
        assertThat(victim.server().tryReceive()).isNull();
    }

    @Test
    void deliversWhatAPeerSaidBeforeItStoppedTalking() {
        try (var peer = victim.connectAndOpen()) {
            peer.send(message("last words")).endOutput();
            assertThat(victim.received().text(1)).isEqualTo("last words");
            victim.assertDisconnected("closed");
            peer.expectClosed();
        }
    }

    @Test
    void survivesConnectionsThatEndAtOnce() {
        for (var i = 0; i < 1000; i++) {
            try (var peer = victim.connect()) {
                peer.reset();
            }
        }
        victim.assertHonestClientIsServed();
        Await.until("they are forgotten", () -> victim.server().statistics().peers() == 1);
    }

    /** Cuts one connection of ours after each possible number of octets: whatever was under way, the next try works. */
    @ParameterizedTest
    @ValueSource(strings = {"FROM_CLIENT", "FROM_SERVER"})
    void healsAfterACutAtEachOctetOfASession(Direction direction) throws InterruptedException {
        try (var context = Context.open();
                var proxy = FaultProxy.to(victim.endpoint())) {
            for (var octets = 1; octets <= SESSION_OCTETS; octets += direction == Direction.FROM_CLIENT ? 7 : 11) {
                proxy.cutAfter(direction, octets);
                assertOrderSurvivesOneCut(context, proxy, "session " + octets);
            }
        }
    }

    private void assertOrderSurvivesOneCut(Context context, FaultProxy proxy, String session)
            throws InterruptedException {
        try (var client = context.dealer()) {
            client.set(Options.RECONNECT_INTERVAL, Duration.ofMillis(1));
            client.connect(proxy.endpoint());
            var atServer = new Ledger();
            var atClient = new Ledger();
            // What is on its way at the cut may be lost: the exchange goes on until one is whole after it.
            for (var i = 0; atClient.last() < 10; i++) {
                assertThat(i).as("exchanges").isLessThan(1000);
                client.send(Message.of(String.valueOf(i), session));
                serve(atServer, session);
                var reply = client.receive(Duration.ofMillis(20));
                if (reply != null) {
                    atClient.note(Integer.parseInt(reply.text()));
                }
            }
            atServer.assertUnique();
            atClient.assertUnique();
        }
    }

    private void serve(Ledger ledger, String session) throws InterruptedException {
        var request = victim.server().receive(Duration.ofMillis(20));
        if (request != null) {
            assertThat(request.frameCount()).isEqualTo(3);
        }
        if (request != null && request.text(2).equals(session)) {
            ledger.note(Integer.parseInt(request.text(1)));
            victim.server().sendTo(request.bytes(), Message.of(request.text(1)));
        }
    }
}
