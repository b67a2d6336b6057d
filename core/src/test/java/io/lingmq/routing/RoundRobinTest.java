package io.lingmq.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.LocalPeer;
import io.lingmq.support.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
    private final BellRecorder socket = new BellRecorder();
    private final RoundRobin robin = new RoundRobin();

    private LocalPeer peer(int mark) {
        var peer = new LocalPeer(socket, mark);
        robin.attach(peer.pipe());
        return peer;
    }

    private int sendAll(int count) {
        for (var i = 0; i < count; i++) {
            if (!robin.send(Message.of("" + i)).isTaken()) {
                return i;
            }
        }
        return count;
    }

    private int workOffBells() {
        var bells = socket.take();
        bells.forEach(bell -> robin.activate(bell.pipe()));
        return bells.size();
    }

    @Test
    void sendsToEachInTurn() {
        var a = peer(0);
        var b = peer(0);
        var c = peer(0);

        assertThat(sendAll(7)).isEqualTo(7);

        assertThat(a.hearsAll()).containsExactly("0", "3", "6");
        assertThat(b.hearsAll()).containsExactly("1", "4");
        assertThat(c.hearsAll()).containsExactly("2", "5");
    }

    @Test
    void sendsToNobody() {
        assertThat(robin.canSend()).isFalse();
        assertThat(robin.send(Message.empty())).isEqualTo(SendResult.NO_PEER);
        assertThat(robin.target()).isNull();
    }

    @Test
    void tellsWhomItSentTo() {
        var a = peer(0);
        var b = peer(0);
        robin.send(Message.empty());
        assertThat(robin.target()).isSameAs(a.pipe());
        robin.send(Message.empty());
        assertThat(robin.target()).isSameAs(b.pipe());
    }

    @Test
    void sendsToNextPeerWhenFirstIsFull() {
        var a = peer(1);
        var b = peer(3);

        assertThat(sendAll(10)).isEqualTo(4);

        assertThat(a.hearsAll()).containsExactly("0");
        assertThat(b.hearsAll()).containsExactly("1", "2", "3");
    }

    @Test
    void fullPeerComesBackWhenItHasRead() {
        var a = peer(2);
        assertThat(sendAll(10)).isEqualTo(2);
        assertThat(robin.canSend()).isFalse();
        a.hearsAll();

        assertThat(workOffBells()).isEqualTo(1);
        assertThat(robin.canSend()).isTrue();
        assertThat(sendAll(10)).isEqualTo(2);
    }

    @Test
    void canSendLetsFullPipesRestToo() {
        var a = peer(1);
        sendAll(1);
        assertThat(robin.canSend()).isFalse();
        a.hears();

        assertThat(workOffBells()).isEqualTo(1);
        assertThat(robin.canSend()).isTrue();
    }

    @Test
    void newcomerHasItsTurnLast() {
        var a = peer(0);
        var b = peer(0);
        sendAll(1);
        var c = peer(0);
        sendAll(3);

        assertThat(a.hearsAll()).containsExactly("0", "1");
        assertThat(b.hearsAll()).containsExactly("0");
        assertThat(c.hearsAll()).containsExactly("2");
    }

    @Test
    void removedPipeGetsNothingMore() {
        var a = peer(0);
        var b = peer(0);
        robin.remove(a.pipe());

        assertThat(sendAll(3)).isEqualTo(3);
        assertThat(a.hearsAll()).isEmpty();
        assertThat(b.hearsAll()).hasSize(3);
    }

    @Test
    void pipeWhosePeerHasEndedIsSkipped() {
        var a = peer(0);
        var b = peer(0);
        a.pipe().peer().end();

        assertThat(sendAll(3)).isEqualTo(3);
        assertThat(b.hearsAll()).hasSize(3);
    }

    @Test
    void nothingIsLostWhateverTheOrderOfEvents() {
        var random = Seed.random("RoundRobinTest.nothingIsLostWhateverTheOrderOfEvents");
        var peers = List.of(peer(1), peer(2), peer(3), peer(7));
        var sent = 0;
        var heard = 0;
        for (var i = 0; i < 20_000; i++) {
            switch (random.nextInt(4)) {
                case 0 -> heard += peers.get(random.nextInt(peers.size())).hears() == null ? 0 : 1;
                case 1 -> workOffBells();
                case 2 -> robin.canSend();
                default -> sent += robin.send(Message.of("m")).isTaken() ? 1 : 0;
            }
        }
        for (var peer : peers) {
            heard += peer.hearsAll().size();
        }
        assertThat(heard).isEqualTo(sent).isGreaterThan(1000);
        workOffBells();
        assertThat(sendAll(100))
                .as("all of them have room again, at least the half that credit may lag behind")
                .isBetween(1 + 1 + 2 + 4, 1 + 2 + 3 + 7);
    }
}
