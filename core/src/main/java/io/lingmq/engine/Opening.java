package io.lingmq.engine;

import io.lingmq.mechanism.Handshake;
import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.mechanism.Step;
import io.lingmq.option.SocketType;
import io.lingmq.security.ZapReply;
import io.lingmq.wire.Command;
import io.lingmq.wire.Frame;
import io.lingmq.wire.Greeting;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How a connection opens, from the first octet to traffic: greeting, then the mechanism's handshake.
 *
 * <pre>
 *   SIGNATURE --10 octets--> VERSION --octet 10--> GREETING --64 octets--> HANDSHAKE --done--> OPEN
 *                                                                          |       ^
 *                                                                       pending  verdict
 *                                                                          '-> PENDING
 *       any state --broken rule--> ProtocolException, and the connection is closed
 * </pre>
 *
 * <p>What is sent follows what is known: the signature at once; the version when the peer's signature says that it has
 * versions; the rest when the peer's major version is known.
 *
 * <p>Threading: confined to its connection. Touches no channel and no clock: octets in, octets out.
 *
 * <p>Source: RFC 37/ZMTP, "Overall Behavior", "Version Negotiation", "Connection Metadata".
 */
public final class Opening {
    /** The stages of an opening. */
    enum Stage {
        SIGNATURE,
        VERSION,
        GREETING,
        HANDSHAKE,
        PENDING,
        OPEN
    }

    private static final int LARGEST_COMMAND = 64 * 1024;
    private static final int LONGEST_ROUTING_ID = 255;

    private final SocketType ownType;
    private final Mechanism mechanism;
    private final Handshake handshake;
    private final byte[] ownGreeting;
    private final byte[] greeting = new byte[Greeting.SIZE];
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final CommandCollector commands = new CommandCollector(LARGEST_COMMAND);
    private Stage stage = Stage.SIGNATURE;
    private int greetingSize;
    private int greetingSent;
    private boolean takesSubscribeCommand;

    /** The opening of one connection. */
    public Opening(Mechanism mechanism, HandshakeContext context) {
        this.ownType = context.type();
        this.mechanism = mechanism;
        this.handshake = mechanism.begin(context);
        ownGreeting = Greeting.encode(context.routingId().length, mechanism.name(), mechanism.asServer());
        sendGreetingUpTo(Greeting.SIGNATURE_SIZE);
    }

    /**
     * Takes the peer's next octets. While a verdict is awaited it takes none.
     *
     * @return true when the connection is open; what is left in the buffer is traffic
     * @throws ProtocolException if the peer broke a rule
     */
    public boolean receive(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining() && stage != Stage.OPEN && stage != Stage.PENDING) {
            if (stage == Stage.HANDSHAKE) {
                receiveCommand(in);
            } else if (stage == Stage.SIGNATURE) {
                receiveSignature(in);
            } else {
                receiveGreetingOctet(in.get());
            }
        }
        return stage == Stage.OPEN;
    }

    /** Whether a verdict is awaited. */
    public boolean isPending() {
        return stage == Stage.PENDING;
    }

    /**
     * Goes on with the verdict that was awaited.
     *
     * @return true when the connection is open
     * @throws ProtocolException if the peer may not connect
     */
    public boolean resume(ZapReply verdict) throws ProtocolException {
        if (stage != Stage.PENDING) {
            throw new IllegalStateException("no verdict is awaited at " + stage);
        }
        handshakeIsAt(handshake.resume(verdict, output::writeBytes));
        return stage == Stage.OPEN;
    }

    /** Takes the octets that are to be sent now; empty if there are none. */
    public byte[] takeOutput() {
        var octets = output.toByteArray();
        output.reset();
        return octets;
    }

    /** What the peer told about itself; known when the connection is open. */
    public PeerInfo peer() throws ProtocolException {
        var metadata = handshake.peer();
        var routingId = metadata.value(Metadata.IDENTITY);
        if (routingId != null && routingId.length > LONGEST_ROUTING_ID) {
            throw new ProtocolException("the peer's routing id has " + routingId.length + " octets; the most is 255");
        }
        var name = metadata.text(Metadata.SOCKET_TYPE);
        var type = name == null ? null : legalPeer(name);
        return new PeerInfo(type, routingId == null ? new byte[0] : routingId, takesSubscribeCommand, metadata);
    }

    Stage stage() {
        return stage;
    }

    private void receiveSignature(ByteBuffer in) throws ProtocolException {
        var count = Math.min(in.remaining(), Greeting.SIGNATURE_SIZE - greetingSize);
        in.get(greeting, greetingSize, count);
        greetingSize += count;
        Greeting.checkSignature(greeting, greetingSize);
        if (greetingSize == Greeting.SIGNATURE_SIZE) {
            sendGreetingUpTo(Greeting.SIGNATURE_SIZE + 1);
            stage = Stage.VERSION;
        }
    }

    private void receiveGreetingOctet(byte octet) throws ProtocolException {
        greeting[greetingSize++] = octet;
        if (stage == Stage.VERSION) {
            Greeting.checkMajor(octet & 0xFF);
            sendGreetingUpTo(Greeting.SIZE);
            stage = Stage.GREETING;
        } else if (greetingSize == Greeting.SIZE) {
            greetingComplete(Greeting.parse(greeting));
        }
    }

    private void greetingComplete(Greeting peer) throws ProtocolException {
        if (!peer.mechanism().equals(mechanism.name())) {
            throw new ProtocolException("the peer wants security mechanism " + printable(peer.mechanism())
                    + " where this socket has " + mechanism.name() + "; both sides must have the same");
        }
        takesSubscribeCommand = peer.hasSubscribeCommand();
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
        handshakeIsAt(handshake.receive(Command.parse(commands.body(), commands.size()), output::writeBytes));
        commands.reset();
    }

    private SocketType legalPeer(String name) throws ProtocolException {
        for (var type : SocketType.values()) {
            if (type.name().equals(name)) {
                if (ownType.accepts(type)) {
                    return type;
                }
                throw new ProtocolException("a " + ownType + " socket cannot talk to a " + type + " socket");
            }
        }
        throw new ProtocolException(
                "the peer has socket type " + printable(name) + ", which a " + ownType + " socket cannot talk to");
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
