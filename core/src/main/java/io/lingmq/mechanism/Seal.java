package io.lingmq.mechanism;

import io.lingmq.wire.ProtocolException;

/**
 * Protects all frames that follow a handshake: one transformation of what this side sends, and one of what it receives.
 * It has been agreed with the peer in the handshake, and belongs to one connection.
 *
 * <p>Contract: each frame is sealed once and opened once, in the order in which it travels, so that a counter may be
 * part of it. What a method returns is used up before its next call. What it throws ends the connection. It does not
 * block. No channel, no clock.
 *
 * <p>Threading: {@link #seal} belongs to the thread in the gate of the connection's output, {@link #open} to the one in
 * that of its input; the two may run at the same time, and so share nothing that changes.
 *
 * <p>Source: RFC 26/CURVEZMQ and RFC 38/ZMTP-GSSAPI, whose frames after the handshake are MESSAGE commands.
 */
public interface Seal {
    /**
     * What a frame becomes.
     *
     * @param flags {@code Frame.MORE}, {@code Frame.COMMAND}, both or none
     * @param body the frame's body, in an array that the seal may change
     * @return one or more whole frames, as they are written
     */
    byte[] seal(int flags, byte[] body);

    /**
     * What a frame of the peer means.
     *
     * @param body begins with the body of the frame as it was read; the array is the caller's again after the call
     * @param length of that body
     * @return a whole ZMTP 3 frame, with its own flags
     * @throws ProtocolException if it was not sealed by the peer, or not as the next one
     */
    byte[] open(byte[] body, int length) throws ProtocolException;

    /** By how many octets, at most, the body of a sealed frame is longer than the one that it stands for. */
    int overhead();
}
