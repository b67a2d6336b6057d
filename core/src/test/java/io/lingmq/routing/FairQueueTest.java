package io.lingmq.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.MessageBuffer;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.LocalPeer;
import io.lingmq.support.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FairQueueTest {
    private final BellRecorder socket = new BellRecorder();
    private final Drops drops = new Drops();
    private final FairQueue queue = new FairQueue(drops);
    private final LocalPeer a = peer();
    private final LocalPeer b = peer();
    private final LocalPeer c = peer();

    private LocalPeer peer() {
        var peer = new LocalPeer(socket, 0);
        queue.activate(peer.pipe());
        return peer;
    }

    private List<String> receiveAll() {
        var all = new ArrayList<String>();
        for (var message = queue.receive(); message != null; message = queue.receive()) {
            all.add(message.text());
        }
        return all;
    }

    private boolean canReceive() {
        return queue.readiness() == Readiness.READY;
    }

    /** As a socket does it with the bells that were rung. */
    private int workOffBells() {
        var bells = socket.take();
        bells.forEach(bell -> queue.activate(bell.pipe()));
        return bells.size();
    }

    @Test
    void takesOneMessageFromEachInTurn() {
        a.says("a1", "a2", "a3");
        b.says("b1");
        c.says("c1", "c2");

        assertThat(receiveAll()).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
    }

    @Test
    void tellsWhereAMessageCameFrom() {
        b.says("b1");
        assertThat(queue.source()).isNull();
        queue.receive();
        assertThat(queue.source()).isSameAs(b.pipe());
        queue.receive();
        assertThat(queue.source()).as("nothing came since").isSameAs(b.pipe());
    }

    @Test
    void emptyPipesRestUntilTheyHaveSomething() {
        assertThat(receiveAll()).isEmpty();
        a.says("a1");
        a.says("a2");

        assertThat(receiveAll()).as("its bell was rung, but nobody has looked").isEmpty();
        assertThat(workOffBells()).as("one ring for two messages").isEqualTo(1);
        assertThat(receiveAll()).containsExactly("a1", "a2");
    }

    @Test
    void activePipesAreNotRung() {
        a.says("a1");
        queue.receive();
        a.says("a2");

        assertThat(socket.take()).isEmpty();
        assertThat(receiveAll()).containsExactly("a2");
    }

    @Test
    void canReceiveLooksWithoutTaking() {
        assertThat(canReceive()).isFalse();
        c.says("c1");
        workOffBells();

        assertThat(canReceive()).isTrue();
        assertThat(canReceive()).isTrue();
        assertThat(receiveAll()).containsExactly("c1");
        assertThat(canReceive()).isFalse();
    }

    @Test
    void canReceiveLetsEmptyPipesRestToo() {
        assertThat(canReceive()).isFalse();
        b.says("b1");

        assertThat(workOffBells()).isEqualTo(1);
        assertThat(canReceive()).isTrue();
    }

    @Test
    void theLastSourceStaysAwakeUntilItsReceiverIsToldThatThereIsNothing() {
        a.says("a1");
        assertThat(receiveAll()).containsExactly("a1");
        a.says("a2");
        assertThat(workOffBells()).as("nobody sleeps").isZero();
        assertThat(receiveAll()).containsExactly("a2");

        assertThat(canReceive()).isFalse();
        a.says("a3");
        assertThat(workOffBells()).isEqualTo(1);
        assertThat(receiveAll()).containsExactly("a3");
    }

    @Test
    void onlyTheLastSourceStaysAwake() {
        a.says("a1");
        b.says("b1");
        assertThat(receiveAll()).containsExactly("a1", "b1");

        a.says("a2");
        assertThat(receiveAll()).isEmpty();
        assertThat(workOffBells()).as("rings").isEqualTo(1);
        assertThat(receiveAll()).containsExactly("a2");
        assertThat(socket.take()).isEmpty();
    }

    @Test
    void whatEndedCanStillBeRead() {
        a.says("a1", "a2");
        a.pipe().end();

        assertThat(receiveAll()).containsExactly("a1", "a2");
    }

    @Test
    void receivesFromOthersWhileOneIsJustSending() {
        a.own().sends();
        assertThat(queue.receive()).isNull();
        b.says("b1");
        workOffBells();
        assertThat(canReceive()).isTrue();
        assertThat(receiveAll()).containsExactly("b1");
    }

    @Test
    @Timeout(30) // else it would be for ever
    void waitsForNobodyWhoIsJustSendingButAsksToLookAgain() {
        a.own().sends();
        for (var i = 0; i < 3; i++) {
            assertThat(queue.readiness()).isEqualTo(Readiness.LOOK_AGAIN);
        }
        a.says("a1");
        workOffBells();
        assertThat(queue.readiness()).isEqualTo(Readiness.READY);
        assertThat(receiveAll()).containsExactly("a1");
    }

    @Test
    @Timeout(30) // else it would be for ever
    void waitsForOneTurnOfWhoSendsOneAfterTheOther() {
        a.own().sendsOneAfterTheOther();
        while (queue.readiness() == Readiness.LOOK_AGAIN) {
            // another turn
        }
        assertThat(queue.readiness()).isEqualTo(Readiness.NOT_READY);
        a.says("a1");
        assertThat(workOffBells()).isOne();
        assertThat(receiveAll()).containsExactly("a1");
    }

    /** It was sent before its bell came to rest, but is seen only now. */
    private void comesUnrung(LocalPeer peer, String text) {
        peer.own().sends();
        assertThat(queue.receive()).isNull();
        peer.says(text);
        socket.take();
        peer.pipe().readable().arm();
    }

    @Test
    void looksAtOneWhoWasJustSendingAlsoWhileOthersAreBusy() {
        comesUnrung(a, "a1");
        b.says("b1", "b2", "b3");
        workOffBells();
        assertThat(receiveAll()).startsWith("b1", "a1").hasSize(4);
    }

    @Test
    void findsWhatOneWhoWasJustSendingHasSentBeforeItSleeps() {
        comesUnrung(a, "a1");
        assertThat(canReceive()).isTrue();
        assertThat(receiveAll()).containsExactly("a1");
    }

    @Test
    void whatOneWhoWasJustSendingHasLeftIsReadBeforeWhatItsNextPipeBrings() {
        comesUnrung(a, "a1");
        a.pipe().end();
        queue.detach(a.pipe());
        b.says("a2");
        workOffBells();
        assertThat(receiveAll()).containsExactly("a1", "a2");
    }

    @Test
    void letsTheBellOfAPipeThatHasEndedRestToo() {
        a.says("a1");
        queue.receive();
        a.pipe().end();
        queue.detach(a.pipe());
        assertThat(queue.receive()).isNull();
        assertThat(a.pipe().readable().disarm()).as("the bell is armed").isTrue();
    }

    @Test
    void whatIsHandedBackIsNextInTheSameOrderAndFromTheSamePeer() {
        a.says("a1", "a2");
        b.says("b1");
        var first = queue.receive();
        var second = queue.receive();
        queue.handBack(second, b.pipe());
        queue.handBack(first, a.pipe());

        assertThat(queue.readiness()).isEqualTo(Readiness.READY);
        assertThat(queue.receive()).isSameAs(first);
        assertThat(queue.source()).isSameAs(a.pipe());
        var buffer = new MessageBuffer();
        assertThat(queue.receive(buffer)).isTrue();
        assertThat(buffer.text(0)).isEqualTo("b1");
        assertThat(queue.source()).isSameAs(b.pipe());
        assertThat(receiveAll()).containsExactly("a2");
        assertThat(queue.readiness()).isEqualTo(Readiness.NOT_READY);
    }

    @Test
    void nobodyStarves() {
        for (var i = 0; i < 300; i++) {
            a.says("a");
        }
        var counts = new HashMap<String, Integer>();
        for (var i = 0; i < 300; i++) {
            b.says("b");
            c.says("c");
            counts.merge(queue.receive().text(), 1, Integer::sum);
        }
        assertThat(counts).containsEntry("a", 100).containsEntry("b", 100).containsEntry("c", 100);
    }

    @Test
    void nothingIsLostAndOrderIsKeptWhateverTheOrderOfEvents() {
        var random = Seed.random("FairQueueTest.nothingIsLostAndOrderIsKeptWhateverTheOrderOfEvents");
        var peers = List.of(a, b, c, peer(), peer());
        var said = new int[peers.size()];
        var heard = new int[peers.size()];
        for (var i = 0; i < 20_000; i++) {
            var who = random.nextInt(peers.size());
            switch (random.nextInt(4)) {
                case 0 -> peers.get(who).says(who + " " + said[who]++);
                case 1 -> workOffBells();
                case 2 -> queue.readiness();
                default -> note(heard);
            }
        }
        workOffBells();
        while (note(heard)) {
            // reads what is left
        }
        assertThat(heard).isEqualTo(said);
    }

    private boolean note(int[] heard) {
        var message = queue.receive();
        if (message == null) {
            return false;
        }
        var parts = message.text().split(" ", 2);
        assertThat(Integer.parseInt(parts[1])).isEqualTo(heard[Integer.parseInt(parts[0])]++);
        return true;
    }
}
