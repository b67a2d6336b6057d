package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.SocketStateException;
import io.lingmq.event.DropReason;
import io.lingmq.option.SocketType;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RepTest {
    private final SocketUnderTest rep = new SocketUnderTest(SocketType.REP);

    @Nested
    class AwaitingRequest {
        @Test
        void receiveTakesTheEnvelopeOff() {
            rep.peer().says("", "ask", "more");

            assertThat(rep.canReceive()).isTrue();
            assertThat(rep.receive()).containsExactly("ask", "more");
        }

        @Test
        void receiveWithoutARequestFindsNone() {
            rep.peer();

            assertThat(rep.canReceive()).isFalse();
            assertThat(rep.receive()).isNull();
        }

        @Test
        void sendIsRefused() {
            rep.peer();

            assertThat(rep.canSend()).isFalse();
            assertThatThrownBy(() -> rep.send("unasked"))
                    .isInstanceOf(SocketStateException.class)
                    .hasMessageStartingWith("a REP socket sends only the reply to a request: receive one first");
        }

        @Test
        void sendIsRefusedWhileARequestIsThereButNotReceived() {
            rep.peer().says("", "ask");
            assertThat(rep.canReceive()).isTrue();

            assertThat(rep.canSend()).isFalse();
            assertThatThrownBy(() -> rep.send("too early")).isInstanceOf(SocketStateException.class);
            assertThat(rep.receive()).containsExactly("ask");
        }

        @Test
        void lookingForARequestDoesNotTakeIt() {
            rep.peer().says("", "ask");

            assertThat(rep.canReceive()).isTrue();
            assertThat(rep.canReceive()).isTrue();
            assertThat(rep.receive()).containsExactly("ask");
        }

        @Test
        void requestWithoutDelimiterIsDropped() {
            var peer = rep.peer().says("ask").says("a", "b").says("", "good");

            assertThat(rep.receive()).containsExactly("good");
            assertThat(rep.drops()).isEqualTo(Map.of(DropReason.NO_DELIMITER, 2L));
            assertThat(peer.refusals()).as("the connection stays").isEmpty();
        }

        @Test
        void requestOfADelimiterAloneIsDropped() {
            rep.peer().says("").says("id", "");

            assertThat(rep.receive()).isNull();
            assertThat(rep.drops()).isEqualTo(Map.of(DropReason.NO_DELIMITER, 2L));
        }

        @Test
        void requestsOfAllPeersHaveTheirTurn() {
            var a = rep.peer().says("", "a1").says("", "a2");
            var b = rep.peer().says("", "b1");

            for (var expected : new String[] {"a1", "b1", "a2"}) {
                assertThat(rep.receive()).containsExactly(expected);
                rep.send("re " + expected);
            }
            assertThat(a.hears()).containsExactly("", "re a1");
            assertThat(a.hears()).containsExactly("", "re a2");
            assertThat(b.hears()).containsExactly("", "re b1");
        }
    }

    @Nested
    class Replying {
        @Test
        void sendPutsTheEnvelopeBackInFront() {
            var peer = rep.peer().says("", "ask");
            rep.peer();
            rep.receive();

            assertThat(rep.canSend()).isTrue();
            assertThat(rep.send("answer", "more")).isTrue();

            assertThat(peer.hears()).containsExactly("", "answer", "more");
        }

        @Test
        void wholeEnvelopeOfAChainOfBrokersComesBack() {
            var peer = rep.peer().says("broker 1", "broker 2", "", "ask", "", "more");

            assertThat(rep.receive()).containsExactly("ask", "", "more");
            rep.send("answer");

            assertThat(peer.hears()).containsExactly("broker 1", "broker 2", "", "answer");
        }

        @Test
        void receiveIsRefused() {
            rep.peer().says("", "1").says("", "2");
            rep.receive();

            assertThat(rep.canReceive()).isFalse();
            assertThatThrownBy(rep::receive)
                    .isInstanceOf(SocketStateException.class)
                    .hasMessageStartingWith(
                            "a REP socket answers each request before it receives the next: send the reply first");
        }

        @Test
        void secondReplyIsRefused() {
            rep.peer().says("", "ask");
            rep.receive();
            rep.send("answer");

            assertThat(rep.canSend()).isFalse();
            assertThatThrownBy(() -> rep.send("again")).isInstanceOf(SocketStateException.class);
        }

        @Test
        void replyToARequesterThatIsGoneIsDropped() {
            var peer = rep.peer().says("", "ask");
            rep.receive();
            peer.leaves();

            assertThat(rep.canSend()).isTrue();
            assertThat(rep.send("answer")).isTrue();
            assertThat(rep.drops()).isEqualTo(Map.of(DropReason.REQUESTER_GONE, 1L));
            assertThat(peer.hears()).isNull();
        }

        @Test
        void replyToARequesterWhoseConnectionIsLostIsDropped() {
            var peer = rep.peer().says("", "ask");
            rep.receive();
            peer.closes();

            assertThat(rep.send("answer")).isTrue();
            assertThat(rep.drops()).isEqualTo(Map.of(DropReason.REQUESTER_GONE, 1L));
            peer.opens("");
            assertThat(peer.hears()).isNull();
        }

        @Test
        void replyToAFullRequesterIsDropped() {
            var peer = rep.peerWithMark(1).says("", "1").says("", "2");
            rep.receive();
            rep.send("re 1");
            rep.receive();

            assertThat(rep.send("re 2")).isTrue();

            assertThat(rep.drops()).isEqualTo(Map.of(DropReason.PEER_FULL, 1L));
            assertThat(peer.hears()).containsExactly("", "re 1");
            assertThat(peer.hears()).isNull();
        }

        @Test
        void requestOfAPeerThatHasGoneSinceIsStillReceived() {
            rep.peer().says("", "last wish").leaves();

            assertThat(rep.receive()).containsExactly("last wish");
            assertThat(rep.send("answer")).isTrue();
            assertThat(rep.drops()).isEqualTo(Map.of(DropReason.REQUESTER_GONE, 1L));
        }

        @Test
        void nextRequestFollowsTheReply() {
            rep.peer().says("", "1").says("", "2");
            rep.receive();
            rep.send("re 1");

            assertThat(rep.canReceive()).isTrue();
            assertThat(rep.receive()).containsExactly("2");
        }
    }
}
