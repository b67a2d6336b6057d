package io.lingmq.simulation;

import java.util.List;

/** What befalls a world, at times that its seed decides. */
final class Misfortunes {
    private static final int KINDS = 7;

    private final World world;
    private final VirtualNetwork network;
    private final List<Player> players;

    Misfortunes(World world, VirtualNetwork network, List<Player> players) {
        this.world = world;
        this.network = network;
        this.players = players;
    }

    /** Plans so many of them, none after the given time; the longest lasts two seconds. */
    void plan(int count, long fromNs, long untilNs) {
        for (var i = 0; i < count; i++) {
            var kind = world.random.nextInt(KINDS);
            world.time.at(world.between(fromNs, untilNs), () -> befall(kind));
        }
    }

    private void befall(int kind) {
        world.note(kind);
        world.tell(() -> "misfortune " + kind);
        switch (kind) {
            case 0 -> cut();
            case 1 -> silence();
            case 2 -> part();
            case 3 -> player().standsStill(world.between(1_000_000, 800_000_000));
            case 4 -> player().goesAway(world.between(10_000_000, 1_500_000_000));
            case 5 -> player().restart(world.between(0, 500_000_000));
            default -> standStill();
        }
    }

    /** The whole machine stands still. Who is closing has only so much time for it, and is spared. */
    private void standStill() {
        if (players.stream().allMatch(Player::isOpen)) {
            world.time.pass(world.between(1_000_000, 1_500_000_000));
        }
    }

    private Player player() {
        return players.get(world.random.nextInt(players.size()));
    }

    private void cut() {
        var links = network.links();
        if (!links.isEmpty()) {
            links.get(world.random.nextInt(links.size())).cut();
        }
    }

    private void silence() {
        var links = network.links();
        if (!links.isEmpty()) {
            links.get(world.random.nextInt(links.size())).fallSilent(world.between(50_000_000, 2_000_000_000));
        }
    }

    private void part() {
        var links = network.links();
        if (!links.isEmpty()) {
            var link = links.get(world.random.nextInt(links.size()));
            network.part(link.host(), link.peerHost());
            world.in(world.between(50_000_000, 1_000_000_000), network::heal);
        }
    }
}
