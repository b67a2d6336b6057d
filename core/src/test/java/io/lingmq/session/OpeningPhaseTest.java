package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.engine.PeerInfo;
import io.lingmq.event.SocketEvent;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SelectorReactor;
import io.lingmq.security.ZapReply;
import io.lingmq.support.AskingMechanism;
import io.lingmq.support.OnReactor;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.ScriptedListener;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection that asks for a verdict before it opens. The peer is a scripted one; the verdict is the test's. */
class OpeningPhaseTest implements ConnectionOwner {
    private static final byte[] REFUSAL = Zmtp.error("400");
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(60);

    private final Reactor reactor = new SelectorReactor("opening-under-test");
    private final SessionOwnerRecorder socket = new SessionOwnerRecorder();
    private final ScriptedListener listener = ScriptedListener.open();
    private volatile @Nullable CloseReason closeReason;
    private @Nullable Connection connection;
    private @Nullable ScriptedPeer peer;

    @AfterEach
    void close() {
        if (peer != null) {
            peer.close();
        }
        listener.close();
        reactor.stop();
    }

    private ScriptedPeer begin(boolean asksTwice, Settings settings) {
        socket.use(new AskingMechanism(asksTwice));
        connection = onReactor(() -> {
            var at = URI.create(listener.endpoint());
            var link = Links.to(new InetSocketAddress(at.getHost(), at.getPort()));
            var made = new Connection(reactor, socket, this, settings, link, "192.0.2.7:4711");
            made.start();
            return made;
        });
        var accepted = listener.accept();
        peer = accepted;
        return accepted.greet();
    }

    private ScriptedPeer begin() {
        return begin(false, Settings.defaults());
    }

    private <T> T onReactor(java.util.concurrent.Callable<T> work) {
        return OnReactor.call(reactor, work);
    }

    private Connection connection() {
        assert connection != null;
        return connection;
    }

    private CloseReason awaitEnd() {
        return Await.value("the end", () -> closeReason);
    }

    private void awaitOpen() {
        Await.until("the connection is open", () -> onReactor(() -> connection().isOpen()));
    }

    // ---- accepted

    @Test
    void saysNothingUntilThePeerIsAcceptedAndThenOpens() {
        var at = begin();
        var question = socket.question(0);
        assertThat(question.request().address()).isEqualTo("192.0.2.7");
        at.send(Zmtp.ready("PUSH")).expectSilence(Duration.ofMillis(20));
        assertThat(onReactor(() -> connection().isOpen())).isFalse();

        question.verdict().complete(ZapReply.accepted("alice"));

        at.expect(Zmtp.ready("PULL"));
        awaitOpen();
    }

    @Test
    void whatCameInOnePieceWithTheGreetingIsHeardBehindTheVerdict() {
        socket.use(new AskingMechanism(false));
        begin(false, Settings.defaults()); // the greeting alone: the rest below comes in one piece with another READY
        var at = peer;
        assert at != null;
        at.send(Hex.join(Zmtp.ready("PUSH"), Zmtp.message("early")));
        socket.question(0).verdict().complete(ZapReply.accepted(""));

        awaitOpen();
        var pipe = Await.value("the pipe", () -> connection().pipe());
        Await.until("the message came", pipe::canReceive);
        assertThat(pipe.receive())
                .hasToString(io.lingmq.message.Message.of("early").toString());
    }

    @Test
    void mechanismMayAskAgainAndAnOldAnswerIsNoNewOne() {
        var at = begin(true, Settings.defaults());
        var first = socket.question(0);
        first.verdict().complete(ZapReply.accepted("a"));
        at.expect(Zmtp.ready("PULL")).send(Zmtp.ready("PUSH"));
        var second = socket.question(1);

        first.verdict().complete(ZapReply.denied("too late"));
        assertThat(onReactor(() -> connection().isOpen())).isFalse();

        second.verdict().complete(ZapReply.accepted("b"));
        awaitOpen();
        assertThat(closeReason).isNull();
    }

    @Test
    void verdictWithinTheQuestionIsHeardBehindIt() {
        socket.answerAtOnce(ZapReply.accepted(""));
        begin().expect(Zmtp.ready("PULL")).send(Zmtp.ready("PUSH"));

        awaitOpen();
    }

    // ---- while pending

    @Test
    void nothingIsReadWhileTheVerdictIsAwaited() {
        var at = begin();
        socket.question(0);
        onReactor(() -> true);
        at.send(new byte[1_000_000]); // the operating systems keep some of it, and this side none
        onReactor(() -> {
            reactor.forgetClosed(); // which dispatches what is ready
            return true;
        });
        assertThat(closeReason).isNull();

        socket.question(0).verdict().complete(ZapReply.accepted(""));

        assertThat(awaitEnd().text()).contains("message before the handshake was complete");
    }

    @Test
    void handshakeTimeOutGoesOn() {
        begin(false, Settings.defaults().with(Options.HANDSHAKE_TIMEOUT, Duration.ofMillis(50)));

        assertThat(awaitEnd())
                .isEqualTo(CloseReason.lost("the verdict on the peer did not come within the handshake time-out"));
        socket.question(0).verdict().complete(ZapReply.accepted("too late"));
        onReactor(() -> true);
        assertThat(socket.attached()).isEmpty();
    }

    @Test
    void verdictOnAConnectionThatHasEndedIsDropped() {
        begin();
        var question = socket.question(0);
        onReactor(() -> {
            connection().finish(LONG_NS);
            return true;
        });
        assertThat(awaitEnd().kind()).isEqualTo(CloseReason.Kind.FINISHED);

        assertThat(question.verdict()).as("nobody needs to know any more").isCancelled();
        question.verdict().complete(ZapReply.accepted(""));
        onReactor(() -> true);

        assertThat(socket.attached()).isEmpty();
        assertThat(socket.events().count(SocketEvent.HandshakeSucceeded.class)).isZero();
    }

    @Test
    void peerThatWentMeanwhileIsSeenBehindTheVerdict() {
        begin().close();
        socket.question(0).verdict().complete(ZapReply.accepted(""));

        assertThat(awaitEnd().kind()).isEqualTo(CloseReason.Kind.LOST);
    }

    // ---- refused

    @Test
    void refusedPeerHearsTheLastWordsAndThenTheEnd() {
        var at = begin();
        at.send(Zmtp.ready("PUSH")); // which is unread when it is refused, and must not make a reset
        socket.question(0).verdict().complete(ZapReply.denied("bad"));

        at.expect(REFUSAL);
        assertThat(at.expectClosed()).isEmpty();
        at.close();
        assertThat(awaitEnd()).isEqualTo(CloseReason.ruleBroken("refused: bad"));
        assertThat(socket.events().await(SocketEvent.HandshakeFailed.class).reason())
                .isEqualTo("refused: bad");
    }

    @Test
    void refusedPeerThatDoesNotGoIsLeftSoon() {
        var at = begin();
        socket.question(0).verdict().complete(ZapReply.denied("bad"));
        at.expect(REFUSAL);
        at.sendUnlessClosed(new byte[100_000]);

        assertThat(awaitEnd().text()).isEqualTo("refused: bad");
        at.sendUnlessClosed(new byte[100_000]);
    }

    @ParameterizedTest
    @CsvSource({"0, FINISHED", "60000000000, RULE_BROKEN"})
    void closingDuringTheLastWords(long lingerNs, CloseReason.Kind kind) {
        var at = begin();
        socket.question(0).verdict().complete(ZapReply.denied("bad"));
        at.expect(REFUSAL);
        at.expectClosed();
        onReactor(() -> {
            connection().finish(lingerNs);
            return true;
        });
        if (lingerNs > 0) {
            assertThat(closeReason).isNull();
            at.close();
        }
        assertThat(awaitEnd().kind()).isEqualTo(kind);
    }

    @Test
    void refusalWithoutLastWordsEndsAtOnce() {
        var at = begin();
        socket.question(0).verdict().complete(ZapReply.temporaryFailure("later"));

        assertThat(at.expectClosed()).isEmpty();
        assertThat(awaitEnd()).isEqualTo(CloseReason.ruleBroken("not now: later"));
    }

    @Test
    void mechanismThatThrowsEndsItsConnectionOnly() {
        begin();
        socket.question(0).verdict().complete(ZapReply.failed(""));

        assertThat(awaitEnd().text()).contains("internal failure").contains("on purpose");
        assertThat(onReactor(() -> "the I/O thread goes on")).isNotNull();
    }

    // ---- the peer's address

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:4711, 127.0.0.1",
        "[::1]:4711, ::1",
        "[fe80::1%eth0]:1, fe80::1%eth0",
        "unix, ''",
        "unknown, ''"
    })
    void addressHasNoPort(String text, String address) {
        assertThat(OpeningPhase.addressIn(text)).isEqualTo(address);
    }

    // ---- the connection's owner

    @Override
    public String endpoint() {
        return listener.endpoint();
    }

    @Override
    public WirePipe pipeFor(Connection opened, PeerInfo info) {
        var pipe = socket.newPipe(Settings.defaults());
        socket.attach(pipe);
        return pipe;
    }

    @Override
    public void ended(Connection over, CloseReason why) {
        closeReason = why;
    }
}
