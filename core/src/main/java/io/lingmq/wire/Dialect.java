package io.lingmq.wire;

/**
 * The versions of ZMTP that peers speak, or none. In this process messages are always kept as ZMTP 3 frames; what
 * differs is told here, and applied at the connection.
 *
 * <pre>
 *                 frames    handshake            commands   subscriptions go out as
 *   UNVERSIONED   old       routing id frames    none       messages
 *   ZMTP_1_0      old       routing id frames    none       messages
 *   ZMTP_2_0      as 3      routing id frames    none       messages
 *   ZMTP_3_0      3         of the mechanism     yes        messages
 *   ZMTP_3_1      3         of the mechanism     yes        commands
 * </pre>
 *
 * <p>Source: RFC 13, 15, 23 and 37; libzmq 4.3 for how versions that no RFC names are treated.
 */
public enum Dialect {
    /** What libzmq 2 speaks: its first octets are a routing id frame, and its subscribers tell no subscriptions. */
    UNVERSIONED("ZMTP 1.0"),
    /** The frames of ZMTP 1.0 behind a greeting with version 0. */
    ZMTP_1_0("ZMTP 1.0"),
    /** What libzmq 3 speaks. */
    ZMTP_2_0("ZMTP 2.0"),
    /** What libzmq 4.0 to 4.3.2 speaks. */
    ZMTP_3_0("ZMTP 3.0"),
    /** What libzmq speaks since 4.3.3, and this library. */
    ZMTP_3_1("ZMTP 3.1"),
    /** Octets as they are, without any protocol of ours. */
    NONE("raw octets"),
    /** Datagrams, a message in each, without any protocol of ours. */
    DATAGRAMS("datagrams");

    private static final byte[] NOTHING = new byte[0];

    private final String text;

    Dialect(String text) {
        this.text = text;
    }

    /** Whether frames have the header of ZMTP 1.0, which must be translated. */
    public boolean hasOldFrames() {
        return this == UNVERSIONED || this == ZMTP_1_0;
    }

    /** Whether there is a mechanism's handshake, and commands after it. */
    public boolean hasCommands() {
        return this == ZMTP_3_0 || this == ZMTP_3_1;
    }

    /** Whether a peer that has not asked for commands may be sent them: subscriptions, and signs of life. */
    public boolean takesAnyCommand() {
        return this == ZMTP_3_1;
    }

    /** A command as such a peer is told it, as a whole ZMTP 3 frame; empty where it cannot be told. */
    public byte[] frame(Command command) {
        return switch (command.name()) {
            case Command.SUBSCRIBE, Command.CANCEL -> takesAnyCommand() ? command.frame() : asMessage(command);
            default -> hasCommands() ? command.frame() : NOTHING;
        };
    }

    private static byte[] asMessage(Command command) {
        var subscribes = command.name().equals(Command.SUBSCRIBE);
        return Frame.of(0, new Subscription(subscribes, command.dataBytes()).encode());
    }

    /** The name of the protocol and its version, for people. */
    @Override
    public String toString() {
        return text;
    }
}
