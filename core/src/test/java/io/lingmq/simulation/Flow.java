package io.lingmq.simulation;

import io.lingmq.message.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The book of the messages that go one way, each of them to one receiver: what was taken for sending, what has come,
 * and what may be missing.
 */
final class Flow {
    private static final int HEAD = 12;
    /** A frame's header on the wire, at least. */
    private static final int HEADER = 2;

    /** Frame headers at most, and the frames beside the body. */
    private static final int OVERHEAD = 64;

    private static final int MOST_NAMED = 8;

    private static final int LARGEST = 20_000;

    private final World world;
    private final VirtualNetwork network;
    private final String name;
    private final int number;
    /** The host that all of it passes, or null. */
    private String between;

    private final List<Player> senders = new ArrayList<>();
    private final List<List<Sent>> sent = new ArrayList<>();
    private final List<Message> next = new ArrayList<>();
    /** Of what each socket of a receiver has got from each sender: the last numbers of runs that only go up. */
    private final Map<String, List<Integer>> runs = new LinkedHashMap<>();

    private final Map<String, String> pairs = new LinkedHashMap<>();
    private long received;

    private static final class Sent {
        private final int size;
        private final long atNs;
        private final String destination;
        private boolean hasCome;

        Sent(int size, long atNs, String destination) {
            this.size = size;
            this.atNs = atNs;
            this.destination = destination;
        }
    }

    Flow(World world, VirtualNetwork network, String name, int number) {
        this.world = world;
        this.network = network;
        this.name = name;
        this.number = number;
    }

    /** A further sender: they are numbered from 0 on. */
    void add(Player sender) {
        senders.add(sender);
        sent.add(new ArrayList<>());
        next.add(null);
    }

    /** The number of who has sent a message with this body. */
    static int sender(byte[] body) {
        return ByteBuffer.wrap(body).getInt(Integer.BYTES);
    }

    /** All of it passes this host. */
    void passes(String host) {
        between = host;
    }

    long received() {
        return received;
    }

    // ---- sending

    /** The message that a sender sends next; the same one until it was taken. */
    Message next(int sender) {
        var message = next.get(sender);
        if (message == null) {
            message = make(sender, sent.get(sender).size());
            next.set(sender, message);
        }
        return message;
    }

    private Message make(int sender, int sequence) {
        var size = HEAD + (int) (world.chance(0.03) ? world.between(1_000, LARGEST) : world.between(0, 200));
        var body = body(sender, sequence, size);
        return world.chance(0.2) ? Message.of(body, new byte[(int) world.between(0, 30)]) : Message.of(body);
    }

    private byte[] body(int sender, int sequence, int size) {
        var body = new byte[size];
        ByteBuffer.wrap(body).putInt(number).putInt(sender).putInt(sequence);
        for (var i = HEAD; i < size; i++) {
            body[i] = (byte) (sequence * 31 + i);
        }
        return body;
    }

    /** The sender's next message was taken, for one receiver or for any. */
    void isTaken(int sender, String destination) {
        var message = next.set(sender, null);
        sent.get(sender)
                .add(new Sent((int) message.totalSize() + HEADER * message.frameCount(), world.nowNs(), destination));
    }

    // ---- receiving

    /** A message has come, whose body is the given frame; its number, or -1 if it is none of ours. */
    int hasCome(Player receiver, Message message, int frame) {
        var body = message.bytes(frame);
        var head = ByteBuffer.wrap(body);
        if (body.length < HEAD || head.getInt() != number) {
            world.violated(name + ": " + receiver + " has got what was never sent to it: " + message);
            return -1;
        }
        var sender = head.getInt();
        var sequence = head.getInt();
        for (var i = HEAD; i < body.length; i++) {
            if (body[i] != (byte) (sequence * 31 + i)) {
                world.violated(name + ": message " + sequence + " is damaged at octet " + i);
                return -1;
            }
        }
        note(receiver, sender, sequence);
        return sequence;
    }

    private void note(Player receiver, int sender, int sequence) {
        received++;
        world.note(sequence * 64L + sender);
        if (sequence >= sent.get(sender).size()) {
            world.violated(
                    name + ": " + receiver + " has got message " + sequence + ", which was not taken for sending");
            return;
        }
        var one = sent.get(sender).get(sequence);
        if (one.hasCome) {
            world.violated(name + ": " + receiver + " has got message " + sequence + " of " + senders.get(sender)
                    + " a second time");
        }
        if (one.destination != null && !one.destination.equals(receiver.host)) {
            world.violated(name + ": " + receiver + " has got message " + sequence + " for " + one.destination);
        }
        one.hasCome = true;
        noteOrder(receiver, sender, sequence);
    }

    /**
     * Over one connection messages keep their order. What was read from one that was lost may be received after the
     * first ones of the next connection: so what comes is as many runs as there were connections.
     */
    private void noteOrder(Player receiver, int sender, int sequence) {
        var from = senders.get(sender).host;
        var key = receiver.host + "." + receiver.lives() + "<" + from;
        pairs.put(from + ">" + receiver.host, key);
        var ends = runs.computeIfAbsent(key, unused -> new ArrayList<>());
        var best = -1;
        for (var i = 0; i < ends.size(); i++) {
            if (ends.get(i) < sequence && (best < 0 || ends.get(i) > ends.get(best))) {
                best = i;
            }
        }
        if (best >= 0) {
            ends.set(best, sequence);
            return;
        }
        ends.add(sequence);
        var links = 1L; // where it passes a host, each run may come in as many runs as there were links behind it
        for (var leg : network.legs(from, between, receiver.host)) {
            links *= leg.links;
        }
        if (ends.size() > links) {
            world.violated(name + ": " + receiver + " has got message " + sequence + " of " + senders.get(sender)
                    + " out of order; there were " + links + " connections");
        }
    }

    // ---- the end

    /** All that was taken has come, or is counted, or was on its way when a connection ended. */
    void check(long counted, List<Player> receivers) {
        var missing = new ArrayList<Integer>();
        for (var list : sent) {
            list.stream().filter(one -> !one.hasCome).forEach(one -> missing.add(one.size));
        }
        var lost = missing.size() - counted;
        if (lost < 0) {
            world.violated(name + ": " + -lost + " messages were counted as lost and have come");
            return;
        }
        missing.sort(null);
        var octets = missing.stream().limit(lost).mapToLong(Integer::longValue).sum();
        var allowed = allowedLoss(receivers);
        if (octets > allowed) {
            world.violated(name + ": " + lost + " messages of " + octets
                    + " octets at least are missing and not counted; the network has lost no more than " + allowed
                    + "; " + whatIsMissing(0));
        }
    }

    private String whatIsMissing(long sinceNs) {
        var text = new StringBuilder("missing are, first of all,");
        var named = 0;
        for (var i = 0; i < sent.size(); i++) {
            for (var j = 0; j < sent.get(i).size(); j++) {
                var one = sent.get(i).get(j);
                if (!one.hasCome && one.atNs >= sinceNs && named++ < MOST_NAMED) {
                    text.append(String.format(" %s's %d of %.3f s", senders.get(i), j, one.atNs / 1e9))
                            .append(one.destination == null ? "" : " for " + one.destination);
                }
            }
        }
        return text.toString();
    }

    private long allowedLoss(List<Player> receivers) {
        var legs = new LinkedHashSet<VirtualNetwork.Loss>();
        for (var sender : senders) {
            for (var receiver : receivers) {
                legs.addAll(network.legs(sender.host, between, receiver.host));
            }
        }
        return legs.stream()
                .mapToLong(loss -> loss.octets + (long) loss.uncleanEnds * (LARGEST + 2 * OVERHEAD))
                .sum();
    }

    /** What was taken after the last trouble has come, but for what is counted since then. */
    void checkHealed(long calmNs, long countedSince) {
        for (var i = 0; i < sent.size(); i++) {
            var missing = sent.get(i).stream()
                    .filter(one -> one.atNs >= calmNs && !one.hasCome)
                    .count();
            if (missing > countedSince) {
                world.violated(name + ": of what " + senders.get(i) + " has sent after the last trouble " + missing
                        + " messages are missing, and " + countedSince + " counted; " + whatIsMissing(calmNs));
            }
        }
    }
}
