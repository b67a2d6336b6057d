package io.lingmq.simulation;

import io.lingmq.event.Peer;
import io.lingmq.option.Options;
import io.lingmq.reactor.SteppedReactor;
import io.lingmq.socket.SocketCore;

/** Nothing grows beyond its bound, however slow an application is, or its peer. */
final class Bounds {
    private static final int MOST_TIMERS = 600;
    /** No message of our applications is smaller, with its frames' headers. */
    private static final int SMALLEST_MESSAGE = 8;

    /** What was read in part makes a message too, and a STREAM hears that a peer comes and that it goes. */
    private static final int BESIDE = 3;

    private final Player player;

    Bounds(Player player) {
        this.player = player;
    }

    void check(SocketCore socket) {
        for (var peer : socket.peers()) {
            checkUnsent(socket, peer);
            if (!socket.type().publishes()) { // subscriptions are smaller, and nobody is slow to take them
                checkUnread(socket, peer);
            }
        }
    }

    private void checkUnsent(SocketCore socket, Peer peer) {
        var mark = socket.get(Options.SEND_HWM);
        if (peer.counts().unsent() > mark) {
            player.world.violated(player + " holds " + peer.counts().unsent() + " unsent messages for " + peer.address()
                    + "; its mark is " + mark);
        }
    }

    /** Where there is room before a read, all that it brings is taken. */
    private void checkUnread(SocketCore socket, Peer peer) {
        var mark = socket.get(Options.RECEIVE_HWM);
        var oneRead = player.network.loss(peer.address(), player.host).largestRead / SMALLEST_MESSAGE + BESIDE;
        if (peer.counts().unread() > mark + oneRead) {
            player.world.violated(player + " holds " + peer.counts().unread() + " unread messages of " + peer.address()
                    + "; its mark is " + mark + ", and one read has brought " + oneRead + " at most");
        }
    }

    void check(SteppedReactor reactor) {
        if (reactor.timerCount() > MOST_TIMERS) {
            player.world.violated(reactor + " has " + reactor.timerCount() + " timers");
        }
    }
}
