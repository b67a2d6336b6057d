package io.lingmq.simulation;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hosts, and the links between them. It delays what passes, in pieces of any size and always in order; it cuts links,
 * parts hosts from each other for a while, and keeps a book of all octets that were taken and never read.
 */
final class VirtualNetwork {
    private static final long RETRY_NS = 200_000_000;

    final World world;
    /** How long octets are on their way, at least and at most. */
    final long leastDelayNs;

    final long mostDelayNs;
    private final Map<String, VirtualAcceptor> acceptors = new LinkedHashMap<>();
    private final List<VirtualLink> links = new ArrayList<>();
    private final Set<Set<String>> parted = new HashSet<>();
    private final Set<String> closing = new HashSet<>();
    private final Map<String, Loss> losses = new LinkedHashMap<>();
    private int ports = 1000;
    private boolean isSafe;
    private boolean isNameless;

    /** What links from one host to another have lost, and how much was read from them at once. */
    static final class Loss {
        long octets;
        int largestRead;
        int links;
        int uncleanEnds;
    }

    VirtualNetwork(World world) {
        this.world = world;
        leastDelayNs = world.between(1_000, 2_000_000);
        mostDelayNs = leastDelayNs + world.between(1_000, 20_000_000);
    }

    /** From now on whoever is accepted is accepted. */
    void hasNoAccidents() {
        isSafe = true;
    }

    /** Something that may go wrong with the given chance. */
    boolean accident(double probability) {
        return world.chance(probability) && !isSafe;
    }

    void linksHaveNoNames() {
        isNameless = true;
    }

    boolean isNameless() {
        return isNameless;
    }

    Loss loss(String from, String to) {
        return losses.computeIfAbsent(from + ">" + to, key -> new Loss());
    }

    /** What was lost from one host to another, or on the way to a host between them and from there. */
    List<Loss> legs(String from, String between, String to) {
        return between == null ? List.of(loss(from, to)) : List.of(loss(from, between), loss(between, to));
    }

    // ---- addresses

    String bind(String host, String port, VirtualAcceptor acceptor) {
        var address = host + ":" + (port.equals("*") ? String.valueOf(ports++) : port);
        if (acceptors.putIfAbsent(address, acceptor) != null) {
            throw new EndpointException(ErrorCode.ADDRESS_IN_USE, "somebody is bound to " + address);
        }
        return address;
    }

    void unbind(String address, VirtualAcceptor acceptor) {
        acceptors.remove(address, acceptor);
    }

    VirtualAcceptor find(String address) {
        return acceptors.get(address);
    }

    // ---- links

    /** The two ends of a new link: that of who connects, and the other one. */
    VirtualLink[] join(String from, String to) {
        var window = (int) (world.chance(0.2) ? world.between(2_000, 8_000) : world.between(8_000, 200_000));
        var near = new VirtualLink(this, from, to, window);
        var far = new VirtualLink(this, to, from, window);
        near.joinTo(far);
        far.joinTo(near);
        links.add(near);
        world.tell(() -> from + " is joined to " + to + ", window " + window);
        loss(from, to).links++;
        loss(to, from).links++;
        return new VirtualLink[] {near, far};
    }

    void forget(VirtualLink end) {
        links.remove(end);
    }

    /** Those who connected them. */
    List<VirtualLink> links() {
        return List.copyOf(links);
    }

    boolean isEmpty() {
        return links.isEmpty() && acceptors.isEmpty();
    }

    String rest() {
        return links.stream().map(link -> link + " " + link.other()).toList() + " and " + acceptors.keySet();
    }

    long delayNs() {
        return world.between(leastDelayNs, mostDelayNs);
    }

    // ---- troubles

    void part(String one, String other) {
        world.tell(() -> one + " and " + other + " are parted");
        parted.add(new LinkedHashSet<>(List.of(one, other)));
    }

    void heal() {
        parted.clear();
    }

    boolean areParted(String one, String other) {
        return !parted.isEmpty() && parted.contains(Set.of(one, other));
    }

    long retryNs() {
        return RETRY_NS;
    }

    /** What this host still reads, its application never gets. */
    void closes(String host) {
        closing.add(host);
    }

    void opens(String host) {
        closing.remove(host);
    }

    /** What this host still reads from that one over the links that there are, its application does not want. */
    void isUnwanted(String host, String from) {
        for (var link : links) {
            link.isUnwantedAt(host, from);
            link.other().isUnwantedAt(host, from);
        }
    }

    /** As above, over all links that come before it {@link #listens} again. */
    void turnsAway(String host, String from) {
        closing.add(host + "<" + from);
    }

    void listens(String host, String from) {
        closing.remove(host + "<" + from);
    }

    boolean isLostAt(String host, String from) {
        return !closing.isEmpty() && (closing.contains(host) || closing.contains(host + "<" + from));
    }
}
