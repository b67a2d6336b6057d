package io.lingmq.routing;

import static io.lingmq.routing.FanOut.Matching.DIRECT;
import static io.lingmq.routing.FanOut.Matching.INVERTED;
import static io.lingmq.routing.FanOut.WhenFull.DROP;
import static io.lingmq.routing.FanOut.WhenFull.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.pipe.Doorbell.Kind;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.support.LocalPeer;
import io.lingmq.testkit.Zmtp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FanOutTest {
    private final BellRecorder socket = new BellRecorder();
    private final Drops drops = new Drops();
    private final FanOut fanOut = new FanOut(drops);

    private LocalPeer peer(int mark, String... topics) {
        var peer = new LocalPeer(socket, mark);
        fanOut.add(peer.pipe());
        for (var topic : topics) {
            fanOut.subscribe(fanOut.subscriber(peer.pipe()), Zmtp.ascii(topic));
        }
        return peer;
    }

    private boolean send(String text) {
        return fanOut.send(Message.of(text), DIRECT, DROP).isTaken();
    }

    private boolean subscribe(LocalPeer peer, String topic) {
        return fanOut.subscribe(fanOut.subscriber(peer.pipe()), Zmtp.ascii(topic));
    }

    private boolean cancel(LocalPeer peer, String topic) {
        return fanOut.cancel(fanOut.subscriber(peer.pipe()), Zmtp.ascii(topic));
    }

    @Test
    void sendsToAllThatWantTheFirstFrame() {
        var news = peer(0, "news");
        var sport = peer(0, "sport");
        var all = peer(0, "");
        var nothing = peer(0);

        send("news of today");
        send("sport");
        send("new");

        assertThat(news.hearsAll()).containsExactly("news of today");
        assertThat(sport.hearsAll()).containsExactly("sport");
        assertThat(all.hearsAll()).containsExactly("news of today", "sport", "new");
        assertThat(nothing.hearsAll()).isEmpty();
    }

    @Test
    void onlyTheFirstFrameCounts() {
        var peer = peer(0, "b");

        fanOut.send(Message.of("a", "b"), DIRECT, DROP);
        fanOut.send(Message.of("b", "a"), DIRECT, DROP);

        assertThat(peer.hearsAll()).containsExactly("b");
    }

    @Test
    void sendsOnceToWhoeverWantsItTwice() {
        var peer = peer(0, "", "n", "ne", "news");

        send("news");

        assertThat(peer.hearsAll()).hasSize(1);
    }

    @Test
    void invertedSendsToAllThatDoNotWantIt() {
        var news = peer(0, "news", "n");
        var sport = peer(0, "sport");
        var nothing = peer(0);

        fanOut.send(Message.of("news"), INVERTED, DROP);
        fanOut.send(Message.of("news"), INVERTED, DROP);

        assertThat(news.hearsAll()).isEmpty();
        assertThat(sport.hearsAll()).hasSize(2);
        assertThat(nothing.hearsAll()).hasSize(2);
    }

    @Test
    void firstAndLastOfATopicAreTold() {
        var a = peer(0);
        var b = peer(0);
        assertThat(subscribe(a, "x")).isTrue();
        assertThat(subscribe(a, "x")).as("again").isFalse();
        assertThat(subscribe(b, "x")).isFalse();
        assertThat(fanOut.topicCount()).isEqualTo(1);

        assertThat(cancel(a, "x")).isFalse();
        assertThat(cancel(b, "x")).isTrue();
        assertThat(cancel(b, "never")).as("nobody wants it now").isTrue();
        assertThat(fanOut.topicCount()).isZero();
    }

    @Test
    void cancelledTopicIsNoLongerSent() {
        var peer = peer(0, "a", "b");
        cancel(peer, "a");

        send("a");
        send("b");

        assertThat(peer.hearsAll()).containsExactly("b");
    }

    @Test
    void removedPeerGetsNothingFromThenOnAndItsTopicsAreTakenOutOneByOne() {
        var a = peer(0, "shared", "own");
        var b = peer(0, "shared");
        var gone = fanOut.subscriber(a.pipe());

        fanOut.remove(a.pipe());
        fanOut.remove(a.pipe());

        assertThat(fanOut.subscriber(a.pipe())).isNull();
        assertThat(fanOut.subscribers()).containsExactly(fanOut.subscriber(b.pipe()));
        assertThat(fanOut.topicCount()).isEqualTo(2);
        assertThat(fanOut.firstLeaving()).isSameAs(gone);
        send("own");
        send("shared");
        assertThat(fanOut.takeOut(Zmtp.ascii("own"))).isEqualTo(new FanOut.TakenOut(1, 0));
        assertThat(fanOut.topicCount()).isEqualTo(1);
        assertThat(fanOut.takeOut(Zmtp.ascii("shared"))).isEqualTo(new FanOut.TakenOut(1, 1));
        assertThat(fanOut.takeOut(Zmtp.ascii("shared"))).isEqualTo(new FanOut.TakenOut(0, 1));
        assertThat(fanOut.firstLeaving()).isNull();
        assertThat(a.hearsAll()).isEmpty();
        assertThat(b.hearsAll()).containsExactly("shared");
    }

    @Test
    void removedPeerIsNotCountedInWhereWhatIsNotWantedIsSent() {
        var a = peer(0, "a");
        var b = peer(0, "b");
        fanOut.remove(a.pipe());

        fanOut.send(Message.of("a"), INVERTED, DROP);
        fanOut.send(Message.of("b"), INVERTED, DROP);

        assertThat(a.hearsAll()).isEmpty();
        assertThat(b.hearsAll()).containsExactly("a");
    }

    @Test
    void removedPeerThatIsFullHoldsNobodyUp() {
        var a = peer(1, "");
        var b = peer(0, "");
        send("1");
        fanOut.remove(a.pipe());

        assertThat(fanOut.send(Message.of("2"), DIRECT, WAIT)).isEqualTo(SendResult.SENT);
        assertThat(drops.asMap()).isEmpty();
        assertThat(b.hearsAll()).containsExactly("1", "2");
    }

    @Test
    void removedPeersTopicsAreNotThoseOfTheNextInItsPipe() {
        var a = peer(0, "shared", "old");
        fanOut.remove(a.pipe());
        fanOut.add(a.pipe());
        subscribe(a, "shared");
        fanOut.takeOut(Zmtp.ascii("shared"));
        fanOut.takeOut(Zmtp.ascii("old"));

        send("old");
        send("shared");
        assertThat(a.hearsAll()).containsExactly("shared");
    }

    @Test
    void fullPeerMissesTheMessageAndThatIsCounted() {
        var slow = peer(2, "");
        var fast = peer(0, "");
        for (var i = 0; i < 5; i++) {
            assertThat(send("" + i)).isTrue();
        }
        assertThat(slow.hearsAll()).containsExactly("0", "1");
        assertThat(fast.hearsAll()).hasSize(5);
        assertThat(drops.asMap()).isEqualTo(Map.of(DropReason.SUBSCRIBER_FULL, 3L));
    }

    @Test
    void withNoDropNobodyGetsItWhileOneIsFull() {
        var slow = peer(1, "");
        var fast = peer(0, "");
        assertThat(fanOut.send(Message.of("1"), DIRECT, WAIT)).isEqualTo(SendResult.SENT);

        assertThat(fanOut.send(Message.of("2"), DIRECT, WAIT)).isEqualTo(SendResult.SUBSCRIBER_FULL);

        assertThat(fast.hearsAll()).containsExactly("1");
        assertThat(fanOut.nothingRests()).isFalse();
        assertThat(drops.asMap()).isEmpty();

        slow.hears();
        assertThat(socket.takeKinds()).containsExactly(Kind.WRITABLE);
        fanOut.onRoom(slow.pipe());
        assertThat(fanOut.nothingRests()).isTrue();
        assertThat(fanOut.send(Message.of("2"), DIRECT, WAIT)).isEqualTo(SendResult.SENT);
        assertThat(fast.hearsAll()).containsExactly("2");
    }

    @Test
    void withNoDropEveryFullPeerIsAskedToRing() {
        var one = peer(1, "");
        var other = peer(1, "");
        fanOut.send(Message.of("1"), DIRECT, WAIT);
        fanOut.send(Message.of("2"), DIRECT, WAIT);

        one.hears();
        other.hears();

        assertThat(socket.take())
                .containsExactly(one.pipe().writable(), other.pipe().writable());
    }

    @Test
    void withNoDropAFullPeerThatDoesNotWantItHoldsNothingUp() {
        var slow = peer(1, "a");
        var fast = peer(0, "");
        fanOut.send(Message.of("a"), DIRECT, WAIT);

        assertThat(fanOut.send(Message.of("b"), DIRECT, WAIT)).isEqualTo(SendResult.SENT);
        assertThat(fast.hearsAll()).containsExactly("a", "b");
        assertThat(slow.hearsAll()).containsExactly("a");
    }

    @Test
    void removedPeerHoldsNothingUp() {
        var slow = peer(1, "");
        fanOut.send(Message.of("1"), DIRECT, WAIT);
        fanOut.send(Message.of("2"), DIRECT, WAIT);
        fanOut.remove(slow.pipe());

        assertThat(fanOut.nothingRests()).isTrue();
        assertThat(fanOut.send(Message.of("2"), DIRECT, WAIT)).isEqualTo(SendResult.SENT);
    }

    /** A subscriber behind a wire; what was sent to it is what its connection would write. */
    private WirePipe wire(int mark, String topic) {
        var pipe = new WirePipe(socket, mark, 0, false);
        pipe.connectionIs(new ConnectionRecorder());
        fanOut.add(pipe);
        fanOut.subscribe(fanOut.subscriber(pipe), Zmtp.ascii(topic));
        return pipe;
    }

    private static List<String> written(WirePipe pipe) {
        var output = pipe.output();
        var bytes = ByteBuffer.wrap(output.take(Math.toIntExact(output.refresh())));
        var texts = new ArrayList<String>();
        while (bytes.hasRemaining()) {
            bytes.get();
            var body = new byte[bytes.get()];
            bytes.get(body);
            texts.add(new String(body, StandardCharsets.US_ASCII));
        }
        pipe.taken(texts.size());
        return texts;
    }

    /** Sends many messages of a topic, enough to make a broadcast of. */
    private List<String> sendMany(String topic) {
        var texts = IntStream.range(0, 100).mapToObj(i -> topic + i).toList();
        texts.forEach(this::send);
        return texts;
    }

    private static List<String> joined(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    @Test
    void keepsTheOrderWhenTheAudienceChanges() {
        var all = wire(0, "");
        var alsoAll = wire(0, "");
        var local = peer(0, "");
        var news = wire(0, "news");

        var ofAll = sendMany("sport");
        var ofNews = sendMany("news");
        assertThat(fanOut.cancel(fanOut.subscriber(alsoAll), new byte[0])).isFalse();
        var late = sendMany("sport");

        var everything = joined(joined(ofAll, ofNews), late);
        assertThat(written(all)).isEqualTo(everything);
        assertThat(local.hearsAll()).isEqualTo(everything);
        assertThat(written(alsoAll)).isEqualTo(joined(ofAll, ofNews));
        assertThat(written(news)).isEqualTo(ofNews);
    }

    @Test
    void aPeerThatLeavesGetsNoMore() {
        var first = wire(0, "");
        var second = wire(0, "");
        var gone = wire(0, "");
        var before = sendMany("a");

        fanOut.remove(gone);
        var after = sendMany("b");

        assertThat(written(gone)).isEqualTo(before);
        assertThat(written(first)).isEqualTo(joined(before, after));
        assertThat(written(second)).isEqualTo(joined(before, after));
    }

    @Test
    void aFullPeerMissesMessagesAndComesBack() {
        var slow = wire(50, "");
        var first = wire(0, "");
        wire(0, "");

        var before = sendMany("a");
        assertThat(drops.asMap()).containsExactly(Map.entry(DropReason.SUBSCRIBER_FULL, 50L));
        assertThat(written(slow)).isEqualTo(before.subList(0, 50));
        var after = sendMany("b");

        assertThat(written(slow)).isEqualTo(after.subList(0, 50));
        assertThat(written(first)).isEqualTo(joined(before, after));
        assertThat(drops.asMap()).containsExactly(Map.entry(DropReason.SUBSCRIBER_FULL, 100L));
    }

    /** Tries to send so many messages, none of which may be dropped; returns how many were sent. */
    private long sendWithoutDropping(int count) {
        return IntStream.range(0, count)
                .filter(i -> fanOut.send(Message.of("" + i), DIRECT, WAIT).isTaken())
                .count();
    }

    @Test
    void whereNothingMayBeDroppedNoneGetsWhatOneCannotTake() {
        var slow = wire(50, "");
        var quick = wire(0, "");
        assertThat(sendWithoutDropping(100)).isEqualTo(50);
        assertThat(fanOut.nothingRests()).isFalse();
        assertThat(written(quick)).hasSize(50);
        assertThat(written(slow)).hasSize(50);
        assertThat(socket.take()).containsExactly(slow.writable());
        fanOut.onRoom(slow);
        assertThat(fanOut.send(Message.of("next"), DIRECT, WAIT)).isEqualTo(SendResult.SENT);
        assertThat(written(slow)).containsExactly("next");
        assertThat(written(quick)).containsExactly("next");
        assertThat(drops.asMap()).isEmpty();
    }

    @Test
    void whereNothingMayBeDroppedALocalPeerChangesNothing() {
        var slow = wire(50, "");
        var quick = wire(0, "");
        var local = peer(0, "");
        assertThat(sendWithoutDropping(100)).isEqualTo(50);
        assertThat(written(slow)).hasSize(50);
        assertThat(written(quick)).hasSize(50);
        assertThat(local.hearsAll()).hasSize(50);
        assertThat(drops.asMap()).isEmpty();
    }
}
