package io.lingmq.simulation;

import io.lingmq.event.DropReason;
import io.lingmq.option.SocketType;
import java.util.ArrayList;
import java.util.List;

/** Senders and receivers of which each message goes to one: PUSH to PULL, PAIR to PAIR, DEALER to DEALER. */
final class QueueCast implements Cast {
    private static final int MOST_AT_ONCE = 20;

    private final World world;
    private final Flow forth;
    private final Flow back;
    private final List<Player> ones = new ArrayList<>();
    private final List<Player> others = new ArrayList<>();
    private boolean sends = true;
    private long calmNs = Long.MAX_VALUE;
    private long countedForth;
    private long countedBack;

    /** Two of a type that speaks both ways, or several of two types. */
    QueueCast(World world, VirtualNetwork network, int number, SocketType type, SocketType peer, int count, int peers) {
        this.world = world;
        forth = new Flow(world, network, type + " to " + peer, 2 * number);
        back = new Flow(world, network, peer + " back to " + type, 2 * number + 1);
        var isTwoWay = type.receives() && peer.sends();
        for (var i = 0; i < count; i++) {
            ones.add(player(network, "q" + number + "-" + i, type, forth, isTwoWay ? back : null));
        }
        for (var i = 0; i < peers; i++) {
            others.add(player(network, "p" + number + "-" + i, peer, isTwoWay ? back : null, forth));
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

    private Player player(VirtualNetwork network, String host, SocketType type, Flow out, Flow in) {
        var made = new Player[1];
        var number = new int[1];
        made[0] = new Player(world, network, host, type, Dice.settings(world), () -> {
            if (in != null) {
                receive(made[0], in, 2 * MOST_AT_ONCE);
            }
            if (out != null && sends) {
                send(made[0], out, number[0]);
            }
        });
        if (out != null) {
            number[0] = out.add(made[0]);
        }
        if (in != null) {
            made[0].whenClosing(() -> receive(made[0], in, Integer.MAX_VALUE));
        }
        return made[0];
    }

    private void send(Player player, Flow out, int number) {
        for (var i = world.random.nextInt(MOST_AT_ONCE); i >= 0; i--) {
            if (!player.socket().trySend(out.next(number))) {
                return;
            }
            out.isTaken(number, null);
        }
    }

    private static void receive(Player player, Flow in, int most) {
        for (var i = 0; i < most; i++) {
            var message = player.socket().tryReceive();
            if (message == null) {
                return;
            }
            in.hasCome(player, message, 0);
        }
    }

    @Override
    public List<Player> players() {
        var all = new ArrayList<>(ones);
        all.addAll(others);
        return all;
    }

    @Override
    public boolean isQuiet() {
        return players().stream()
                .allMatch(player -> player.socket().statistics().unsent() == 0);
    }

    @Override
    public long received() {
        return forth.received() + back.received();
    }

    @Override
    public void calm() {
        calmNs = world.nowNs();
        countedForth = counted(ones);
        countedBack = counted(others);
    }

    @Override
    public void stopSending() {
        sends = false;
    }

    private static long counted(List<Player> senders) {
        return senders.stream()
                .mapToLong(sender -> sender.dropped(DropReason.UNSENT))
                .sum();
    }

    @Override
    public void check() {
        forth.check(counted(ones), others);
        back.check(counted(others), ones);
        forth.checkHealed(calmNs, counted(ones) - countedForth);
        back.checkHealed(calmNs, counted(others) - countedBack);
    }
}
