package io.lingmq.event;

import io.lingmq.option.SocketType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to one of a socket's connections.
 *
 * <p>{@code endpoint} is the text that was bound or connected; {@code peer} is the address at the other end.
 *
 * <p>Source: libzmq's {@code zmq_socket_monitor}, whose events these records mirror with reasons in words.
 */
public sealed interface SocketEvent {
    /** The endpoint that the event belongs to. */
    String endpoint();

    /** A bind has succeeded; the endpoint has the real port or path. */
    record Listening(String endpoint) implements SocketEvent {}

    /** A listener has accepted a connection; the handshake comes next. */
    record Accepted(String endpoint, String peer) implements SocketEvent {}

    /** Accepting a connection failed, for example because descriptors are used up; it is tried again. */
    record AcceptFailed(String endpoint, String reason) implements SocketEvent {}

    /** A connection has been made; the handshake comes next. */
    record Connected(String endpoint, String peer) implements SocketEvent {}

    /** An attempt to connect failed. */
    record ConnectFailed(String endpoint, String reason) implements SocketEvent {}

    /** The next attempt to connect follows after the given delay. */
    record RetryScheduled(String endpoint, Duration delay) implements SocketEvent {}

    /** Greeting and handshake are complete: the peer is a peer. The type is null where the peer did not tell it. */
    record HandshakeSucceeded(
            String endpoint, String peer, @Nullable SocketType peerType) implements SocketEvent {}

    /** Greeting or handshake failed; the reason names what the peer did and the rule. */
    record HandshakeFailed(String endpoint, String peer, String reason) implements SocketEvent {}

    /**
     * One side has refused the other in the handshake: this one, because it was told to, or the peer, which said so.
     *
     * @param status 300 for the moment, 400 for good, 500 because nobody could decide; as RFC 27/ZAP has it
     */
    record AuthenticationFailed(String endpoint, String peer, int status, String reason) implements SocketEvent {}

    /**
     * A connection has ended after its handshake. The reason tells how many messages were handed to the operating
     * system since the peer last said something, if there are any: nobody can know whether it has received them.
     */
    record Disconnected(String endpoint, String peer, String reason) implements SocketEvent {}

    /** A listener or a connect has ended because it was told to, or because the socket closed. */
    record Closed(String endpoint) implements SocketEvent {}

    /** The monitor could not keep up and this many events were left out. */
    record EventsLost(String endpoint, long count) implements SocketEvent {}
}
