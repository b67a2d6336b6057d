package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.lingmq.event.DropReason;
import io.lingmq.event.Peer;
import io.lingmq.frame.FrameWalker;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import io.lingmq.support.BellRecorder;
import io.lingmq.testkit.Zmtp;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PeerRecordTest {
    private static final Peer.Introduction INTRODUCTION =
            new Peer.Introduction("there", SocketType.PULL, "ZMTP 3.1", Map.of("Socket-Type", "PULL"));

    private final WirePipe pipe = new WirePipe(new BellRecorder(), 0, 0, false);

    private static Peer now(Pipe pipe) {
        return Objects.requireNonNull(pipe.peerNow());
    }

    private void opens() {
        pipe.peerRecord().introduced(INTRODUCTION);
        pipe.opened(new byte[0]);
    }

    private void says(String text) {
        var octets = Zmtp.message(text);
        pipe.input().put(octets, 0, octets.length);
        pipe.input().mark();
        pipe.arrived(1);
    }

    private void writesOne() {
        var reader = pipe.output();
        reader.refresh();
        new FrameWalker().walk(reader, 2 + 5);
        pipe.taken(1);
    }

    @Test
    void aConnectIsThereBeforeBetweenAndWithItsPeers() {
        pipe.peerRecord().connectedTo("tcp://there:1");
        assertThat(now(pipe).state()).isEqualTo(Peer.State.CONNECTING);
        opens();
        assertThat(now(pipe).state()).isEqualTo(Peer.State.OPEN);
        pipe.closed();
        var lost = now(pipe);
        assertThat(lost.state()).isEqualTo(Peer.State.LOST);
        assertThat(lost.endpoint()).isEqualTo("tcp://there:1");
        assertThat(lost.type()).as("who is lost").isEqualTo(SocketType.PULL);
        assertThat(lost.address()).isEqualTo("there");
    }

    @Test
    void anAcceptedPeerIsThereWhenItIsKnown() {
        pipe.peerRecord().acceptedAt("tcp://*:1");
        assertThat(pipe.peerNow()).isNull();
        opens();
        assertThat(now(pipe).state()).isEqualTo(Peer.State.OPEN);
    }

    @Test
    void noTwoPipesHaveTheSamePeer() {
        assertThat(now(new WirePipe(new BellRecorder(), 0, 0, false)).id())
                .isNotEqualTo(now(pipe).id());
    }

    @Test
    void countsWhatHasPassedAndWhatWaits() {
        opens();
        pipe.send(Message.of("12345"));
        pipe.send(Message.of("12345"));
        says("123");
        says("123");
        says("123");
        writesOne();
        pipe.receive();
        assertThat(now(pipe).counts()).isEqualTo(new Peer.Counts(1, 3, 2 + 5, 3 * (2 + 3), 1, 2));
    }

    @Test
    void whatDidNotLeaveAsAWholeWasNotSent() {
        opens();
        pipe.send(Message.of("12345"));
        pipe.send(Message.of("12345"));
        writesOne();
        writesOne();
        pipe.peerRecord().cutOff(1); // only the beginning of this one has left
        assertThat(now(pipe).counts().sent()).isEqualTo(1);
        assertThat(now(pipe).dropped()).containsOnly(entry(DropReason.UNSENT, 1L));
        pipe.send(Message.of("for another"));
        pipe.peerRecord().dropped(DropReason.NO_ROUTE, pipe.dropUnsent());
        assertThat(now(pipe).counts().sent()).isEqualTo(1);
        assertThat(now(pipe).counts().unsent()).isZero();
    }

    @Test
    void whatIsJustBeingDroppedWasNotSent() {
        opens();
        pipe.send(Message.of("12345"));
        pipe.droppedByConnection(DropReason.TOO_LARGE, 1); // and is taken in a moment
        assertThat(now(pipe).counts().sent()).isZero();
        writesOne();
        assertThat(now(pipe).counts().sent()).isZero();
    }

    @Test
    void whatWasReplacedIsUnreadOnlyOnce() {
        var conflating = new WirePipe(new BellRecorder(), 0, 0, true);
        for (var text : new String[] {"old", "newer", "newest"}) {
            var octets = Zmtp.message(text);
            conflating.input().put(octets, 0, octets.length);
            conflating.input().mark();
            conflating.arrived(1);
        }
        var counts = now(conflating).counts();
        assertThat(counts.received()).isEqualTo(3);
        assertThat(counts.unread()).isEqualTo(1);
    }

    @Test
    void withinAProcessBothEndsCountTheSameMessages() {
        for (var conflates : new boolean[] {false, true}) {
            var near = InprocPipe.pair(
                    new InprocPipe.Side(new BellRecorder(), 0, 0, conflates),
                    new InprocPipe.Side(new BellRecorder(), 0, 0, false));
            near.opened(new byte[0]);
            near.peer().opened(new byte[0]);
            near.send(Message.of("one"));
            near.send(Message.of("two"));
            var unread = conflates ? 1 : 2;
            assertThat(now(near).counts()).isEqualTo(new Peer.Counts(2, 0, 0, 0, 0, 0));
            assertThat(now(near.peer()).counts()).isEqualTo(new Peer.Counts(0, 2, 0, 0, 0, unread));
            near.peer().receive();
            assertThat(now(near.peer()).counts().unread()).isEqualTo(unread - 1);
        }
    }

    @Test
    void metadataIsFoundWithoutRegardToCase() {
        opens();
        assertThat(Objects.requireNonNull(now(pipe).introduction()).metadata().get("socket-type"))
                .isEqualTo("PULL");
    }

    /** Somebody may log a peer, and it may have told escape sequences. */
    @Test
    void whatAPeerToldIsNotPrintedWithIt() {
        pipe.peerRecord()
                .introduced(new Peer.Introduction("there", null, "ZMTP 3.1", Map.of("X-\u001b[2J", "\u001b[31m")));
        assertThat(now(pipe).toString()).contains("metadata of 1 properties").doesNotContain("\u001b");
    }
}
