package io.lingmq.simulation;

import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.socket.Relay;
import io.lingmq.socket.SocketCore;

/**
 * A proxy: an application with two sockets that passes on what comes to the one, and back. It takes the steps of a
 * {@link Relay}, which is what a proxy's thread does between two waits.
 */
final class Forwarder {
    private final Player player;
    private Relay relay;
    private long lostForth;
    private boolean isCalm;

    /** A proxy that others connect to, on both sides. */
    Forwarder(World world, VirtualNetwork network, String host, SocketType front, SocketType back) {
        this(world, network, host, front, back, Dice.settings(world));
    }

    /** As above; the front has these settings. */
    Forwarder(World world, VirtualNetwork network, String host, SocketType front, SocketType back, Settings settings) {
        player = new Player(world, network, host, front, settings).bindsTo("1").alsoHas(back, Dice.settings(world));
        player.whenOpened(() -> relay = null).plays(this::pass).whenClosing(this::end);
    }

    Player player() {
        return player;
    }

    String front() {
        return player.address();
    }

    String back() {
        return player.secondAddress();
    }

    private void pass() {
        if (relay == null) {
            relay = new Relay(player.socket(), player.second());
        }
        relay.step();
    }

    /** What has come and cannot go on is lost with the sockets, and nobody counts it but we. */
    private void end() {
        pass();
        while (relay.step()) {
            player.world.note(3);
        }
        relay.giveBack();
        var left = drain(player.socket());
        lostForth += isCalm ? 0 : left;
        drain(player.second());
    }

    private static long drain(SocketCore socket) {
        var count = 0L;
        while (socket.type().receives() && socket.tryReceive() != null) {
            count++;
        }
        return count;
    }

    /** From now on it is closed only when all has gone through. */
    void calm() {
        isCalm = true;
    }

    /** How many messages it could not pass on from front to back before it was closed. */
    long lostForth() {
        return lostForth;
    }
}
