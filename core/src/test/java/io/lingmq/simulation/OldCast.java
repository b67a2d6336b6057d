package io.lingmq.simulation;

import io.lingmq.error.UnroutableException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * DEALERs, and a DEALER of an older version that they connect to. That one is a STREAM whose application speaks ZMTP by
 * hand. Others connect to it, so that what it has not written is lost with its connection, as it is for any old peer;
 * and it greets together with its first message, so that all that is counted as unsent is a message.
 */
final class OldCast extends FlowCast {
    private static final int MOST_AT_ONCE = 10;

    private final OldSpeech.Version version;
    private final Way forth;
    private final Way back;
    private final Player old;
    private final List<Player> players = new ArrayList<>();
    private final Map<ByteBuffer, OldSpeech> peers = new LinkedHashMap<>();

    OldCast(World world, VirtualNetwork network, int number, int count) {
        super(world, network, number);
        version = OldSpeech.Version.values()[world.random.nextInt(OldSpeech.Version.values().length)];
        forth = way("DEALER to old DEALER " + version, DropReason.UNSENT);
        back = way("old DEALER " + version + " to DEALER", DropReason.UNSENT);
        old = new Player(world, network, "o" + number, SocketType.STREAM, Dice.settings(world))
                .bindsTo("1")
                .whenOpened(peers::clear)
                .plays(this::play)
                .whenClosing(() -> hear(Integer.MAX_VALUE));
        forth.to(old);
        back.from(old);
        players.add(old);
        for (var i = 0; i < count; i++) {
            players.add(dealer("n" + number + "-" + i));
        }
    }

    private Player dealer(String host) {
        var dealer = new Player(world, network, host, SocketType.DEALER, Dice.settings(world));
        forth.from(dealer);
        back.to(dealer);
        return dealer.connectsTo(old.address())
                .whenClosing(() -> receive(dealer, Integer.MAX_VALUE))
                .plays(() -> {
                    receive(dealer, 2 * MOST_AT_ONCE);
                    send(dealer, forth, MOST_AT_ONCE);
                });
    }

    private void receive(Player dealer, int most) {
        receive(dealer, most, message -> back.flow().hasCome(dealer, message, 0));
    }

    // ---- the old one

    private void play() {
        hear(2 * MOST_AT_ONCE);
        for (var peer : peers.values()) {
            speak(peer);
        }
    }

    private void hear(int most) {
        receive(old, most, message -> {
            var name = ByteBuffer.wrap(message.bytes(0));
            var octets = message.bytes(1);
            if (octets.length > 0) {
                hears(peers.get(name), octets);
            } else if (peers.remove(name) == null) {
                peers.put(name, new OldSpeech(name.array(), version));
            }
        });
    }

    private void hears(OldSpeech peer, byte[] octets) {
        peer.hears(octets);
        Message message;
        while ((message = peer.next()) != null) {
            forth.flow().hasCome(old, message, 0);
        }
    }

    private void speak(OldSpeech peer) {
        if (!sends()) {
            if (!peer.hasGreeted() && say(peer, new byte[0])) {
                peer.greetingIsTaken();
            }
            return;
        }
        for (var i = world.random.nextInt(MOST_AT_ONCE); i >= 0; i--) {
            if (!say(peer, peer.encode(back.next(old)))) {
                return;
            }
            peer.greetingIsTaken();
            back.isTaken(old, null);
        }
    }

    /** False also where the peer has gone and its end is not received yet. */
    private boolean say(OldSpeech peer, byte[] octets) {
        try {
            return old.socket().trySend(Message.of(peer.id, peer.greeting(SocketType.DEALER), octets));
        } catch (UnroutableException e) {
            return false;
        }
    }

    @Override
    public List<Player> players() {
        return players;
    }
}
