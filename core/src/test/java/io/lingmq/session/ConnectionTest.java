package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
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

/** A connection whose threads are stopped at the worst moments, in virtual time: no thread really waits. */
class ConnectionTest {
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(60);

    private static SteppedConnection pull(int mark) {
        return new SteppedConnection(
                SocketType.PULL, "PUSH", Settings.defaults().with(Options.RECEIVE_HWM, mark));
    }

    private static List<String> takeAll(SteppedConnection at) {
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
        var at = pull(1000);
        at.readAndStop(Zmtp.message("first"), () -> {
            assertThat(at.pipe.send(Message.of("keeps it from finishing at once")))
                    .isTrue();
            at.onReactor(() -> at.connection.finish(LONG_NS));
            at.peer.send(Hex.bytes("00 0A 68 65 6C 6C 6F")); // half of a message
            at.letTheReactorLook();
        });
        assertThat(takeAll(at)).containsExactly("first");
        at.lab.stop(at.reactor);
        at.peer.send(Hex.bytes("00 03 61 62 63")); // its other half, which by itself looks like a message
        for (var i = 0; i < 1000; i++) {
            at.pipe.readInline();
            at.lab.pass(Duration.ofMillis(1));
        }
        at.lab.goesOn(at.reactor);
        at.letTheReactorLook();

        assertThat(takeAll(at)).as("halves of messages").isEmpty();
        var closeReason = at.socket.closeReason;
        assertThat(closeReason == null ? CloseReason.Kind.FINISHED : closeReason.kind())
                .as("%s", closeReason)
                .isEqualTo(CloseReason.Kind.FINISHED);
    }

    @Test
    void endDoesNotWaitForAReceiverThatIsStoppedInItsLook() {
        var at = pull(1000);
        at.readAndStop(Zmtp.message("first"), () -> {
            at.reactor.post(() -> at.connection.end(CloseReason.lost("on purpose")));

            at.onReactor(() -> {}); // the I/O thread goes on
            assertThat(at.socket.closeReason).as("nobody may have the pipe yet").isNull();
        });
        at.awaitEnd();
        assertThat(takeAll(at)).as("what was whole stays").containsExactly("first");
    }

    @Test
    void iOThreadRestsWhileAReceiverIsStoppedInItsLookAndGoesOnBehindIt() {
        var at = pull(1000);
        at.readAndStop(Zmtp.message("first"), () -> {
            at.peer.send(Zmtp.message("second"));
            at.pipe.stopReadingInline();
            at.letTheReactorLook();
            assertRests(at);
        });

        at.lab.until("nobody looks, and yet it is read", () -> at.pipe.traffic() >= 15);
        assertThat(takeAll(at)).containsExactly("first", "second");
    }

    /** Where something has come that it does not take, it must not look again and again. */
    private static void assertRests(SteppedConnection at) {
        var before = at.lab.steps();
        at.lab.pass(Duration.ofSeconds(1));
        assertThat(at.lab.steps() - before).as("steps in a second").isLessThan(50);
    }

    // ---- the beginning, while the socket is busy

    private static SteppedConnection unknown() {
        return new SteppedConnection(SocketType.DEALER, "DEALER", Settings.defaults(), false);
    }

    @Test
    void nothingPassesBetweenAPeerAndASocketThatDoesNotKnowItYet() {
        var at = unknown();
        assertThat(at.pipe.send(Message.of("to the peer"))).isTrue();
        at.peer.send(Zmtp.message("from the peer"));
        at.letTheReactorLook();
        assertThat(at.pipe.readInline()).isFalse();
        assertThat(at.pipe.canReceive()).isFalse();
        assertThat(at.pipe.flush()).isTrue();
        assertThat(at.pipe.dropUnsent()).as("it has not left").isEqualTo(1);
        assertThat(at.pipe.send(Message.of("to the peer that is known"))).isTrue();

        at.socket.learnOfPeer();
        at.lab.until("it is read", at.pipe::canReceive);
        assertThat(takeAll(at)).containsExactly("from the peer");
        assertThat(at.peer.readFrame().text()).isEqualTo("to the peer that is known");
    }

    @Test
    void connectionMayEndBeforeTheSocketKnowsThePeer() {
        var at = unknown();
        at.peer.send(Zmtp.message("from the peer"));
        at.reactor.post(() -> at.connection.finish(LONG_NS));
        at.socket.learnOfPeer();
        at.peer.close();
        at.awaitEnd();
        assertThat(takeAll(at)).isEmpty();
    }

    @Test
    void whatCameWithTheHandshakeWaitsForTheSocketAlsoWhereTheConnectionFinishes() {
        var at = new SteppedConnection(
                SocketType.DEALER,
                Settings.defaults(),
                false,
                peer -> peer.greet().ready(Hex.join(Zmtp.ready("DEALER", ""), Zmtp.message("early"))));
        assertThat(at.pipe.send(Message.of("last"))).isTrue();
        at.onReactor(() -> at.connection.finish(LONG_NS));
        at.letTheReactorLook();
        assertThat(at.pipe.canReceive()).isFalse();

        at.socket.learnOfPeer();
        at.peer.expect(Zmtp.message("last")).expectClosed();
        at.peer.close();
        at.awaitEnd();
        assertThat(takeAll(at)).containsExactly("early");
    }

    @Test
    void iOThreadRestsWhileTheSocketDoesNotKnowThePeer() {
        var at = unknown();
        at.peer.send(Zmtp.message("from the peer"));
        at.letTheReactorLook();
        assertRests(at);
        assertThat(at.reactor.channelsHaveNews()).isFalse();

        at.socket.learnOfPeer();
        at.lab.until("it is read", at.pipe::canReceive);
    }

    @Test
    void silenceOfAPeerThatTheSocketDoesNotKnowYetMeansNothing() {
        var settings = Settings.defaults().with(Options.HEARTBEAT_INTERVAL, Duration.ofMillis(10));
        var at = new SteppedConnection(SocketType.DEALER, "DEALER", settings, false);
        at.peer.send(Zmtp.message("from the peer"));
        for (var i = 0; i < 5; i++) {
            assertThat(at.peer.readFrame().isCommand("PING")).isTrue();
        }
        assertThat(at.socket.closeReason).isNull();
        assertThat(at.pipe.canReceive()).isFalse();

        at.socket.learnOfPeer();
        at.lab.until("it is read", at.pipe::canReceive);
    }

    @Test
    void connectionWhoseFirstMessageCannotBeTakenEnds() {
        var at = new SteppedConnection(
                SocketType.DEALER,
                Settings.defaults(),
                false,
                peer -> peer.greet().ready(Hex.join(Zmtp.ready("DEALER", ""), Zmtp.message("m"))));
        at.socket.failToHear();
        at.socket.learnOfPeer();
        at.awaitEnd();
        assertThat(String.valueOf(at.socket.closeReason)).contains("on purpose");
    }

    // ---- the end, without memory

    @Test
    void ownerHearsOfAnEndThatNobodyElseCanBeToldOf() {
        var at = pull(1000);
        at.socket.failToTell();
        at.reactor.post(() -> at.connection.end(CloseReason.lost("on purpose")));
        at.awaitEnd();
    }

    /** Half of a message is lost: that makes room, which the pipe cannot tell of. */
    @Test
    void ownerHearsOfAnEndInTheMidstOfAMessage() {
        var settings = Settings.defaults().with(Options.SEND_HWM, 1);
        var at = new SteppedConnection(SocketType.DEALER, "DEALER", settings);
        var large = Message.of(new byte[1024 * 1024]);
        at.onReactor(() -> assertThat(at.pipe.send(large)).isTrue());
        at.letTheReactorLook();
        at.onReactor(() -> at.pipe.writable().arm());
        at.socket.failToTell();
        at.reactor.post(() -> at.connection.end(CloseReason.lost("on purpose")));
        at.awaitEnd();
        assertThat(at.connection.lost()).isEqualTo(1);
    }

    // ---- the end, when all is written

    @Test
    void answerThatCannotLeaveAnyMoreDoesNotEndAConnectionThatAwaitsItsPeersEnd() {
        var at = new SteppedConnection(SocketType.DEALER, "DEALER", Settings.defaults());
        at.onReactor(() -> assertThat(at.pipe.send(Message.of("last"))).isTrue());
        at.onReactor(() -> at.connection.finish(LONG_NS));
        at.peer.expect(Zmtp.message("last")).expectClosed();
        at.peer.send(Zmtp.ping(0, "still there?"));
        at.letTheReactorLook();

        at.connection.flush();
        at.letTheReactorLook();
        assertThat(at.socket.closeReason).isNull();

        at.peer.close();
        at.awaitEnd();
        assertThat(at.socket.closeReason).extracting(CloseReason::kind).isEqualTo(CloseReason.Kind.FINISHED);
    }

    // ---- commands

    @Test
    void pingsThatAReceiverReadsWhileTheIOThreadIsBusyAreAnsweredByAFew() {
        var pings = 100_000;
        var at = pull(1000);
        at.lab.stop(at.reactor);
        at.peer.send(many(Zmtp.ping(0, "context"), pings)).send(Zmtp.message("last"));
        at.lab.until("the last message came", () -> at.pipe.readInline() || at.pipe.canReceive());
        assertThat(takeAll(at)).containsExactly("last");
        at.lab.goesOn(at.reactor);

        at.letTheReactorLook();
        at.onReactor(() -> at.pipe.send(Message.of("end")));
        at.letTheReactorLook();
        var pongs = 0;
        while (at.peer.readFrame().isCommand("PONG")) {
            pongs++;
        }
        assertThat(pongs).isBetween(1, 200);
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
        var at = pull(mark);
        at.peer.send(many(Zmtp.message(""), count));
        at.lab.until("the pipe is full", () -> at.pipe.traffic() >= 2L * mark);
        for (var i = 0; i < 10; i++) {
            at.letTheReactorLook();
            at.pipe.readInline();
        }
        assertThat(at.pipe.traffic()).as("octets, two for each").isLessThanOrEqualTo(2L * mark + 256 * 1024);

        for (var i = 0; i < count; i++) {
            if (!at.pipe.canReceive()) {
                at.lab.until("another message came", at.pipe::canReceive);
            }
            assertThat(at.pipe.receive()).isEqualTo(Message.empty());
        }
        assertThat(at.peer.hasSaidAll()).isTrue();
        at.letTheReactorLook();
        assertThat(takeAll(at)).isEmpty();
    }

    @Test
    void peerThatPingsHearsThatWeAreAliveWhileNobodyReads() {
        var at = pull(1);
        at.peer.send(Zmtp.ping(0, "first")).expect(Zmtp.pong("first"));
        at.peer.send(Zmtp.message("one")).expect(Zmtp.pong("")); // the pipe is full, reading pauses
        at.peer.send(Zmtp.message("two")).send(Zmtp.ping(0, "late"));
        for (var i = 0; i < 5; i++) {
            at.peer.expect(Zmtp.pong(""));
        }
        assertThat(at.pipe.receive()).isEqualTo(Message.of("one"));
        at.lab.until("the second came", at.pipe::canReceive);
        assertThat(at.pipe.receive()).isEqualTo(Message.of("two"));

        HeardFrame answer;
        do {
            answer = at.peer.readFrame();
            assertThat(answer.isCommand("PONG")).isTrue();
        } while (!answer.text().endsWith("late"));
    }
}
