package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.AcceptFailed;
import io.lingmq.event.SocketEvent.Accepted;
import io.lingmq.event.SocketEvent.Closed;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.event.SocketEvent.Listening;
import io.lingmq.option.Settings;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SteppedReactor;
import io.lingmq.simulation.Lab;
import io.lingmq.simulation.VirtualPeer;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerTest {
    private final Lab lab = new Lab(1);
    private final List<SteppedReactor> reactors = List.of(lab.reactor("one"), lab.reactor("two"), lab.reactor("three"));
    private final SessionOwnerRecorder socket = new SessionOwnerRecorder();

    private Listener listen() {
        return listenOn(reactors);
    }

    private Listener listenOn(List<? extends Reactor> threads) {
        socket.where(this::reactorThatSteps);
        var acceptor = lab.transport("here").listen("here:1", Settings.defaults());
        return new Listener(List.copyOf(threads), socket, acceptor, Settings.defaults());
    }

    private String reactorThatSteps() {
        return reactors.stream()
                .filter(SteppedReactor::isHere)
                .map(SteppedReactor::name)
                .findFirst()
                .orElse("none");
    }

    private Listener listening() {
        var listener = listen();
        assertThat(listener.start()).isTrue();
        return listener;
    }

    private VirtualPeer peer(Listener listener) {
        return lab.call(listener.endpoint());
    }

    private long result(Listener listener) {
        lab.until("the listener has ended", listener.finished()::isDone);
        return listener.finished().join();
    }

    private <E extends SocketEvent> E told(Class<E> event) {
        lab.until(event.getSimpleName(), () -> socket.events().count(event) > 0);
        return socket.events().await(event);
    }

    @Test
    void peersAreSpreadOverTheThreadsInTurn() {
        var listener = listening();
        for (var i = 0; i < 6; i++) {
            peer(listener).open("PUSH");
        }
        lab.until("all have a pipe", () -> socket.attached().size() == 6);
        assertThat(socket.pipeThreads()).containsExactlyInAnyOrder("one", "one", "two", "two", "three", "three");

        listener.close(0);

        assertThat(result(listener)).isZero();
        assertThat(socket.attached()).isEmpty();
    }

    /** Its handshake may be complete on its own thread just as the listener's closes the others. */
    @Test
    void peerInTheMidstOfItsHandshakeEndsWithTheListener() {
        var listener = listening();
        for (var i = 0; i < 3; i++) {
            peer(listener).greet();
        }
        told(Accepted.class);

        listener.close(Long.MAX_VALUE);

        assertThat(result(listener)).isZero();
        assertThat(socket.attached()).isEmpty();
    }

    @Test
    void ofTooManyPeersInTheirHandshakeTheFirstIsLetGoAndCompleteOnesStay() {
        var listener = listen();
        listener.limitHalfOpen(3);
        assertThat(listener.start()).isTrue();
        var complete = peer(listener);
        complete.open("PUSH");
        lab.until("it has a pipe", () -> socket.attached().size() == 1);
        var first = peer(listener).greet();
        for (var i = 0; i < 3; i++) {
            peer(listener).greet();
        }
        first.expectClosed();
        assertThat(told(HandshakeFailed.class).reason()).contains("more than 3 peers");
        assertThat(socket.attached()).hasSize(1);
    }

    @Test
    void linkWhosePeerCannotBeNamedIsClosed() {
        lab.linksHaveNoNames();
        var listener = listening();
        peer(listener).expectClosed();
    }

    /** On the listener's thread as on others. */
    @Test
    void nobodyWaitsForPeersThatCouldNeitherBeginNorBeToldOf() {
        socket.failToGreet();
        socket.failToTell(AcceptFailed.class);
        var listener = listening();
        for (var i = 0; i < 3; i++) {
            peer(listener).expectClosed();
        }
        listener.close(0);
        assertThat(result(listener)).isZero();
    }

    @Test
    void pipeOfAPeerThatFailsAsItOpensDoesNotStay() {
        socket.failToWake();
        var listener = listening();
        peer(listener).greet().send(Zmtp.ready("PUSH")).expectClosed();
        lab.until(
                "it has no pipe",
                () -> socket.pipeThreads().size() == 1 && socket.attached().isEmpty());
    }

    @Test
    void listenerThatNobodyCanBeToldOfListensAndEnds() {
        socket.failToTell(Listening.class);
        var listener = listening();
        peer(listener).open("PUSH");
        lab.until("it has a pipe", () -> socket.attached().size() == 1);

        socket.failToTell(Closed.class);
        listener.close(0);
        assertThat(result(listener)).isZero();
    }

    /** On another thread than the listener's, too. */
    @Test
    void linkThatNobodyTakesOverIsClosed() {
        reactors.get(2).stop();
        var listener = listenOn(List.of(reactors.get(1), reactors.get(2)));
        assertThat(listener.start()).isTrue();
        peer(listener).open("PUSH");
        peer(listener).expectClosed();
        listener.close(0);
        assertThat(result(listener)).isZero();
    }

    @Test
    void listenerWhoseThreadHasStoppedIsOverAtOnce() {
        reactors.forEach(Reactor::stop);
        var listener = listen();

        assertThat(listener.start()).isFalse();

        assertThat(lab.isFree(listener.endpoint())).isTrue();
        assertThat(listener.finished()).isCompletedWithValue(0L);
        assertThat(listener.released()).isDone();
    }

    @Test
    void listenerThatIsClosedAfterItsThreadHasStoppedIsOverAtOnce() {
        var listener = listening();
        reactors.forEach(Reactor::stop);

        listener.close(0);

        assertThat(lab.isFree(listener.endpoint())).isTrue();
        assertThat(listener.finished()).isCompletedWithValue(0L);
    }

    /** Whatever has ended a link of such an acceptor may end the next one at once. */
    @Test
    void linksThatShareTheAddressAndFailAtOnceAreAskedForNowAndThen() {
        var acceptor = BrokenDatagrams.unwatchable();
        var listener = new Listener(List.copyOf(reactors), socket, acceptor, Settings.defaults());
        assertThat(listener.start()).isTrue();

        lab.pass(Duration.ofSeconds(1));
        assertThat(acceptor.given()).isBetween(2, 11);

        listener.close(0);
        assertThat(result(listener)).isZero();
    }

    /** It would go well on loopback, and break with the first datagram that is lost. */
    @Test
    void linkOfDatagramsWithAProtocolForStreamsDoesNotBegin() {
        var acceptor = BrokenDatagrams.withAProtocolForStreams();
        var listener = new Listener(List.copyOf(reactors), socket, acceptor, Settings.defaults());
        assertThat(listener.start()).isTrue();

        assertThat(told(AcceptFailed.class).reason())
                .contains("preservesBoundaries()")
                .contains("must agree");
        listener.close(0);
        assertThat(result(listener)).isZero();
    }
}
