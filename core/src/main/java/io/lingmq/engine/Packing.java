package io.lingmq.engine;

import io.lingmq.chain.ChainWriter;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;

/**
 * How a message becomes a datagram, and a datagram a message.
 *
 * <p>Contract: it keeps nothing from one call to the next. No channel, no clock, no random number.
 *
 * <p>Threading: {@link #pack} belongs to the thread in the gate of a connection's output, {@link #unpack} to that in
 * the gate of its input; many connections may share one packing.
 */
public interface Packing {
    /**
     * Makes a datagram of a message.
     *
     * @param frames all frames of the message, in the canonical form: as {@link io.lingmq.wire.Frame} reads and writes
     *     them, with a long header only where the body needs one
     * @param datagram an empty buffer of 65,507 octets, which is what UDP over IPv4 can carry; it may use less
     * @return false if the message does not fit: it is dropped, and counted. Else the datagram has an octet at least
     * @throws RuntimeException means the same as false: else the message would be the first of the next connection too.
     *     The first one that is no {@link java.nio.BufferOverflowException} is logged
     */
    boolean pack(ByteBuffer frames, ByteBuffer datagram);

    /**
     * Makes a message of a datagram: puts its frames in, in the canonical form, and marks nothing. What is not one
     * whole message, or is larger than {@code MAX_MESSAGE_SIZE} allows, is taken back.
     *
     * @param datagram what a peer, or anybody else, has sent
     * @throws ProtocolException if it is no message: what was put in is taken back, and the datagram counted
     * @throws RuntimeException means the same. The first one that is not {@link java.nio.BufferUnderflowException} is
     *     logged
     */
    void unpack(ByteBuffer datagram, ChainWriter into) throws ProtocolException;
}
