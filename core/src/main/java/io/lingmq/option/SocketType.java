package io.lingmq.option;

import static io.lingmq.option.SocketType.Trait.ADDRESSES_PEERS;
import static io.lingmq.option.SocketType.Trait.ANY_PEER_WILL_DO;
import static io.lingmq.option.SocketType.Trait.PUBLISHES;
import static io.lingmq.option.SocketType.Trait.RAW;
import static io.lingmq.option.SocketType.Trait.RECEIVES;
import static io.lingmq.option.SocketType.Trait.SENDS;
import static io.lingmq.option.SocketType.Trait.SUBSCRIBES;
import static io.lingmq.option.SocketType.Trait.TELLS_ROUTING_ID;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The table of socket types: for each its number, the types that it may talk to, and its traits. Nothing else in the
 * library asks whether a socket is of this or that type; its pattern is chosen in {@code pattern/Patterns}, its
 * protocol in {@code engine/Protocols}.
 *
 * <p>The table is closed: a module cannot add a row. What a type means is agreed between all peers, by an RFC, and its
 * name travels in every handshake; a type of one's own would talk to nobody else.
 *
 * <p>Source: RFC 28/REQREP, 29/PUBSUB, 30/PIPELINE, 31/EXPAIR; numbers and STREAM from libzmq's {@code zmq.h}.
 */
public enum SocketType {
    /** Exactly one peer, both ways. */
    PAIR(0, "PAIR", SENDS, RECEIVES, ANY_PEER_WILL_DO),
    /** Publishes to all subscribers whose subscriptions match. */
    PUB(1, "SUB XSUB", SENDS, PUBLISHES),
    /** Subscribes to topics of publishers. */
    SUB(2, "PUB XPUB", RECEIVES, SUBSCRIBES),
    /** Asks, then waits for the answer. */
    REQ(3, "REP ROUTER", SENDS, RECEIVES, ANY_PEER_WILL_DO, TELLS_ROUTING_ID),
    /** Answers the request it received last. */
    REP(4, "REQ DEALER", SENDS, RECEIVES),
    /** Sends in turn to its peers, receives from all. */
    DEALER(5, "REP DEALER ROUTER", SENDS, RECEIVES, ANY_PEER_WILL_DO, TELLS_ROUTING_ID),
    /** Sends to the peer that the first frame names, receives from all with their name in front. */
    ROUTER(6, "REQ DEALER ROUTER", SENDS, RECEIVES, ADDRESSES_PEERS, TELLS_ROUTING_ID),
    /** Receives work from all its peers. */
    PULL(7, "PUSH", RECEIVES),
    /** Hands out work to its peers in turn. */
    PUSH(8, "PULL", SENDS, ANY_PEER_WILL_DO),
    /** A publisher that sees the subscriptions. */
    XPUB(9, "SUB XSUB", SENDS, RECEIVES, PUBLISHES),
    /** A subscriber that sends subscriptions as messages. */
    XSUB(10, "PUB XPUB", SENDS, RECEIVES, SUBSCRIBES),
    /** Octets to and from programs that speak no ZMTP; the first frame names the peer. */
    STREAM(11, "", SENDS, RECEIVES, ADDRESSES_PEERS, RAW);

    /** What a type has in common with some others. */
    enum Trait {
        /** An application can send on it. */
        SENDS,
        /** An application can receive on it. */
        RECEIVES,
        /** It sends to those who have subscribed. */
        PUBLISHES,
        /** It tells its peers what it wants of what they send. */
        SUBSCRIBES,
        /** It tells its peers a routing id in the handshake. */
        TELLS_ROUTING_ID,
        /** Each message that it sends names its receiver in the first frame. */
        ADDRESSES_PEERS,
        /** A message may go to any peer that is there: if one does not take it, the next will do. */
        ANY_PEER_WILL_DO,
        /** It speaks no ZMTP. */
        RAW
    }

    private final int libzmqNumber;

    @SuppressWarnings("ImmutableEnumChecker") // no element can be added
    private final Set<String> peers;

    @SuppressWarnings("ImmutableEnumChecker") // as above
    private final Set<Trait> traits;

    SocketType(int libzmqNumber, String peers, Trait first, Trait... others) {
        this.libzmqNumber = libzmqNumber;
        this.peers = Set.copyOf(List.of(peers.split(" ")));
        traits = Set.copyOf(EnumSet.of(first, others));
    }

    /** The number that libzmq gives this type. */
    public int libzmqNumber() {
        return libzmqNumber;
    }

    /**
     * The number of this type in the greeting of ZMTP 2.0, which has one for all publishers and one for subscribers.
     */
    public int zmtp2Number() {
        if (publishes()) {
            return PUB.libzmqNumber;
        }
        return subscribes() ? SUB.libzmqNumber : libzmqNumber;
    }

    /** Whether an application can send on this type. */
    public boolean sends() {
        return traits.contains(SENDS);
    }

    /** Whether an application can receive on this type. */
    public boolean receives() {
        return traits.contains(RECEIVES);
    }

    /** Whether the RFCs let a socket of this type talk to one of the other type. */
    public boolean accepts(SocketType peer) {
        return peers.contains(Objects.requireNonNull(peer, "the type is null").name());
    }

    /** Whether this type tells its peers a routing id in the handshake. */
    public boolean announcesRoutingId() {
        return traits.contains(TELLS_ROUTING_ID);
    }

    /** Whether each message that an application sends names its receiver in the first frame. */
    public boolean addressesPeers() {
        return traits.contains(ADDRESSES_PEERS);
    }

    /**
     * Whether a message of this type may go to any peer that is there: if one does not take it, the next will do. The
     * other types send to one peer that was chosen, or to all who asked.
     */
    public boolean anyPeerWillDo() {
        return traits.contains(ANY_PEER_WILL_DO);
    }

    /** Whether this type sends to those who have subscribed. */
    public boolean publishes() {
        return traits.contains(PUBLISHES);
    }

    /** Whether this type tells its peers what it wants of what they send. */
    public boolean subscribes() {
        return traits.contains(SUBSCRIBES);
    }

    /** Whether this type speaks no ZMTP: its peers are programs that know nothing of ZeroMQ. */
    public boolean isRaw() {
        return traits.contains(RAW);
    }

    /** The type of that name in any case, for example {@code "rep"}. */
    public static Optional<SocketType> named(String name) {
        Objects.requireNonNull(name, "the name is null");
        var wanted = name.toUpperCase(Locale.ROOT);
        for (var type : values()) {
            if (type.name().equals(wanted)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
