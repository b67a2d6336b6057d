package io.lingmq.option;

import static io.lingmq.option.SocketType.DEALER;
import static io.lingmq.option.SocketType.PUB;
import static io.lingmq.option.SocketType.PULL;
import static io.lingmq.option.SocketType.PUSH;
import static io.lingmq.option.SocketType.REQ;
import static io.lingmq.option.SocketType.ROUTER;
import static io.lingmq.option.SocketType.STREAM;
import static io.lingmq.option.SocketType.SUB;
import static io.lingmq.option.SocketType.XPUB;
import static io.lingmq.option.SocketType.XSUB;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Every option of a socket, declared once. Validation, the command line's flags and the reference page come from here.
 * The constants are the library's own options; {@link #all} has those of other modules too, which bring them as an
 * {@link OptionFamily}.
 *
 * <p>An option that is not live applies to the binds and connects that follow its change, as in libzmq.
 *
 * <p>Source: libzmq's {@code zmq_setsockopt} manual; where a default differs, the summary says so.
 */
public final class Options {
    /** A duration without end. */
    public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private static final long DEFAULT_HWM_BYTES = 64L << 20;
    private static final int LONGEST_ROUTING_ID = 255;
    private static final int LONGEST_CREDENTIAL = 255;

    private static final DeclaredFamily COMMON = new DeclaredFamily("common");
    private static final DeclaredFamily ADDRESSING = new DeclaredFamily("addressing");
    private static final DeclaredFamily PUBLISH_SUBSCRIBE = new DeclaredFamily("publish-subscribe");
    private static final DeclaredFamily TRANSPORT = new DeclaredFamily("transport");
    private static final DeclaredFamily SECURITY = new DeclaredFamily("security");

    /** The library's own. */
    static final List<DeclaredFamily> FAMILIES = List.of(COMMON, ADDRESSING, PUBLISH_SUBSCRIBE, TRANSPORT, SECURITY);

    /**
     * Most messages a pipe to one peer may hold before the socket counts as full; 0 is without limit. Their octets are
     * limited by {@link #SEND_HWM_BYTES}.
     */
    public static final Option<Integer> SEND_HWM = COMMON.number("send-hwm", 1000)
            .libzmq("ZMQ_SNDHWM", 23)
            .range(ValueRange.atLeast(0))
            .live()
            .does("Most outgoing messages held for one peer; 0 is without limit.");

    /**
     * Most unread messages held from one peer before it is no longer read; 0 is without limit. Beyond them the
     * connection holds what its last read has brought, at most 256 KiB, and the operating system what it has room for.
     * Their octets are limited by {@link #RECEIVE_HWM_BYTES}.
     */
    public static final Option<Integer> RECEIVE_HWM = COMMON.number("receive-hwm", 1000)
            .libzmq("ZMQ_RCVHWM", 24)
            .range(ValueRange.atLeast(0))
            .live()
            .does("Most incoming messages held from one peer; 0 is without limit.");

    /**
     * How many octets a pipe to one peer may hold before the socket counts as full, beside {@link #SEND_HWM}; 0 is
     * without limit. A message is taken while fewer are waiting to be written, however large it is itself, so that at
     * most one message is beyond the mark. Within a process messages go by reference, and only their number counts. The
     * default never stops a thousand messages of up to 64 KiB. Not in libzmq.
     */
    public static final Option<Long> SEND_HWM_BYTES = COMMON.count("send-hwm-bytes", DEFAULT_HWM_BYTES)
            .range(ValueRange.atLeastLong(0))
            .live()
            .does("Most outgoing bytes held for one peer, and the message that reaches the mark; 0 is without limit.");

    /**
     * How many octets of whole messages may be held unread from one peer before it is no longer read, beside
     * {@link #RECEIVE_HWM}; 0 is without limit. Beyond them the connection holds what its last read has brought, at
     * most 256 KiB, and a message that has not come whole. Not in libzmq.
     */
    public static final Option<Long> RECEIVE_HWM_BYTES = COMMON.count("receive-hwm-bytes", DEFAULT_HWM_BYTES)
            .range(ValueRange.atLeastLong(0))
            .live()
            .does("Most incoming bytes held from one peer, and the message that reaches the mark; 0 is without limit.");

    /** How long a plain send may block. */
    public static final Option<Duration> SEND_TIMEOUT = COMMON.duration("send-timeout", FOREVER)
            .libzmq("ZMQ_SNDTIMEO", 28)
            .range(ValueRange.notNegative())
            .live()
            .does("How long a send without a time of its own may block; then it fails.");

    /** How long a plain receive may block. */
    public static final Option<Duration> RECEIVE_TIMEOUT = COMMON.duration("receive-timeout", FOREVER)
            .libzmq("ZMQ_RCVTIMEO", 27)
            .range(ValueRange.notNegative())
            .live()
            .does("How long a receive without a time of its own may block; then it fails.");

    /** How long unsent messages outlive the socket. Differs from libzmq, where the default is for ever. */
    public static final Option<Duration> LINGER = COMMON.duration("linger", Duration.ofSeconds(5))
            .libzmq("ZMQ_LINGER", 17)
            .range(ValueRange.notNegative())
            .live()
            .does("How long unsent messages outlive a close; libzmq waits for ever.");

    /** The name under which a ROUTER knows this socket. */
    public static final Option<byte[]> ROUTING_ID = ADDRESSING
            .bytes("routing-id")
            .libzmq("ZMQ_ROUTING_ID", 5)
            .range(ownRoutingId())
            .on(REQ, DEALER, ROUTER)
            .does("The name under which a ROUTER peer knows this socket; empty lets the peer choose.");

    /**
     * First wait before connecting again. Between attempts are never less than 1 ms, nor, after a few in vain, 10 ms:
     * shorter intervals mean those. In libzmq an interval of 0 means without a pause.
     */
    public static final Option<Duration> RECONNECT_INTERVAL = COMMON.duration(
                    "reconnect-interval", Duration.ofMillis(100))
            .libzmq("ZMQ_RECONNECT_IVL", 18)
            .range(ValueRange.notNegative())
            .does("First wait before connecting again, 1ms at least; forever means that a lost connection stays lost.");

    /** Longest wait before connecting again. Differs from libzmq, which by default does not back off. */
    public static final Option<Duration> RECONNECT_INTERVAL_MAX = COMMON.duration(
                    "reconnect-interval-max", Duration.ofSeconds(1))
            .libzmq("ZMQ_RECONNECT_IVL_MAX", 21)
            .range(ValueRange.notNegative())
            .does(
                    "Longest wait before connecting again, doubled up to from the first; 0 keeps the first, but never below"
                            + " 10ms; libzmq has 0.");

    /** How long one attempt to connect may take; 0 leaves it to the operating system. */
    public static final Option<Duration> CONNECT_TIMEOUT = COMMON.duration("connect-timeout", Duration.ZERO)
            .libzmq("ZMQ_CONNECT_TIMEOUT", 79)
            .range(ValueRange.notNegative())
            .does("Longest time for one attempt to connect to one address; 0 leaves it to the operating system.");

    /** How long greeting and handshake may take together; 0 is without limit. */
    public static final Option<Duration> HANDSHAKE_TIMEOUT = COMMON.duration(
                    "handshake-timeout", Duration.ofSeconds(30))
            .libzmq("ZMQ_HANDSHAKE_IVL", 66)
            .range(ValueRange.notNegative())
            .does("Longest time for greeting and handshake together; 0 is without limit.");

    /** Whether messages wait only for peers that are really connected. */
    public static final Option<Boolean> IMMEDIATE = COMMON.flag("immediate")
            .libzmq("ZMQ_IMMEDIATE", 39)
            .does("Queue messages only for peers whose connection is complete.");

    /** Keep only the newest message of each peer. */
    public static final Option<Boolean> CONFLATE = COMMON.flag("conflate")
            .libzmq("ZMQ_CONFLATE", 54)
            .on(DEALER, PULL, PUSH, PUB, SUB)
            .does("Keep only the newest message for or from each peer.");

    /** Largest frame accepted from a peer, in bytes; -1 is without limit. */
    public static final Option<Long> MAX_MESSAGE_SIZE = COMMON.count("max-message-size", 1L << 30)
            .libzmq("ZMQ_MAXMSGSIZE", 22)
            .range(ValueRange.atLeastLong(-1))
            .does("Largest message accepted, in bytes; its peer is disconnected; -1 is without limit, as in libzmq.");

    /**
     * How often to ask a peer for a sign of life; 0 is never.
     *
     * <p>Unless it is set, also to the same value, this is for connections that have gone quiet and costs others
     * nothing: a PING goes out only when nothing has come for so long, and only to a peer of ZMTP 3.1 or later; it
     * tells no {@link #HEARTBEAT_TTL}. A peer that has not given a sign of life for another minute, or
     * {@link #HEARTBEAT_TIMEOUT}, is lost. Messages may have filled a peer so that it does not see the PING behind
     * them: so it is not given up while it may still have some to read; there the operating system finds out, in about
     * a quarter of an hour.
     *
     * <p>Once it is set, a PING goes out at each interval, whatever comes, to peers of ZMTP 3.0 too, and silence after
     * it always counts, as in libzmq.
     *
     * <p>Where this process itself stood still, a peer has one more interval for its answer.
     */
    public static final Option<Duration> HEARTBEAT_INTERVAL = COMMON.duration(
                    "heartbeat-interval", Duration.ofSeconds(30))
            .libzmq("ZMQ_HEARTBEAT_IVL", 75)
            .range(ValueRange.notNegative())
            .does(
                    "How often to send a PING; unless set, only after so long a silence, and to ZMTP 3.1; 0 is never, as in"
                            + " libzmq by default.");

    /**
     * How long to wait for a sign of life after a PING; 0 is as long as the interval, or a minute where neither this
     * nor the interval is set. Whatever comes is one, and so is a full connection that takes more octets. While much is
     * on its way to the peer the time is longer by what that may need: at most sixteen seconds, unless the line has
     * been seen to be slower than 1 MiB a second.
     */
    public static final Option<Duration> HEARTBEAT_TIMEOUT = COMMON.duration("heartbeat-timeout", Duration.ZERO)
            .libzmq("ZMQ_HEARTBEAT_TIMEOUT", 77)
            .range(ValueRange.notNegative())
            .does("How long a peer may be silent after a PING; 0 is as long as the interval, or a minute by default.");

    /** {@link #HEARTBEAT_TTL} is told to the peer in tenths of a second. */
    public static final Duration HEARTBEAT_TTL_STEP = Duration.ofMillis(100);

    private static final Duration LONGEST_HEARTBEAT_TTL = HEARTBEAT_TTL_STEP.multipliedBy(0xFFFF);

    /**
     * How long the peer should wait for a sign of life from us; 0 leaves it to the peer. A peer is told tenths of a
     * second: other values are rounded up to the next one, and read back so. libzmq rounds down, less than a tenth to
     * none. It is told only where {@link #HEARTBEAT_INTERVAL} is set.
     */
    public static final Option<Duration> HEARTBEAT_TTL = COMMON.duration("heartbeat-ttl", Duration.ZERO)
            .libzmq("ZMQ_HEARTBEAT_TTL", 76)
            .range(ValueRange.upTo(Duration.ofMillis(6_553_599)))
            .settlesOn(Options::inTenthsOfASecond)
            .does("After how much silence of ours the peer should give us up; in tenths of a second, rounded up.");

    /** Fail when a message is addressed to nobody. */
    public static final Option<Boolean> ROUTER_MANDATORY = ADDRESSING
            .flag("router-mandatory")
            .libzmq("ZMQ_ROUTER_MANDATORY", 33)
            .on(ROUTER)
            .live()
            .does("Report a message to an unknown peer, and wait for a full one, where others drop it.");

    /** Let a newcomer take over the routing id of a peer. */
    public static final Option<Boolean> ROUTER_HANDOVER = ADDRESSING
            .flag("router-handover")
            .libzmq("ZMQ_ROUTER_HANDOVER", 56)
            .on(ROUTER)
            .live()
            .does("A new peer with a routing id in use takes it over; the old one is disconnected.");

    /** Tell of the peers of a STREAM that come and go. */
    public static final Option<Boolean> STREAM_NOTIFY = ADDRESSING
            .flag("stream-notify", true)
            .libzmq("ZMQ_STREAM_NOTIFY", 73)
            .on(STREAM)
            .does("Receive an empty message from each peer that comes, and one when it has gone.");

    /** Greet each new peer with an empty message. */
    public static final Option<Boolean> PROBE_ROUTER = ADDRESSING
            .flag("probe-router")
            .libzmq("ZMQ_PROBE_ROUTER", 51)
            .on(REQ, DEALER, ROUTER)
            .live()
            .does("Send an empty message to each new peer, so that a ROUTER learns of us at once.");

    /** The routing id for the peer of the next connect. */
    public static final Option<byte[]> CONNECT_ROUTING_ID = ADDRESSING
            .bytes("connect-routing-id")
            .libzmq("ZMQ_CONNECT_ROUTING_ID", 61)
            .range(ValueRange.bytesUpTo(LONGEST_ROUTING_ID))
            .on(ROUTER, STREAM)
            .does("The routing id given to the peer of the next connect.");

    /**
     * Number requests, so that late replies are recognised. A ROUTER receives a frame of four bytes more, the request
     * id, between the routing id and the empty frame; {@link io.lingmq.message.Message#reply} keeps it.
     */
    public static final Option<Boolean> REQ_CORRELATE = ADDRESSING
            .flag("req-correlate")
            .libzmq("ZMQ_REQ_CORRELATE", 52)
            .on(REQ)
            .live()
            .does("Put a request id in front of each request and accept only the reply that carries it;"
                    + " a ROUTER sees it as one frame more before the empty one, and must send it back.");

    /** Allow another request before the reply. */
    public static final Option<Boolean> REQ_RELAXED = ADDRESSING
            .flag("req-relaxed")
            .libzmq("ZMQ_REQ_RELAXED", 53)
            .on(REQ)
            .live()
            .does("A new request may be sent before the reply to the last one, which is then given up.");

    /** Report each subscription, not only the first of a topic. */
    public static final Option<Boolean> XPUB_VERBOSE = PUBLISH_SUBSCRIBE
            .flag("xpub-verbose")
            .libzmq("ZMQ_XPUB_VERBOSE", 40)
            .on(XPUB)
            .live()
            .does("Report each subscription, not only the first of a topic.");

    /** Report each subscription and each cancellation. */
    public static final Option<Boolean> XPUB_VERBOSER = PUBLISH_SUBSCRIBE
            .flag("xpub-verboser")
            .libzmq("ZMQ_XPUB_VERBOSER", 78)
            .on(XPUB)
            .live()
            .does("Report each subscription and each cancellation.");

    /** Block where a subscriber is full. */
    public static final Option<Boolean> XPUB_NO_DROP = PUBLISH_SUBSCRIBE
            .flag("xpub-no-drop")
            .libzmq("ZMQ_XPUB_NODROP", 69)
            .on(PUB, XPUB)
            .live()
            .does("Wait for a full subscriber where the message would otherwise be dropped for it.");

    /** Leave it to the application which subscriptions apply. */
    public static final Option<Boolean> XPUB_MANUAL = PUBLISH_SUBSCRIBE
            .flag("xpub-manual")
            .libzmq("ZMQ_XPUB_MANUAL", 71)
            .on(XPUB)
            .live()
            .does("Subscriptions are only reported; the application applies its own.");

    /** A message for each new subscriber. */
    public static final Option<byte[]> XPUB_WELCOME_MESSAGE = PUBLISH_SUBSCRIBE
            .bytes("xpub-welcome-message")
            .libzmq("ZMQ_XPUB_WELCOME_MSG", 72)
            .on(PUB, XPUB)
            .live()
            .does("A message sent to each new subscriber before all others; empty is none.");

    /** Deliver what does not match. */
    public static final Option<Boolean> INVERT_MATCHING = PUBLISH_SUBSCRIBE
            .flag("invert-matching")
            .libzmq("ZMQ_INVERT_MATCHING", 74)
            .on(PUB, XPUB, SUB)
            .live()
            .does("Deliver the messages that match no subscription; set it on both sides.");

    /** Take only a message's first frame for a subscription. */
    public static final Option<Boolean> ONLY_FIRST_SUBSCRIBE = PUBLISH_SUBSCRIBE
            .flag("only-first-subscribe")
            .libzmq("ZMQ_ONLY_FIRST_SUBSCRIBE", 108)
            .on(XPUB, XSUB)
            .live()
            .does("Take only the first frame of a message for a subscription.");

    /** Connections waiting to be accepted. */
    public static final Option<Integer> BACKLOG = TRANSPORT
            .number("backlog", 1024)
            .libzmq("ZMQ_BACKLOG", 19)
            .range(ValueRange.atLeast(0))
            .does("Most connections waiting to be accepted; libzmq has 100.");

    /** Allow IPv6 addresses. Differs from libzmq, where the default is off. */
    public static final Option<Boolean> IPV6 =
            TRANSPORT.flag("ipv6", true).libzmq("ZMQ_IPV6", 42).does("Allow IPv6 beside IPv4; libzmq has it off.");

    /** The operating system's send buffer in bytes; -1 leaves it as it is. */
    public static final Option<Integer> SEND_BUFFER = TRANSPORT
            .number("send-buffer", -1)
            .libzmq("ZMQ_SNDBUF", 11)
            .range(ValueRange.atLeast(-1))
            .does("The operating system's send buffer in bytes; -1 leaves it as it is.");

    /** The operating system's receive buffer in bytes; -1 leaves it as it is. */
    public static final Option<Integer> RECEIVE_BUFFER = TRANSPORT
            .number("receive-buffer", -1)
            .libzmq("ZMQ_RCVBUF", 12)
            .range(ValueRange.atLeast(-1))
            .does("The operating system's receive buffer in bytes; -1 leaves it as it is.");

    /** TCP keep-alive: -1 leaves it as it is, 0 is off, 1 is on. */
    public static final Option<Integer> TCP_KEEP_ALIVE = TRANSPORT
            .number("tcp-keep-alive", -1)
            .libzmq("ZMQ_TCP_KEEPALIVE", 34)
            .range(ValueRange.between(-1, 1))
            .does("TCP keep-alive: -1 leaves it as it is, 0 is off, 1 is on.");

    /** The type-of-service octet of IP packets; 0 leaves it as it is. */
    public static final Option<Integer> TYPE_OF_SERVICE = TRANSPORT
            .number("type-of-service", 0)
            .libzmq("ZMQ_TOS", 57)
            .range(ValueRange.between(0, 255))
            .does("The type-of-service octet of IP packets; 0 leaves it as it is.");

    /**
     * How long a waiting thread looks for itself before it sleeps: half of the time, and all of it where the last look
     * found something. And how long, up to 100 µs, a sender that is far ahead of its connection lets that catch up. Not
     * in libzmq, which always sleeps and never stays.
     */
    public static final Option<Duration> SPIN_TIME = COMMON.duration("spin-time", Duration.of(200, ChronoUnit.MICROS))
            .range(ValueRange.notNegative())
            .live()
            .does(
                    "How long a waiting thread looks for itself before it sleeps, as long as that pays: half of it, and all"
                            + " where the last look found something. And, up to 100us, how long a sender far ahead of its"
                            + " connection lets that catch up; 0 is never, forever keeps a processor busy. Not in libzmq.");

    /**
     * Be the server of the PLAIN mechanism: peers must tell a user name and a password, and an authenticator or a ZAP
     * handler decides. Where there is none, all are refused.
     */
    public static final Option<Boolean> PLAIN_SERVER = SECURITY.flag("plain-server", false)
            .libzmq("ZMQ_PLAIN_SERVER", 44)
            .does(
                    "Be a PLAIN server: an authenticator or ZAP handler decides on each peer; without one all are refused.");

    /** The user name that is told to PLAIN servers; a name or a password makes this side a PLAIN client. */
    public static final Option<String> PLAIN_USERNAME = SECURITY.text("plain-username", "")
            .libzmq("ZMQ_PLAIN_USERNAME", 45)
            .range(ValueRange.textUpTo(LONGEST_CREDENTIAL))
            .does("The user name for PLAIN servers; with it this side is a PLAIN client.");

    /** The password that is told to PLAIN servers. It travels in clear text. */
    public static final Option<String> PLAIN_PASSWORD = SECURITY.secret("plain-password")
            .libzmq("ZMQ_PLAIN_PASSWORD", 46)
            .range(ValueRange.textUpTo(LONGEST_CREDENTIAL))
            .does("The password for PLAIN servers. It travels in clear text.");

    /**
     * The security domain: which set of users the authenticator or ZAP handler looks at. With a domain the NULL
     * mechanism asks too, on both sides of a connection.
     */
    public static final Option<String> ZAP_DOMAIN = SECURITY.text("zap-domain", "")
            .libzmq("ZMQ_ZAP_DOMAIN", 55)
            .range(ValueRange.textUpTo(LONGEST_CREDENTIAL))
            .does("The security domain that the authenticator is told; with one, NULL asks it too.");

    /** Refuse to bind or connect with a security mechanism other than NULL where no domain is set. */
    public static final Option<Boolean> ZAP_ENFORCE_DOMAIN = SECURITY.flag("zap-enforce-domain", false)
            .libzmq("ZMQ_ZAP_ENFORCE_DOMAIN", 93)
            .does("Refuse to be a server of a security mechanism without a zap-domain.");

    private Options() {}

    /**
     * All options, family by family.
     *
     * @throws io.lingmq.error.OptionException if a module's family cannot be loaded, or declares what another one has
     */
    public static List<Option<?>> all() {
        return OptionRegistry.found().all();
    }

    /**
     * All families: the library's own, then those of other modules.
     *
     * @throws io.lingmq.error.OptionException as for {@link #all}
     */
    public static List<OptionFamily> families() {
        return OptionRegistry.found().families();
    }

    /**
     * The option of that name, as the command line writes it.
     *
     * @throws io.lingmq.error.OptionException as for {@link #all}
     */
    public static Optional<Option<?>> named(String name) {
        return Optional.ofNullable(OptionRegistry.found().named(Objects.requireNonNull(name, "the name is null")));
    }

    /**
     * The option with that number in libzmq's {@code zmq.h}, for example 23 for {@code ZMQ_SNDHWM}.
     *
     * @throws io.lingmq.error.OptionException as for {@link #all}
     */
    public static Optional<Option<?>> numbered(int libzmqNumber) {
        return Optional.ofNullable(OptionRegistry.found().numbered(libzmqNumber));
    }

    private static ValueRange<byte[]> ownRoutingId() {
        return new ValueRange<>(
                id -> id.length <= LONGEST_ROUTING_ID && (id.length == 0 || id[0] != 0),
                "at most 255 bytes that do not begin with a zero (those names are generated)");
    }

    private static Duration inTenthsOfASecond(Duration value) {
        var step = HEARTBEAT_TTL_STEP;
        var up = step.multipliedBy(value.plus(step).minusNanos(1).dividedBy(step));
        return up.compareTo(LONGEST_HEARTBEAT_TTL) < 0 ? up : LONGEST_HEARTBEAT_TTL;
    }
}
