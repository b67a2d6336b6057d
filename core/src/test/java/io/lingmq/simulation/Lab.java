package io.lingmq.simulation;

import io.lingmq.reactor.SteppedReactor;
import io.lingmq.transport.Transport;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A world for the tests of what stands on a network: reactors that go in steps, hosts without accidents, and peers that
 * say what they are told. All tests of one kind have the same seed: what passes once passes always.
 */
public final class Lab {
    private static final long LONGEST_NS = Duration.ofHours(1).toNanos();

    private final World world;
    private final VirtualNetwork network;

    /** A world of the given seed. */
    public Lab(long seed) {
        world = new World(seed);
        network = new VirtualNetwork(world);
        network.hasNoAccidents();
    }

    World world() {
        return world;
    }

    VirtualNetwork network() {
        return network;
    }

    /** A reactor that goes when this world goes. */
    public SteppedReactor reactor(String name) {
        return new SteppedReactor(name, world, 2);
    }

    /** How a host reaches the others, at addresses as {@code there:1}. */
    public Transport transport(String host) {
        return new VirtualTransport(this, host);
    }

    // ---- time

    /** Lets the world go on until the condition holds, which must be so within an hour. */
    public void until(String what, BooleanSupplier condition) {
        if (!world.await(condition, LONGEST_NS)) {
            throw new AssertionError("not so within an hour: " + what);
        }
    }

    /** Lets so much time pass. */
    public void pass(Duration time) {
        world.runUntil(world.nowNs() + time.toNanos());
    }

    /** How many steps its reactors have taken. */
    public long steps() {
        return world.steps();
    }

    /** A reactor stands still, as a garbage collector would make it, until it goes on. */
    public void stop(SteppedReactor reactor) {
        world.pause(reactor, Long.MAX_VALUE / 4);
    }

    /** It does so no longer. */
    public void goesOn(SteppedReactor reactor) {
        world.pause(reactor, world.nowNs());
    }

    // ---- peers

    /** A peer that somebody has a link to. */
    public VirtualPeer peer() {
        return new VirtualPeer(this, world, network.join("here", "there")[1]);
    }

    /** A peer who connects to an endpoint of this world, and says nothing yet. */
    public VirtualPeer call(String endpoint) {
        var address = endpoint.substring(endpoint.indexOf("://") + 3);
        var acceptor = network.find(address);
        if (acceptor == null) {
            throw new AssertionError("nobody listens at " + endpoint);
        }
        var ends = network.join("caller", address.substring(0, address.indexOf(':')));
        acceptor.add(ends[1]);
        return new VirtualPeer(this, world, ends[0]);
    }

    /** Somebody who waits for peers at an address. */
    public VirtualHost listen(String address) {
        var colon = address.indexOf(':');
        return new VirtualHost(
                this, world, new VirtualAcceptor(network, address.substring(0, colon), address.substring(colon + 1)));
    }

    /** Whether anybody listens there. */
    public boolean isFree(String endpoint) {
        return network.find(endpoint.substring(endpoint.indexOf("://") + 3)) == null;
    }

    /** What is said from one to the other does not arrive, from now on. */
    public void part(String one, String other) {
        network.part(one, other);
    }

    /** From now on nobody can tell who is at the other end of a link. */
    public void linksHaveNoNames() {
        network.linksHaveNoNames();
    }
}
