package io.lingmq.option;

import java.util.Locale;
import java.util.Optional;

/**
 * The socket types: which pattern a socket follows and which types it may talk to.
 *
 * <p>Source: RFC 28/REQREP, 29/PUBSUB, 30/PIPELINE, 31/EXPAIR; numbers from libzmq's {@code zmq.h}.
 */
public enum SocketType {
    /** Exactly one peer, both ways. */
    PAIR(0, true, true),
    /** Publishes to all subscribers whose subscriptions match. */
    PUB(1, true, false),
    /** Subscribes to topics of publishers. */
    SUB(2, false, true),
    /** Asks, then waits for the answer. */
    REQ(3, true, true),
    /** Answers the request it received last. */
    REP(4, true, true),
    /** Sends in turn to its peers, receives from all. */
    DEALER(5, true, true),
    /** Sends to the peer that the first frame names, receives from all with their name in front. */
    ROUTER(6, true, true),
    /** Receives work from all its peers. */
    PULL(7, false, true),
    /** Hands out work to its peers in turn. */
    PUSH(8, true, false),
    /** A publisher that sees the subscriptions. */
    XPUB(9, true, true),
    /** A subscriber that sends subscriptions as messages. */
    XSUB(10, true, true);

    private final int libzmqNumber;
    private final boolean sends;
    private final boolean receives;

    SocketType(int libzmqNumber, boolean sends, boolean receives) {
        this.libzmqNumber = libzmqNumber;
        this.sends = sends;
        this.receives = receives;
    }

    /** The number that libzmq gives this type. */
    public int libzmqNumber() {
        return libzmqNumber;
    }

    /**
     * The number of this type in the greeting of ZMTP 2.0, which has one for all publishers and one for subscribers.
     */
    public int zmtp2Number() {
        return switch (this) {
            case XPUB -> PUB.libzmqNumber;
            case XSUB -> SUB.libzmqNumber;
            default -> libzmqNumber;
        };
    }

    /** Whether an application can send on this type. */
    public boolean sends() {
        return sends;
    }

    /** Whether an application can receive on this type. */
    public boolean receives() {
        return receives;
    }

    /** Whether the RFCs let a socket of this type talk to one of the other type. */
    public boolean accepts(SocketType peer) {
        return switch (this) {
            case PAIR -> peer == PAIR;
            case PUB, XPUB -> peer == SUB || peer == XSUB;
            case SUB, XSUB -> peer == PUB || peer == XPUB;
            case REQ -> peer == REP || peer == ROUTER;
            case REP -> peer == REQ || peer == DEALER;
            case DEALER -> peer == REP || peer == DEALER || peer == ROUTER;
            case ROUTER -> peer == REQ || peer == DEALER || peer == ROUTER;
            case PULL -> peer == PUSH;
            case PUSH -> peer == PULL;
        };
    }

    /** Whether this type tells its peers a routing id in the handshake. */
    public boolean announcesRoutingId() {
        return this == REQ || this == DEALER || this == ROUTER;
    }

    /**
     * Whether a message of this type may go to any peer that is there: if one does not take it, the next will do. The
     * other types send to one peer that was chosen, or to all who asked.
     */
    public boolean anyPeerWillDo() {
        return this == PUSH || this == DEALER || this == REQ || this == PAIR;
    }

    /** Whether this type sends to those who have subscribed. */
    public boolean publishes() {
        return this == PUB || this == XPUB;
    }

    /** Whether this type tells its peers what it wants of what they send. */
    public boolean subscribes() {
        return this == SUB || this == XSUB;
    }

    /** The type of that name in any case, for example {@code "rep"}. */
    public static Optional<SocketType> named(String name) {
        var wanted = name.toUpperCase(Locale.ROOT);
        for (var type : values()) {
            if (type.name().equals(wanted)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
