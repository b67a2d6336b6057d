package io.lingmq.simulation;

import io.lingmq.error.UnroutableException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A STREAM that is connected to, and STREAMs that connect. Each hears that the other comes, what it says, and that it
 * goes, in this order; now and then one hangs up, and who had connected does so again after a while.
 */
final class StreamCast extends FlowCast {
    private static final int MOST_AT_ONCE = 10;
    private static final byte[] NOTHING = {};
    private static final byte[] CHOSEN = {'s'};

    private final Way forth;
    private final Way back;
    private final Server server;
    private final List<Client> clients = new ArrayList<>();
    private boolean hangsUp = true;

    /** One of the applications: the connections of its socket, by the names that this has given them. */
    private class End {
        final Player player;
        final Map<ByteBuffer, StreamPeer> peers = new LinkedHashMap<>();
        /** Names of peers that have gone, or were hung up: nothing more may come of them. */
        final Set<ByteBuffer> former = new HashSet<>();

        private final Way in;

        End(String host, Way in) {
            this.in = in;
            player = new Player(world, network, host, SocketType.STREAM, Dice.settings(world));
            player.whenOpened(this::opened).whenClosing(() -> hear(Integer.MAX_VALUE));
            in.to(player);
        }

        void opened() {
            peers.clear();
            former.clear();
        }

        void hear(int most) {
            receive(player, most, message -> hears(message.bytes(0), message.bytes(1)));
        }

        private void hears(byte[] id, byte[] octets) {
            var peer = peers.get(ByteBuffer.wrap(id));
            if (octets.length == 0) {
                comesOrGoes(id, peer);
            } else if (peer == null) {
                world.violated(player + " hears " + octets.length + " octets of a peer that is not there");
            } else {
                peer.hears(octets);
                readFrom(peer);
            }
        }

        private void comesOrGoes(byte[] id, StreamPeer peer) {
            var name = ByteBuffer.wrap(id);
            if (peer != null) {
                peers.remove(name);
                isGone(peer);
            } else if (former.contains(name)) {
                world.violated(player + " hears once more of a peer that has gone");
            } else {
                peers.put(name, new StreamPeer(id));
            }
        }

        private void readFrom(StreamPeer peer) {
            Message message;
            while ((message = peer.next()) != null) {
                var sequence = in.flow().hasCome(player, message, 0);
                if (sequence >= 0) {
                    hasRead(peer, message, sequence);
                }
            }
        }

        void hasRead(StreamPeer peer, Message message, int sequence) {}

        /** False also where the peer has gone and its end is not received yet. */
        final boolean sendTo(byte[] id, Message message) {
            try {
                return player.socket().trySend(StreamPeer.packed(id, message));
            } catch (UnroutableException e) {
                return false;
            }
        }

        /** What the peer has still to say is lost, and nobody counts it; but what has come is received before. */
        boolean hangUp(byte[] id, String peerHost) {
            hear(Integer.MAX_VALUE);
            try {
                if (!player.socket().trySend(Message.of(id, NOTHING))) {
                    return false;
                }
            } catch (UnroutableException e) {
                return false;
            }
            world.tell(() -> player + " hangs up");
            peers.remove(ByteBuffer.wrap(id));
            former.add(ByteBuffer.wrap(id));
            network.isUnwanted(player.host, peerHost);
            return true;
        }

        /** A connection that was made by its host keeps its name, and may come again. */
        void isGone(StreamPeer peer) {}
    }

    /** The one that accepts, and answers. */
    private final class Server extends End {
        Server(String host) {
            super(host, forth);
            player.bindsTo("1").plays(this::play);
            back.from(player);
        }

        private void play() {
            hear(2 * MOST_AT_ONCE);
            if (hangsUp && world.chance(0.02)) {
                peers.values().stream()
                        .filter(peer -> peer.host != null)
                        .findFirst()
                        .ifPresent(peer -> client(peer).isLeft = hangUp(peer.id, peer.host));
            }
        }

        private Client client(StreamPeer peer) {
            return clients.stream()
                    .filter(client -> client.player.host.equals(peer.host))
                    .findFirst()
                    .orElseThrow();
        }

        /** A slow reader hears late that the other one has hung up; what it says until then is lost, also in a calm. */
        private boolean mayHear(Client client) {
            return sends() && (hangsUp || !client.hasHungUp);
        }

        /** Within a connection nothing is left out. */
        @Override
        void hasRead(StreamPeer peer, Message message, int sequence) {
            peer.host = forth.sender(message).host;
            if (!peer.isNext(sequence)) {
                world.violated(player + " has got message " + sequence + " of " + peer.host
                        + ", and not the one before it, in one connection");
            }
            if (mayHear(client(peer)) && world.chance(0.7) && sendTo(peer.id, back.next(player))) {
                back.isTaken(player, peer.host);
            }
        }

        @Override
        void isGone(StreamPeer peer) {
            former.add(ByteBuffer.wrap(peer.id));
        }
    }

    /** One that connects. */
    private final class Client extends End {
        private byte[] id;
        private boolean hasHungUp;
        /** The server has hung up, and it does not know yet. */
        private boolean isLeft;

        Client(String host) {
            super(host, back);
            player.connectsTo(server.player.address()).plays(this::play);
            forth.from(player);
        }

        @Override
        void opened() {
            super.opened();
            hasHungUp = false;
            isLeft = false;
            network.listens(player.host, server.player.host);
            chooseName();
        }

        private void chooseName() {
            id = world.chance(0.5) ? CHOSEN : null;
            if (id != null) {
                player.socket().set(Options.CONNECT_ROUTING_ID, id);
            }
        }

        private void play() {
            hear(2 * MOST_AT_ONCE);
            if (hasHungUp) {
                connectAgain();
                return;
            }
            if (id == null && !peers.isEmpty()) {
                id = peers.values().iterator().next().id;
            }
            if (id != null) {
                if (hangsUp || !isLeft) {
                    speak();
                }
                hasHungUp = hangsUp && world.chance(0.02) && hangUp(id, server.player.host);
            }
            if (hasHungUp) {
                network.turnsAway(player.host, server.player.host);
            }
        }

        @Override
        void isGone(StreamPeer peer) {
            isLeft = false;
        }

        private void speak() {
            for (var i = world.random.nextInt(MOST_AT_ONCE); sends() && i >= 0; i--) {
                if (!sendTo(id, forth.next(player))) {
                    return;
                }
                forth.isTaken(player, null);
            }
        }

        /** When the connection has ended: all that was sent has left by then. */
        private void connectAgain() {
            if (player.socket().peers().isEmpty() && world.chance(0.3)) {
                opened();
                player.socket().connect(VirtualTransport.SCHEME + "://" + server.player.address());
            }
        }
    }

    StreamCast(World world, VirtualNetwork network, int number, int count) {
        super(world, network, number);
        forth = way("STREAM to STREAM", DropReason.UNSENT);
        back = way("STREAM back to STREAM", DropReason.UNSENT);
        server = new Server("t" + number);
        for (var i = 0; i < count; i++) {
            clients.add(new Client("v" + number + "-" + i));
        }
    }

    @Override
    public void settle() {
        hangsUp = false;
    }

    @Override
    public List<Player> players() {
        var all = new ArrayList<Player>();
        all.add(server.player);
        clients.forEach(client -> all.add(client.player));
        return all;
    }
}
