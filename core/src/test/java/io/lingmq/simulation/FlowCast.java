package io.lingmq.simulation;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Applications that keep a book of each way that their messages go; each message goes to one of them. */
abstract class FlowCast implements Cast {
    final World world;
    final VirtualNetwork network;
    private final int number;
    private final List<Way> ways = new ArrayList<>();
    private boolean sends = true;

    FlowCast(World world, VirtualNetwork network, int number) {
        this.world = world;
        this.network = network;
        this.number = number;
    }

    /** A further way; its senders count what is lost for these reasons. */
    final Way way(String name, DropReason... counted) {
        var way = new Way(new Flow(world, network, name, 2 * number + ways.size()), counted);
        ways.add(way);
        return way;
    }

    /** Whether there is still something new to send. */
    final boolean sends() {
        return sends;
    }

    /** Sends some of what a player has to send, as long as it is taken. */
    final void send(Player player, Way way, int mostAtOnce) {
        if (!sends) {
            return;
        }
        for (var i = world.random.nextInt(mostAtOnce); i >= 0; i--) {
            if (!player.socket().trySend(way.next(player))) {
                return;
            }
            way.isTaken(player, null);
        }
    }

    /** Receives what there is, but no more than that. */
    static void receive(Player player, int most, Consumer<Message> taker) {
        for (var i = 0; i < most; i++) {
            var message = player.socket().tryReceive();
            if (message == null) {
                return;
            }
            taker.accept(message);
        }
    }

    @Override
    public boolean isQuiet() {
        return players().stream().allMatch(player -> player.unsent() == 0);
    }

    @Override
    public long received() {
        return ways.stream().mapToLong(way -> way.flow().received()).sum();
    }

    @Override
    public void calm() {
        ways.forEach(way -> way.calm(world.nowNs()));
    }

    @Override
    public void stopSending() {
        sends = false;
    }

    @Override
    public void check() {
        ways.forEach(Way::check);
    }
}
