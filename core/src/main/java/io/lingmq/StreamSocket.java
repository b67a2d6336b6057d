package io.lingmq;

import io.lingmq.message.Message;
import io.lingmq.socket.SocketCore;

/**
 * A socket that talks to programs which know nothing of ZeroMQ: what it reads from a connection it receives as a
 * message of two frames, the peer's routing id and octets; and it writes what is behind the first frame to the peer
 * that this names.
 *
 * <p>Octets come in pieces of any size up to 64 KiB, as they arrive: there are no messages on such a connection. A
 * piece of no octets tells that the peer has come, or that it has gone; {@code STREAM_NOTIFY} turns that off.
 *
 * <pre>{@code
 * var hello = stream.receive();                    // the peer's id, and nothing: it has come
 * stream.sendTo(hello.bytes(), Message.of("GET / HTTP/1.0\r\n\r\n"));
 * }</pre>
 *
 * <p>What is sent to a peer are the octets of all frames behind its routing id; none at all {@linkplain #hangUp ends
 * the connection}. A message to a peer that is not there is refused by an {@link io.lingmq.error.UnroutableException};
 * one to a peer that has as much to read as its high-water mark allows waits.
 *
 * <p>Source: libzmq, {@code zmq_socket}, "ZMQ_STREAM".
 */
public final class StreamSocket extends AddressedSocket {
    StreamSocket(SocketCore core) {
        super(core);
    }

    /**
     * Ends the connection to a peer as soon as all that was sent to it is written; a peer that does not read is waited
     * for at most half a minute. Nothing of it is received any more: what has come is thrown away and counted, what
     * still comes is thrown away, and its end is not told. A connection that this socket made is not made again; if it
     * breaks before all is written, what is left is dropped and counted. One that is not made yet is made only to write
     * what was sent, and its coming is not told either.
     *
     * @throws io.lingmq.error.UnroutableException if there is no such peer
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void hangUp(byte[] routingId) throws InterruptedException {
        sendTo(routingId, Message.empty());
    }

    /**
     * As {@link #hangUp(byte[])}, with the routing id as text, for a peer that {@code CONNECT_ROUTING_ID} has named.
     *
     * @throws io.lingmq.error.UnroutableException if there is no such peer
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void hangUp(String routingId) throws InterruptedException {
        hangUp(octets(routingId));
    }
}
