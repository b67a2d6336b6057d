package io.lingmq.engine;

import static java.util.Objects.requireNonNull;

import io.lingmq.frame.CommandCollector;
import io.lingmq.mechanism.Handshake;
import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.mechanism.Step;
import io.lingmq.mechanism.Verdicts;
import io.lingmq.option.SocketType;
import io.lingmq.security.ZapReply;
import io.lingmq.wire.Command;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.Frame;
import io.lingmq.wire.Greeting;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a connection opens, from the first octet to traffic: greeting, then the mechanism's handshake. A peer older than
 * ZMTP 3.0 has none; each side tells its routing id in a frame.
 *
 * <pre>
 *   SIGNATURE --10 octets--> VERSION --octet 10--> GREETING --64 octets--> HANDSHAKE --done--> OPEN
 *       |                       |                                          |       ^
 *       |                       |                                       pending  verdict
 *       |                       |                                          '-> PENDING
 *       |                       '--0 or 1--> SOCKET_TYPE --octet 11--> ROUTING_ID --its frame--> OPEN
 *       '--no version--> ROUTING_ID
 *       any state --broken rule--> ProtocolException, and the connection is closed
 * </pre>
 *
 * <p>What is sent follows what is known: the signature at once; the version when the peer's signature says that it has
 * versions; the rest when the peer's major version is known. To a peer without a version the signature looks like the
 * header of a frame, which the routing id completes.
 *
 * <p>Older peers know no mechanisms. So they are refused where the socket's {@linkplain Mechanism#admitsOldPeers
 * mechanism} protects anything.
 *
 * <p>Threading: confined to its connection. Touches no channel and no clock: octets in, octets out.
 *
 * <p>Source: RFC 37/ZMTP, "Overall Behavior", "Version Negotiation", "Connection Metadata"; RFC 15/ZMTP 2.0; RFC
 * 13/ZMTP 1.0; libzmq 4.3 for the rules of a downgrade.
 */
final class ZmtpOpening implements Opening {
    /** The stages of an opening. */
    enum Stage {
        SIGNATURE,
        VERSION,
        GREETING,
        HANDSHAKE,
        PENDING,
        SOCKET_TYPE,
        ROUTING_ID,
        OPEN
    }

    private static final int LARGEST_COMMAND = 64 * 1024;
    private static final int LONGEST_ROUTING_ID = 255;

    private final SocketType ownType;
    private final byte[] ownRoutingId;
    private final Mechanism mechanism;
    private final Handshake handshake;
    private final byte[] ownGreeting;
    private final byte[] greeting = new byte[Greeting.SIZE];
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final CommandCollector commands = new CommandCollector(LARGEST_COMMAND);
    private Stage stage = Stage.SIGNATURE;
    private int greetingSize;
    private int greetingSent;
    private Dialect dialect = Dialect.ZMTP_3_1;
    private @Nullable SocketType oldPeerType;
    private @Nullable RoutingIdFrame routingIdFrame;
    private @Nullable ZapReply verdict;

    /** The opening of one connection. */
    ZmtpOpening(Mechanism mechanism, HandshakeContext context) {
        this.ownType = context.type();
        this.ownRoutingId = context.routingId();
        this.mechanism = mechanism;
        this.handshake = mechanism.begin(context);
        ownGreeting = Greeting.encode(ownRoutingId.length, mechanism.name(), mechanism.asServer());
        sendGreetingUpTo(Greeting.SIGNATURE_SIZE);
    }

    @Override
    public boolean receive(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining() && stage != Stage.OPEN && stage != Stage.PENDING) {
            switch (stage) {
                case SIGNATURE -> receiveSignature(in);
                case VERSION, GREETING, SOCKET_TYPE -> receiveGreetingOctet(in.get());
                case ROUTING_ID -> receiveRoutingId(in);
                default -> receiveCommand(in);
            }
        }
        return stage == Stage.OPEN;
    }

    @Override
    public boolean isPending() {
        return stage == Stage.PENDING;
    }

    @Override
    public boolean resume(ZapReply verdict) throws ProtocolException {
        if (stage != Stage.PENDING) {
            throw new IllegalStateException("no verdict is awaited at " + stage);
        }
        this.verdict = verdict;
        handshakeIsAt(handshake.resume(verdict, output::writeBytes));
        return stage == Stage.OPEN;
    }

    @Override
    public byte[] takeOutput() {
        var octets = output.toByteArray();
        output.reset();
        return octets;
    }

    @Override
    public PeerInfo peer() throws ProtocolException {
        if (routingIdFrame != null) {
            return new PeerInfo(oldPeerType, routingIdFrame.routingId(), dialect, Metadata.none());
        }
        var metadata =
                Verdicts.known(handshake.peer(), verdict); // no peer tells its own User-Id, whatever the mechanism
        var routingId = metadata.value(Metadata.IDENTITY);
        if (routingId != null && routingId.length > LONGEST_ROUTING_ID) {
            throw new ProtocolException("the peer's routing id has " + routingId.length + " octets; the most is 255");
        }
        var name = metadata.text(Metadata.SOCKET_TYPE);
        var type = name == null ? null : legalPeer(name);
        return new PeerInfo(type, routingId == null ? new byte[0] : routingId, dialect, metadata);
    }

    @Override
    public Traffic traffic() {
        return new ZmtpTraffic(dialect, ownType.publishes(), routingIdFrame == null ? handshake.seal() : null);
    }

    Stage stage() {
        return stage;
    }

    private void receiveSignature(ByteBuffer in) throws ProtocolException {
        greeting[greetingSize++] = in.get();
        if (!Greeting.mayHaveVersion(greeting, greetingSize)) {
            becomeOld(Dialect.UNVERSIONED); // and what was taken for a signature is the begin of a frame
            receiveRoutingId(ByteBuffer.wrap(greeting, 0, greetingSize - 1));
            in.position(in.position() - 1);
        } else if (greetingSize == Greeting.SIGNATURE_SIZE) {
            sendGreetingUpTo(Greeting.SIGNATURE_SIZE + 1);
            stage = Stage.VERSION;
        }
    }

    private void becomeOld(Dialect older) {
        dialect = older;
        routingIdFrame = new RoutingIdFrame(older);
        stage = Stage.ROUTING_ID;
    }

    private void receiveRoutingId(ByteBuffer in) throws ProtocolException {
        if (!requireNonNull(routingIdFrame).collect(in)) {
            return;
        }
        if (dialect == Dialect.UNVERSIONED) {
            admitOld();
            output.writeBytes(ownRoutingId); // the header of its frame has left already: our signature
        }
        stage = Stage.OPEN;
    }

    private void admitOld() throws ProtocolException {
        if (!mechanism.admitsOldPeers()) {
            throw new ProtocolException(
                    "the peer speaks " + dialect + ", which has no security, where this socket wants "
                            + mechanism.name() + "; peers from ZMTP 3.0 on can come in");
        }
    }

    private void receiveGreetingOctet(byte octet) throws ProtocolException {
        greeting[greetingSize++] = octet;
        if (stage == Stage.VERSION) {
            versionKnown(octet & 0xFF);
        } else if (stage == Stage.SOCKET_TYPE) {
            oldPeerType = legalOldPeer(octet & 0xFF);
            becomeOld(dialect);
            output.writeBytes(RoutingIdFrame.encode(ownRoutingId, dialect));
        } else if (greetingSize == Greeting.SIZE) {
            greetingComplete(Greeting.parse(greeting));
        }
    }

    private void versionKnown(int major) throws ProtocolException {
        dialect = Greeting.dialect(major, 0);
        if (dialect.hasCommands()) {
            sendGreetingUpTo(Greeting.SIZE);
            stage = Stage.GREETING;
        } else {
            admitOld();
            output.write(ownType.zmtp2Number());
            stage = Stage.SOCKET_TYPE;
        }
    }

    private void greetingComplete(Greeting peer) throws ProtocolException {
        if (!peer.mechanism().equals(mechanism.name())) {
            throw new ProtocolException("the peer wants security mechanism " + printable(peer.mechanism())
                    + " where this socket has " + mechanism.name() + "; both sides must have the same");
        }
        if (mechanism.asServer() && peer.asServer()) {
            throw new ProtocolException(
                    "both sides are servers of " + mechanism.name()
                            + ", and each would wait for the other to begin; one side must be a client",
                    Command.errorFrame("two servers"));
        }
        dialect = peer.dialect();
        handshakeIsAt(handshake.start(output::writeBytes));
    }

    private void handshakeIsAt(Step step) {
        stage = switch (step) {
            case MORE -> Stage.HANDSHAKE;
            case PENDING -> Stage.PENDING;
            case DONE -> Stage.OPEN;
        };
    }

    private void receiveCommand(ByteBuffer in) throws ProtocolException {
        if (!commands.collect(in)) {
            return;
        }
        if ((commands.flags() & (Frame.COMMAND | Frame.MORE)) != Frame.COMMAND) {
            throw new ProtocolException("the peer sent a message before the handshake was complete");
        }
        handshakeIsAt(
                handshake.receive(Command.parseInHandshake(commands.body(), commands.size()), output::writeBytes));
        commands.reset();
    }

    private SocketType legalPeer(String name) throws ProtocolException {
        for (var type : SocketType.values()) {
            if (type.name().equals(name)) {
                return legalPeer(type);
            }
        }
        throw new ProtocolException(
                "the peer has socket type " + printable(name) + ", which a " + ownType + " socket cannot talk to");
    }

    private SocketType legalPeer(SocketType type) throws ProtocolException {
        if (ownType.accepts(type)) {
            return type;
        }
        throw new ProtocolException("a " + ownType + " socket cannot talk to a " + type + " socket");
    }

    private SocketType legalOldPeer(int number) throws ProtocolException {
        for (var type : SocketType.values()) {
            if (type.libzmqNumber() == number) {
                return legalPeer(type);
            }
        }
        throw new ProtocolException(
                "the peer has socket type number " + number + ", which a " + ownType + " socket cannot talk to");
    }

    private void sendGreetingUpTo(int end) {
        output.writeBytes(Arrays.copyOfRange(ownGreeting, greetingSent, end));
        greetingSent = end;
    }

    private static String printable(String text) {
        var clean = text.replaceAll("[^!-~]", "?");
        return clean.length() > 40 ? clean.substring(0, 40) + "…" : clean;
    }
}
