package io.lingmq.simulation;

import io.lingmq.event.DropReason;
import io.lingmq.option.SocketType;
import java.util.ArrayList;
import java.util.List;

/** PUSH to a proxy of PULL and PUSH, and from there to PULL: each message goes to one, over two connections. */
final class ProxyCast extends FlowCast {
    private static final int MOST_AT_ONCE = 10;

    private final List<Player> players = new ArrayList<>();

    ProxyCast(World world, VirtualNetwork network, int number, int count, int peers) {
        super(world, network, number);
        var proxy = new Forwarder(world, network, "x" + number, SocketType.PULL, SocketType.PUSH);
        var way = way("PUSH to PULL by a proxy", DropReason.UNSENT);
        way.passes(proxy);
        players.add(proxy.player());
        for (var i = 0; i < count; i++) {
            var sender = player("y" + number + "-" + i, SocketType.PUSH).connectsTo(proxy.front());
            way.from(sender.plays(() -> send(sender, way, MOST_AT_ONCE)));
        }
        for (var i = 0; i < peers; i++) {
            var receiver = player("z" + number + "-" + i, SocketType.PULL).connectsTo(proxy.back());
            way.to(receiver.plays(() -> receive(receiver, way, 4 * MOST_AT_ONCE))
                    .whenClosing(() -> receive(receiver, way, Integer.MAX_VALUE)));
        }
    }

    private Player player(String host, SocketType type) {
        var player = new Player(world, network, host, type, Dice.settings(world));
        players.add(player);
        return player;
    }

    private static void receive(Player player, Way in, int most) {
        receive(player, most, message -> in.flow().hasCome(player, message, 0));
    }

    @Override
    public List<Player> players() {
        return players;
    }
}
