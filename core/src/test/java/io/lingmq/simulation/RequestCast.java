package io.lingmq.simulation;

import io.lingmq.error.SocketStateException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import java.util.ArrayList;
import java.util.List;

/** Clients that ask servers, in turn: each gets the answer to its last question or none. */
final class RequestCast implements Cast {
    private static final long GIVE_UP_NS = 3_000_000_000L;

    private final World world;
    private final boolean calmWorld;
    private final Forwarder proxy;
    private final List<Player> servers = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private boolean sends = true;
    private long calmNs = Long.MAX_VALUE;
    private long answers;

    private final class Client {
        private final Player player;
        private final String host;
        private Message asked;
        private long askedAtNs;
        private long giveUpNs;
        private int life;
        private int count;

        Client(VirtualNetwork network, String host) {
            this.host = host;
            var settings =
                    Dice.settings(world).with(Options.REQ_CORRELATE, !calmWorld).with(Options.REQ_RELAXED, !calmWorld);
            player = new Player(world, network, host, SocketType.REQ, settings).plays(this::play);
        }

        private void play() {
            if (life != player.lives()) {
                life = player.lives();
                asked = null;
            }
            if (asked != null) {
                awaitAnswer();
            } else if (sends) {
                ask();
            }
        }

        private void awaitAnswer() {
            var answer = player.socket().tryReceive();
            if (answer != null) {
                answers++;
                world.note(answer.totalSize());
                if (!answer.equals(asked)) {
                    world.violated(player + " has asked " + asked + " and got the answer " + answer);
                }
                asked = null;
            } else if (!calmWorld && world.nowNs() - askedAtNs > giveUpNs) {
                if (askedAtNs >= calmNs) {
                    world.violated(player + " has got no answer to what it asked after the last trouble: " + asked);
                }
                asked = null;
            } else if (calmWorld && world.chance(0.1)) {
                checkTurn();
            }
        }

        private void checkTurn() {
            try {
                if (player.socket().trySend(Message.of("out of turn"))) {
                    world.violated(player + " has sent a second request before it got an answer");
                }
            } catch (SocketStateException e) {
                world.note(1);
            }
        }

        private void ask() {
            var question = Message.of(host + " " + player.lives() + " " + count);
            if (player.socket().trySend(question)) {
                count++;
                asked = question;
                askedAtNs = world.nowNs();
                giveUpNs = askedAtNs < calmNs ? world.between(GIVE_UP_NS / 20, GIVE_UP_NS) : GIVE_UP_NS;
            }
        }
    }

    /**
     * Clients and servers.
     *
     * @param calmWorld whether nothing is ever disturbed, so that no answer may be missing
     * @param byProxy whether a proxy of ROUTER and DEALER stands between them
     */
    RequestCast(
            World world,
            VirtualNetwork network,
            int number,
            int count,
            int serverCount,
            boolean calmWorld,
            boolean byProxy) {
        this.world = world;
        this.calmWorld = calmWorld;
        proxy = byProxy
                ? new Forwarder(world, network, "x" + number, SocketType.ROUTER, SocketType.DEALER, roomy())
                : null;
        for (var i = 0; i < serverCount; i++) {
            var server = server(network, "s" + number + "-" + i);
            servers.add(byProxy ? server.connectsTo(proxy.back()) : server.bindsTo("1"));
        }
        for (var i = 0; i < count; i++) {
            var client = new Client(network, "c" + number + "-" + i);
            if (byProxy) {
                client.player.connectsTo(proxy.front());
            } else {
                servers.forEach(server -> client.player.connectsTo(server.address()));
            }
            clients.add(client);
        }
    }

    /** Who has answers for several clients in one pipe, or late ones, drops what is beyond its mark. */
    private Settings roomy() {
        return Dice.settings(world).with(Options.SEND_HWM, 1_000);
    }

    private Player server(VirtualNetwork network, String host) {
        var owed = new Message[1];
        var server = new Player(world, network, host, SocketType.REP, proxy == null ? Dice.settings(world) : roomy());
        return server.whenOpened(() -> owed[0] = null).plays(() -> serve(server, owed));
    }

    private void serve(Player server, Message[] owed) {
        for (var i = 0; i < 10; i++) {
            if (owed[0] == null) {
                owed[0] = server.socket().tryReceive();
                if (owed[0] == null || world.chance(0.2)) { // it thinks about it until its next turn
                    return;
                }
            }
            if (!server.socket().trySend(owed[0])) {
                return;
            }
            owed[0] = null;
        }
    }

    @Override
    public List<Player> players() {
        var all = new ArrayList<>(servers);
        clients.forEach(client -> all.add(client.player));
        if (proxy != null) {
            all.add(proxy.player());
        }
        return all;
    }

    @Override
    public boolean isQuiet() {
        return clients.stream().allMatch(client -> client.asked == null);
    }

    @Override
    public long received() {
        return answers;
    }

    @Override
    public void calm() {
        calmNs = world.nowNs();
    }

    @Override
    public void stopSending() {
        sends = false;
    }

    @Override
    public void check() {
        if (answers == 0) {
            world.violated("nobody has got an answer");
        }
    }
}
