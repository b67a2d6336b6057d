package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.pipe.Pipe;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.ConnectionRecorder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InlineReadTargetsTest {
    private static final int MANY = 5;
    private static final int ENOUGH = 8;

    private final InlineReadTargets targets = new InlineReadTargets();
    private final Set<Pipe> pipes = new LinkedHashSet<>();

    private record Peer(WirePipe pipe, ConnectionRecorder channel) {}

    private List<Peer> peers(int count) {
        var peers = IntStream.range(0, count).mapToObj(i -> peer()).toList();
        targets.peersAre(pipes);
        return peers;
    }

    private Peer peer() {
        var pipe = new WirePipe(new BellRecorder(), 1000, 1000, false);
        var channel = new ConnectionRecorder();
        pipe.connectionIs(channel);
        pipes.add(pipe);
        return new Peer(pipe, channel);
    }

    private void hears(Peer peer, int times) {
        for (var i = 0; i < times; i++) {
            targets.heard(peer.pipe);
        }
    }

    @Test
    void looksIntoTheChannelsOfAllWhereTheyAreFew() {
        var peers = peers(MANY - 1);
        targets.look();
        assertThat(peers)
                .allSatisfy(peer -> assertThat(peer.channel.takeCalls()).containsExactly("read"));
    }

    @Test
    void looksIntoNoChannelWhereManyAreSilent() {
        var peers = peers(MANY);
        targets.look();
        assertThat(peers)
                .allSatisfy(peer -> assertThat(peer.channel.takeCalls()).isEmpty());
    }

    @Test
    void looksIntoTheChannelOfTheOneWhoSpeaksAmongMany() {
        var peers = peers(MANY);
        hears(peers.get(2), ENOUGH);
        targets.look();
        targets.rest();
        assertThat(peers.get(2).channel.takeCalls()).containsExactly("read", "stop reading");
        assertThat(peers.get(3).channel.takeCalls()).isEmpty();
    }

    @Test
    void turnsAwayFromOneAsSoonAsAnotherSpeaks() {
        var peers = peers(MANY);
        hears(peers.get(2), ENOUGH);
        hears(peers.get(0), 1);
        targets.look();
        assertThat(peers.get(2).channel.takeCalls()).containsExactly("stop reading");
        assertThat(peers.get(0).channel.takeCalls()).isEmpty();
    }

    @Test
    void turnsToNobodyWhereTwoSpeakByTurns() {
        var peers = peers(MANY);
        for (var i = 0; i < 100; i++) {
            hears(peers.get(i % 2), 4);
            targets.look();
        }
        assertThat(peers)
                .allSatisfy(peer -> assertThat(peer.channel.takeCalls()).isEmpty());
    }

    @Test
    void givesBackAChannelThatItLookedIntoWhileAnotherSpoke() {
        var peers = peers(MANY);
        hears(peers.get(2), ENOUGH);
        peers.get(2).channel.whenReading(() -> hears(peers.get(0), 1));
        targets.look();
        assertThat(peers.get(2).channel.takeCalls()).containsExactly("read", "stop reading", "stop reading");
    }

    @Test
    void givesBackChannelsThatItLookedIntoWhilePeersBecameMany() {
        var peers = peers(MANY - 1);
        var last = peers.get(MANY - 2);
        last.channel.whenReading(() -> peers(1));
        targets.look();
        assertThat(last.channel.takeCalls()).containsExactly("read", "stop reading", "stop reading");
    }

    @Test
    void doesNotCountWhileThePeersAreFew() {
        var peers = peers(MANY - 1);
        hears(peers.get(2), ENOUGH);
        peers(1);
        peers.get(2).channel.takeCalls();
        hears(peers.get(2), 1);
        targets.look();
        assertThat(peers.get(2).channel.takeCalls()).isEmpty();
    }

    @Test
    void needsSeveralReadingsInARow() {
        var peers = peers(MANY);
        hears(peers.get(2), ENOUGH - 1);
        hears(peers.get(0), 1);
        hears(peers.get(2), ENOUGH - 1);
        targets.look();
        assertThat(peers.get(2).channel.takeCalls()).isEmpty();
    }

    @Test
    void staysWithTheSpeakerWhenOthersComeAndGo() {
        var peers = peers(MANY);
        hears(peers.get(2), ENOUGH);
        peers(1);
        pipes.remove(peers.get(0).pipe);
        targets.peersAre(pipes);
        targets.look();
        assertThat(peers.get(2).channel.takeCalls()).containsExactly("read");
    }

    @Test
    void forgetsASpeakerWhoIsGone() {
        var peers = peers(MANY + 1);
        hears(peers.get(2), ENOUGH);
        pipes.remove(peers.get(2).pipe);
        targets.peersAre(pipes);
        targets.look();
        assertThat(peers.get(2).channel.takeCalls()).containsExactly("stop reading");
    }

    @Test
    void looksIntoAllAgainWhenMostHaveGone() {
        var peers = peers(MANY);
        hears(peers.get(2), ENOUGH);
        pipes.remove(peers.get(0).pipe);
        targets.peersAre(pipes);
        targets.look();
        assertThat(peers.get(1).channel.takeCalls()).containsExactly("read");
        assertThat(peers.get(2).channel.takeCalls()).containsExactly("stop reading", "read");
    }

    @Test
    void findsASpeakerAnewWhenThePeersHaveBecomeManyAgain() {
        var peers = peers(MANY);
        hears(peers.get(2), ENOUGH);
        var first = peers.get(0);
        pipes.remove(first.pipe);
        targets.peersAre(pipes);
        pipes.add(first.pipe);
        targets.peersAre(pipes);
        peers.get(2).channel.takeCalls();
        targets.look();
        hears(peers.get(2), ENOUGH);
        targets.look();
        assertThat(peers.get(2).channel.takeCalls()).containsExactly("read");
    }
}
