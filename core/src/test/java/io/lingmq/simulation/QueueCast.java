package io.lingmq.simulation;

import io.lingmq.event.DropReason;
import io.lingmq.option.SocketType;
import java.util.ArrayList;
import java.util.List;

/** Senders and receivers of which each message goes to one: PUSH to PULL, PAIR to PAIR, DEALER to DEALER. */
final class QueueCast extends FlowCast {
    private static final int MOST_AT_ONCE = 20;

    private final List<Player> ones = new ArrayList<>();
    private final List<Player> others = new ArrayList<>();

    /** Two of a type that speaks both ways, or several of two types. */
    QueueCast(World world, VirtualNetwork network, int number, SocketType type, SocketType peer, int count, int peers) {
        super(world, network, number);
        var forth = way(type + " to " + peer, DropReason.UNSENT);
        var back = type.receives() && peer.sends() ? way(peer + " back to " + type, DropReason.UNSENT) : null;
        for (var i = 0; i < count; i++) {
            ones.add(player("q" + number + "-" + i, type, forth, back));
        }
        for (var i = 0; i < peers; i++) {
            others.add(player("p" + number + "-" + i, peer, back, forth));
        }
        join(world.chance(0.5) ? ones : others);
    }

    private void join(List<Player> binders) {
        var connectors = binders == ones ? others : ones;
        binders.forEach(binder -> binder.bindsTo("1"));
        for (var connector : connectors) {
            connector.connectsTo(
                    binders.get(world.random.nextInt(binders.size())).address());
            for (var binder : binders) {
                if (binders.size() > 1 && world.chance(0.5)) {
                    connector.connectsTo(binder.address());
                }
            }
        }
    }

    private Player player(String host, SocketType type, Way out, Way in) {
        var player = new Player(world, network, host, type, Dice.settings(world));
        if (out != null) {
            out.from(player);
        }
        if (in != null) {
            in.to(player);
            player.whenClosing(() -> receive(player, in, Integer.MAX_VALUE));
        }
        return player.plays(() -> {
            if (in != null) {
                receive(player, in, 2 * MOST_AT_ONCE);
            }
            if (out != null) {
                send(player, out, MOST_AT_ONCE);
            }
        });
    }

    private static void receive(Player player, Way in, int most) {
        receive(player, most, message -> in.flow().hasCome(player, message, 0));
    }

    @Override
    public List<Player> players() {
        var all = new ArrayList<>(ones);
        all.addAll(others);
        return all;
    }
}
