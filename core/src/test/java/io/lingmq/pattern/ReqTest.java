package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.SocketStateException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One method for each cell of the table in {@link Req}. */
class ReqTest {
    private final SocketUnderTest req = new SocketUnderTest(SocketType.REQ);

    @Nested
    class Ready {
        @Test
        void sendPutsADelimiterInFrontAndAwaitsTheReply() {
            var peer = req.peer();

            assertThat(req.send("ask", "more")).isTrue();

            assertThat(peer.hears()).containsExactly("", "ask", "more");
            assertThat(req.canSend()).isFalse();
            assertThatThrownBy(() -> req.send("again")).isInstanceOf(SocketStateException.class);
        }

        @Test
        void sendWithoutAPeerChangesNothing() {
            assertThat(req.canSend()).isFalse();
            assertThat(req.send("ask")).isFalse();

            var peer = req.peer();

            assertThat(req.canSend()).isTrue();
            assertThat(req.send("ask")).isTrue();
            assertThat(peer.hears()).containsExactly("", "ask");
        }

        @Test
        void sendGoesToEachPeerInTurn() {
            var a = req.peer();
            var b = req.peer();
            req.send("1");
            a.says("", "re 1");
            req.receive();
            req.send("2");

            assertThat(a.hears()).containsExactly("", "1");
            assertThat(b.hears()).containsExactly("", "2");
        }

        @Test
        void receiveIsRefused() {
            req.peer().says("", "unasked");

            assertThat(req.canReceive()).isFalse();
            assertThatThrownBy(req::receive)
                    .isInstanceOf(SocketStateException.class)
                    .hasMessageStartingWith("a REQ socket receives only after it has sent a request: send one first");
        }

        @Test
        void replyThatIsThereAlreadyIsDropped() {
            var peer = req.peer().says("", "unasked");
            req.send("ask");

            assertThat(req.receive()).isNull();
            assertThat(req.drops()).isEqualTo(Map.of(DropReason.STALE_REPLY, 1L));
            peer.says("", "answer");
            assertThat(req.receive()).containsExactly("answer");
        }
    }

    @Nested
    class AwaitingReply {
        private final PipePeer asked = req.peer();
        private final PipePeer other = req.peer();

        AwaitingReply() {
            req.send("ask");
        }

        @Test
        void sendIsRefused() {
            assertThat(req.canSend()).isFalse();
            assertThatThrownBy(() -> req.send("again"))
                    .isInstanceOf(SocketStateException.class)
                    .hasMessageStartingWith(
                            "a REQ socket sends one request at a time: receive the reply first, or set REQ_RELAXED"
                                    + " (best with REQ_CORRELATE) to give the old request up");
        }

        @Test
        void receiveWithoutAReplyFindsNone() {
            assertThat(req.canReceive()).isFalse();
            assertThat(req.receive()).isNull();
            assertThat(req.receive()).as("and it goes on waiting").isNull();
        }

        @Test
        void receiveTakesTheDelimiterOffAndIsReadyAgain() {
            asked.says("", "answer", "more");

            assertThat(req.canReceive()).isTrue();
            assertThat(req.receive()).containsExactly("answer", "more");
            assertThat(req.canReceive()).isFalse();
            assertThat(req.canSend()).isTrue();
            assertThatThrownBy(req::receive).isInstanceOf(SocketStateException.class);
        }

        @Test
        void lookingForAReplyDoesNotTakeIt() {
            asked.says("", "answer");

            assertThat(req.canReceive()).isTrue();
            assertThat(req.canReceive()).isTrue();
            assertThat(req.canSend()).as("it was not received yet").isFalse();
            assertThat(req.receive()).containsExactly("answer");
        }

        @Test
        void onlyTheFirstDelimiterIsTakenOff() {
            asked.says("", "", "x", "");

            assertThat(req.receive()).containsExactly("", "x", "");
        }

        @Test
        void replyOfAnotherPeerIsDropped() {
            other.says("", "not asked");

            assertThat(req.canReceive()).isFalse();
            assertThat(req.drops()).isEqualTo(Map.of(DropReason.STALE_REPLY, 1L));
            asked.says("", "answer");
            assertThat(req.receive()).containsExactly("answer");
        }

        @Test
        void replyWithoutDelimiterIsDroppedAndItsPeerDisconnected() {
            asked.says("answer");
            assertThat(req.receive()).isNull();
            asked.says("x", "", "answer");
            assertThat(req.receive()).isNull();

            assertThat(asked.refusals()).hasSize(2).containsOnly("a reply must have an empty frame before its body");
            assertThat(req.drops()).isEqualTo(Map.of(DropReason.NO_DELIMITER, 2L));
        }

        @Test
        void replyOfADelimiterAloneIsMalformed() {
            asked.says("");

            assertThat(req.receive()).isNull();
            assertThat(asked.refusals()).hasSize(1);
        }

        @Test
        void askedPeerThatIsGoneIsForgotten() {
            asked.leaves();

            assertThat(req.canSend()).as("it still waits").isFalse();
            other.says("", "instead");
            assertThat(req.receive()).containsExactly("instead");
        }

        @Test
        void replyOfAPeerThatHasGoneSinceCounts() {
            assertThat(req.receive()).isNull();
            other.says("", "not asked");
            asked.says("", "answer").leaves();

            assertThat(req.receive()).containsExactly("answer");
            assertThat(req.canSend()).isTrue();
        }

        @Test
        void otherPeerMayGo() {
            other.leaves();
            asked.says("", "answer");

            assertThat(req.receive()).containsExactly("answer");
        }
    }

    @Nested
    class Relaxed {
        private final PipePeer peer = req.with(Options.REQ_RELAXED, true).peer();

        @Test
        void sendGivesTheOldRequestUp() {
            req.send("1");
            assertThat(req.canSend()).isTrue();
            assertThat(req.send("2")).isTrue();

            assertThat(peer.hears()).containsExactly("", "1");
            assertThat(peer.hears()).containsExactly("", "2");
            peer.says("", "answer");
            assertThat(req.receive()).containsExactly("answer");
        }

        @Test
        void replyThatWasNotReceivedIsDroppedByTheNextRequest() {
            req.send("1");
            peer.says("", "re 1");
            assertThat(req.canReceive()).isTrue();
            req.send("2");

            assertThat(req.receive()).isNull();
            assertThat(req.drops()).isEqualTo(Map.of(DropReason.STALE_REPLY, 1L));
        }

        @Test
        void requestThatFindsNoRoomLeavesTheReply() {
            var narrow = new SocketUnderTest(SocketType.REQ).with(Options.REQ_RELAXED, true);
            var full = narrow.peerWithMark(1);
            narrow.send("1");
            full.says("", "re 1");

            assertThat(narrow.send("2")).isFalse();

            assertThat(narrow.receive()).containsExactly("re 1");
        }

        @Test
        void receiveBeforeAnyRequestIsRefused() {
            assertThatThrownBy(req::receive).isInstanceOf(SocketStateException.class);
        }
    }

    @Nested
    class Correlating {
        private final PipePeer peer = req.with(Options.REQ_CORRELATE, true)
                .with(Options.REQ_RELAXED, true)
                .peer();

        private Message ask(String text) {
            req.send(text);
            return peer.hearsMessage();
        }

        private void answer(Message request, String text) {
            peer.says(new String(request.bytes(0), StandardCharsets.ISO_8859_1), "", text);
        }

        @Test
        void requestHasANumberOfFourBytesBeforeItsDelimiter() {
            var request = ask("a");

            assertThat(request.frameCount()).isEqualTo(3);
            assertThat(request.size(0)).isEqualTo(4);
            assertThat(request.size(1)).isZero();
            assertThat(request.text(2)).isEqualTo("a");
        }

        @Test
        void eachRequestHasTheNextNumber() {
            var first = ByteBuffer.wrap(ask("a").bytes(0)).getInt();

            assertThat(ByteBuffer.wrap(ask("b").bytes(0)).getInt()).isEqualTo(first + 1);
            assertThat(ByteBuffer.wrap(ask("c").bytes(0)).getInt()).isEqualTo(first + 2);
        }

        @Test
        void replyWithTheNumberCounts() {
            answer(ask("a"), "re a");

            assertThat(req.receive()).containsExactly("re a");
        }

        @Test
        void lateReplyToAnOlderRequestIsDropped() {
            var old = ask("a");
            var current = ask("b");
            answer(old, "re a");
            assertThat(req.receive()).isNull();
            assertThat(req.drops()).isEqualTo(Map.of(DropReason.STALE_REPLY, 1L));

            answer(current, "re b");
            assertThat(req.receive()).containsExactly("re b");
            assertThat(peer.refusals()).as("being late is no offence").isEmpty();
        }

        @Test
        void lateReplyOfAPeerThatHasGoneSinceKeepsNoOtherFromAnswering() {
            var old = ask("a");
            var current = ask("b");
            answer(old, "re a");
            peer.leaves();
            req.peer().says(new String(current.bytes(0), StandardCharsets.ISO_8859_1), "", "re b");

            assertThat(req.receive()).containsExactly("re b");
        }

        @Test
        void replyWithoutNumberIsMalformed() {
            ask("a");
            peer.says("", "answer");

            assertThat(req.receive()).isNull();
            assertThat(peer.refusals()).containsExactly("a reply must have an empty frame before its body");
        }

        @Test
        void requestThatFindsNoRoomUsesNoNumberUp() {
            var narrow = new SocketUnderTest(SocketType.REQ)
                    .with(Options.REQ_CORRELATE, true)
                    .with(Options.REQ_RELAXED, true);
            var full = narrow.peerWithMark(1);
            narrow.send("1");
            narrow.send("2");
            var request = full.hearsMessage();
            full.says(new String(request.bytes(0), StandardCharsets.ISO_8859_1), "", "re 1");

            assertThat(narrow.receive()).containsExactly("re 1");
        }
    }

    @Test
    void greetsNewPeersIfItIsToldTo() {
        req.with(Options.PROBE_ROUTER, true);

        assertThat(req.peer().hears()).containsExactly("");
    }

    @Test
    void greetsEachNewPeerIfItIsToldTo() {
        req.with(Options.PROBE_ROUTER, true);
        var peer = req.peer();
        assertThat(peer.hears()).containsExactly("");
        peer.closes().opens("");

        assertThat(peer.hears()).containsExactly("");
    }
}
