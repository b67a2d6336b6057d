package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.HeardFrame;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection whose threads are stopped at the worst moments. */
class ConnectionTest {
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(60);

    private static OpenConnection pull(int mark) {
        return new OpenConnection(SocketType.PULL, "PUSH", Settings.defaults().with(Options.RECEIVE_HWM, mark));
    }

    private static List<String> takeAll(OpenConnection at) {
        var texts = new ArrayList<String>();
        Message message;
        while (at.pipe.canReceive() && (message = at.pipe.receive()) != null) {
            texts.add(message.text());
        }
        return texts;
    }

    // ---- the end, while somebody reads

    @Test
    void nobodyElseReadsWhileAReceiverIsStoppedInItsLookThoughTheConnectionFinishes() {
        try (var at = pull(1000)) {
            var reading = at.stopReaderAt(Zmtp.message("first"));
            assertThat(at.pipe.send(Message.of("keeps it from finishing at once")))
                    .isTrue();

            at.onReactor(() -> {
                at.connection.finish(LONG_NS);
                return true;
            });
            at.peer.send(Hex.bytes("00 0A 68 65 6C 6C 6F")); // half of a message
            at.letTheReactorLook();
            at.letReaderGoOn();
            assertThat(reading.result()).isTrue();
            assertThat(takeAll(at)).containsExactly("first");
            var goesOn = at.stopReactor();
            at.peer.send(Hex.bytes("00 03 61 62 63")); // its other half, which by itself looks like a message
            for (var i = 0; i < 1000; i++) {
                at.pipe.readInline();
            }
            goesOn.countDown();

            assertThat(takeAll(at)).as("halves of messages").isEmpty();
            var closeReason = at.closeReason;
            assertThat(closeReason == null ? CloseReason.Kind.FINISHED : closeReason.kind())
                    .as("%s", closeReason)
                    .isEqualTo(CloseReason.Kind.FINISHED);
        }
    }

    @Test
    void endDoesNotWaitForAReceiverThatIsStoppedInItsLook() {
        try (var at = pull(1000)) {
            var reading = at.stopReaderAt(Zmtp.message("first"));

            at.reactor.post(() -> at.connection.end(CloseReason.lost("on purpose")));

            assertThat(at.onReactor(() -> "the I/O thread goes on")).isNotNull();
            assertThat(at.closeReason).as("nobody may have the pipe yet").isNull();
            at.letReaderGoOn();
            assertThat(reading.result()).isTrue();
            Await.until("the owner hears of it", () -> at.closeReason != null);
            assertThat(takeAll(at)).as("what was whole stays").containsExactly("first");
        }
    }

    @Test
    void iOThreadRestsWhileAReceiverIsStoppedInItsLookAndGoesOnBehindIt() {
        try (var at = pull(1000)) {
            var reading = at.stopReaderAt(Zmtp.message("first"));
            at.peer.send(Zmtp.message("second"));
            at.pipe.stopReadingInline();
            at.letTheReactorLook();
            at.letReaderGoOn();
            assertThat(reading.result()).isTrue();

            Await.until("nobody looks, and yet it is read", () -> at.onReactor(() -> at.pipe.traffic() >= 15));
            assertThat(takeAll(at)).containsExactly("first", "second");
        }
    }

    // ---- the beginning, while the socket is busy

    private static OpenConnection unknown() {
        return new OpenConnection(SocketType.DEALER, "DEALER", Settings.defaults(), false);
    }

    @Test
    void nothingPassesBetweenAPeerAndASocketThatDoesNotKnowItYet() {
        try (var at = unknown()) {
            assertThat(at.pipe.send(Message.of("to the peer"))).isTrue();
            at.peer.send(Zmtp.message("from the peer"));
            at.letTheReactorLook();
            assertThat(at.pipe.readInline()).isFalse();
            assertThat(at.pipe.canReceive()).isFalse();
            assertThat(at.pipe.flush()).isTrue();
            assertThat(at.pipe.dropUnsent()).as("it has not left").isEqualTo(1);
            assertThat(at.pipe.send(Message.of("to the peer that is known"))).isTrue();

            at.learnOfPeer();
            Await.until("it is read", at.pipe::canReceive);
            assertThat(takeAll(at)).containsExactly("from the peer");
            assertThat(at.peer.readFrame().text()).isEqualTo("to the peer that is known");
        }
    }

    @Test
    void connectionMayEndBeforeTheSocketKnowsThePeer() {
        try (var at = unknown()) {
            at.peer.send(Zmtp.message("from the peer"));
            at.reactor.post(() -> at.connection.finish(LONG_NS));
            at.learnOfPeer();
            at.peer.close();
            Await.until("the owner hears of it", () -> at.closeReason != null);
            assertThat(takeAll(at)).isEmpty();
        }
    }

    @Test
    void whatCameWithTheHandshakeWaitsForTheSocketAlsoWhereTheConnectionFinishes() {
        try (var at = new OpenConnection(
                SocketType.DEALER,
                Settings.defaults(),
                false,
                peer -> peer.greet().ready(Hex.join(Zmtp.ready("DEALER", ""), Zmtp.message("early"))))) {
            assertThat(at.pipe.send(Message.of("last"))).isTrue();
            at.onReactor(() -> {
                at.connection.finish(LONG_NS);
                return true;
            });
            at.letTheReactorLook();
            assertThat(at.pipe.canReceive()).isFalse();

            at.learnOfPeer();
            at.peer.expect(Zmtp.message("last")).expectClosed();
            at.peer.close();
            Await.until("the owner hears of it", () -> at.closeReason != null);
            assertThat(takeAll(at)).containsExactly("early");
        }
    }

    @Test
    void iOThreadRestsWhileTheSocketDoesNotKnowThePeer() {
        try (var at = unknown()) {
            at.peer.send(Zmtp.message("from the peer"));
            at.letTheReactorLook();
            Await.until("the selector tells nothing", () -> at.onReactor(() -> !at.reactor.channelsHaveNews()));

            at.learnOfPeer();
            Await.until("it is read", at.pipe::canReceive);
        }
    }

    @Test
    void silenceOfAPeerThatTheSocketDoesNotKnowYetMeansNothing() {
        var settings = Settings.defaults().with(Options.HEARTBEAT_INTERVAL, Duration.ofMillis(10));
        try (var at = new OpenConnection(SocketType.DEALER, "DEALER", settings, false)) {
            at.peer.send(Zmtp.message("from the peer"));
            for (var i = 0; i < 5; i++) {
                assertThat(at.peer.readFrame().isCommand("PING")).isTrue();
            }
            assertThat(at.closeReason).isNull();
            assertThat(at.pipe.canReceive()).isFalse();

            at.learnOfPeer();
            Await.until("it is read", at.pipe::canReceive);
        }
    }

    @Test
    void connectionWhoseFirstMessageCannotBeTakenEnds() {
        try (var at = new OpenConnection(
                SocketType.DEALER,
                Settings.defaults(),
                false,
                peer -> peer.greet().ready(Hex.join(Zmtp.ready("DEALER", ""), Zmtp.message("m"))))) {
            at.failToHear();
            at.learnOfPeer();
            Await.until("the owner hears of it", () -> at.closeReason != null);
            assertThat(String.valueOf(at.closeReason)).contains("on purpose");
        }
    }

    // ---- the end, without memory

    @Test
    void ownerHearsOfAnEndThatNobodyElseCanBeToldOf() {
        try (var at = pull(1000)) {
            at.failToTell();
            at.reactor.post(() -> at.connection.end(CloseReason.lost("on purpose")));
            Await.until("the owner hears of it", () -> at.closeReason != null);
        }
    }

    /** Half of a message is lost: that makes room, which the pipe cannot tell of. */
    @Test
    void ownerHearsOfAnEndInTheMidstOfAMessage() {
        var settings = Settings.defaults().with(Options.SEND_HWM, 1);
        try (var at = new OpenConnection(SocketType.DEALER, "DEALER", settings)) {
            var large = Message.of(new byte[64 * 1024 * 1024]);
            assertThat(at.onReactor(() -> at.pipe.send(large))).isTrue();
            at.letTheReactorLook();
            at.onReactor(() -> {
                at.pipe.writable().arm();
                return true;
            });
            at.failToTell();
            at.reactor.post(() -> at.connection.end(CloseReason.lost("on purpose")));
            Await.until("the owner hears of it", () -> at.closeReason != null);
            assertThat(at.connection.lost()).isEqualTo(1);
        }
    }

    // ---- the end, when all is written

    @Test
    void answerThatCannotLeaveAnyMoreDoesNotEndAConnectionThatAwaitsItsPeersEnd() {
        try (var at = new OpenConnection(SocketType.DEALER, "DEALER", Settings.defaults())) {
            assertThat(at.onReactor(() -> at.pipe.send(Message.of("last")))).isTrue();
            at.onReactor(() -> {
                at.connection.finish(LONG_NS);
                return true;
            });
            at.peer.expect(Zmtp.message("last")).expectClosed();
            at.peer.send(Zmtp.ping(0, "still there?"));
            at.letTheReactorLook();

            at.connection.flush();
            at.letTheReactorLook();
            assertThat(at.closeReason).isNull();

            at.peer.close();
            Await.until("the owner hears of it", () -> at.closeReason != null);
            assertThat(at.closeReason).extracting(CloseReason::kind).isEqualTo(CloseReason.Kind.FINISHED);
        }
    }

    // ---- commands

    @Test
    void pingsThatAReceiverReadsWhileTheIOThreadIsBusyAreAnsweredByAFew() {
        var pings = 100_000;
        try (var at = pull(1000)) {
            var goesOn = at.stopReactor();
            var reading = Background.call("reading", () -> {
                Await.until("the last message came", () -> at.pipe.readInline() || at.pipe.canReceive());
                return takeAll(at);
            });
            at.peer.send(many(Zmtp.ping(0, "context"), pings)).send(Zmtp.message("last"));
            assertThat(reading.result()).containsExactly("last");
            goesOn.countDown();

            at.letTheReactorLook();
            at.onReactor(() -> at.pipe.send(Message.of("end")));
            at.letTheReactorLook();
            var pongs = 0;
            while (at.peer.readFrame().isCommand("PONG")) {
                pongs++;
            }
            assertThat(pongs).isBetween(1, 200);
        }
    }

    private static byte[] many(byte[] octets, int times) {
        var all = new ByteArrayOutputStream();
        for (var i = 0; i < times; i++) {
            all.writeBytes(octets);
        }
        return all.toByteArray();
    }

    // ---- the high-water mark

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 1000})
    void pipeHoldsItsMarkAndWhatOneReadBringsHoweverSmallTheMessagesAre(int mark) {
        var count = 400_000;
        try (var at = pull(mark)) {
            var sending = Background.run("sending", () -> at.peer.send(many(Zmtp.message(""), count)));
            Await.until("the pipe is full", () -> at.onReactor(at.pipe::traffic) >= 2L * mark);
            for (var i = 0; i < 10; i++) {
                at.letTheReactorLook();
                at.pipe.readInline();
            }
            assertThat(at.onReactor(at.pipe::traffic))
                    .as("octets, two for each")
                    .isLessThanOrEqualTo(2L * mark + 256 * 1024);

            for (var i = 0; i < count; i++) {
                if (!at.pipe.canReceive()) {
                    Await.until("message %d came".formatted(i), at.pipe::canReceive);
                }
                assertThat(at.pipe.receive()).isEqualTo(Message.empty());
            }
            sending.result();
            at.letTheReactorLook();
            assertThat(takeAll(at)).isEmpty();
        }
    }

    @Test
    void peerThatPingsHearsThatWeAreAliveWhileNobodyReads() {
        try (var at = pull(1)) {
            at.peer.send(Zmtp.ping(0, "first")).expect(Zmtp.pong("first"));
            at.peer.send(Zmtp.message("one")).expect(Zmtp.pong("")); // the pipe is full, reading pauses
            at.peer.send(Zmtp.message("two")).send(Zmtp.ping(0, "late"));
            for (var i = 0; i < 5; i++) {
                at.peer.expect(Zmtp.pong(""));
            }
            assertThat(at.pipe.receive()).isEqualTo(Message.of("one"));
            Await.until("the second came", at.pipe::canReceive);
            assertThat(at.pipe.receive()).isEqualTo(Message.of("two"));

            HeardFrame answer;
            do {
                answer = at.peer.readFrame();
                assertThat(answer.isCommand("PONG")).isTrue();
            } while (!answer.text().endsWith("late"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endOfANamedPeerIsSeenWhileNobodyReads(boolean reset) {
        var settings = Settings.defaults().with(Options.RECEIVE_HWM, 1);
        try (var at = new OpenConnection(
                SocketType.ROUTER, settings, true, peer -> peer.greet().ready(Zmtp.ready("DEALER", "bob")))) {
            at.peer.send(many(Zmtp.message("a message of some size"), 100_000));
            Await.until("nothing more fits", () -> at.onReactor(at.pipe::traffic) > 0);
            at.letTheReactorLook();
            if (reset) {
                at.peer.reset();
            } else {
                at.peer.close();
            }
            Await.until("the end is seen", () -> at.closeReason != null);
        }
    }
}
