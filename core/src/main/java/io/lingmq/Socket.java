package io.lingmq;

import io.lingmq.event.CloseReport;
import io.lingmq.event.Peer;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.Statistics;
import io.lingmq.option.Option;
import io.lingmq.option.SocketType;
import io.lingmq.socket.SocketCore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What all sockets have in common: endpoints, options, events and an end.
 *
 * <p>One socket may be bound and connected to any number of endpoints, of any transports, in any order and before or
 * after its peers; lost connections come back by themselves. Endpoints are {@code tcp://host:port}, {@code ipc://path}
 * and {@code inproc://name}.
 *
 * <p>Threading: every method may be called from any thread at any time.
 */
public abstract sealed class Socket implements AutoCloseable permits SendingSocket, ReceivingSocket {
    private final SocketCore core;

    Socket(SocketCore core) {
        this.core = core;
    }

    SocketCore core() {
        return core;
    }

    /** The socket's type. */
    public SocketType type() {
        return core.type();
    }

    /**
     * Opens an endpoint that peers can connect to.
     *
     * <p>{@code tcp://*} and {@code tcp://[::]} take IPv4 and IPv6, {@code tcp://0.0.0.0} and all other IPv4 addresses
     * only IPv4. The name of a host, {@code localhost} say, is looked up by the calling thread; its first address is
     * bound. While an {@code ipc} path is bound, a file with the ending {@code .lingmq-lock} lies beside it.
     *
     * @param endpoint for example {@code tcp://*:5559}, {@code tcp://127.0.0.1:*} (any free port),
     *     {@code tcp://[::1]:5559}, {@code tcp://eth0:5559}, {@code ipc:///tmp/name.ipc}, {@code inproc://name}
     * @return the endpoint as peers would write it, with the real port or path
     * @throws io.lingmq.error.EndpointException if the endpoint is malformed, in use or refused
     */
    public String bind(String endpoint) {
        return core.bind(endpoint);
    }

    /**
     * Connects to an endpoint, which need not exist yet: the socket tries until it does, and again after each loss.
     *
     * <p>The name of a host is looked up before each round of attempts, in a thread of its own. Of several addresses
     * the next one is tried 250 ms after the last without an answer, or at once when it was refused; the first that
     * answers is kept (RFC 8305). The JVM remembers answers of name servers, so a host that has moved is found only
     * when they are forgotten: after 30 s, and after 10 s that there was none. The security properties
     * {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl}, in seconds, change that for the
     * whole JVM: in the file {@code conf/security/java.security}, or by {@link java.security.Security#setProperty}
     * before the first name is looked up.
     *
     * @return the endpoint, as {@link #disconnect} wants it
     * @throws io.lingmq.error.EndpointException if the endpoint is malformed or its transport unknown
     */
    public String connect(String endpoint) {
        return core.connect(endpoint);
    }

    /**
     * Closes an endpoint that was bound, and the connections made through it.
     *
     * @param endpoint the text that was given to {@link #bind}, the one that it returned, or another way to write the
     *     same address; where several binds have it, the last one is closed
     * @throws io.lingmq.error.EndpointException if the socket is not bound to it
     */
    public void unbind(String endpoint) {
        core.unbind(endpoint);
    }

    /**
     * Ends a connection that was made with {@link #connect}; messages not sent yet have {@code LINGER} to leave. What
     * has come from the peer and was not received is thrown away, and counted as {@code UNREAD}.
     *
     * @param endpoint the text that was given to {@link #connect}, or another way to write the same address; where
     *     several connects have it, the last one is ended
     * @throws io.lingmq.error.EndpointException if the socket is not connected to it
     */
    public void disconnect(String endpoint) {
        core.disconnect(endpoint);
    }

    /** The real endpoint of the last bind or connect; empty if there was none. */
    public String lastEndpoint() {
        return core.lastEndpoint();
    }

    /**
     * Sets an option. Live options take effect at once, all others on the binds and connects that follow.
     *
     * @throws io.lingmq.error.OptionException if the value is out of range or the option is not for this socket type
     */
    public <T> void set(Option<T> option, T value) {
        core.set(option, value);
    }

    /** An option's present value. */
    public <T> T get(Option<T> option) {
        return core.get(option);
    }

    /** What the socket has done so far, and how it stands now. */
    public Statistics statistics() {
        return core.statistics();
    }

    /**
     * The socket's peers as they stand now, each with what it told of itself, what has passed and what was dropped.
     * Accepted peers are there from their handshake until their connection is lost, connects from the beginning until
     * {@link #disconnect}; {@link Peer} says more. A peer that comes or goes meanwhile may be in the list or not.
     *
     * <p>The socket's other callers are held up for a few microseconds at a time, however many peers there are.
     *
     * @return an immutable list, in the order in which the peers came; empty if the socket is closed
     */
    public List<Peer> peers() {
        return core.peers();
    }

    /**
     * Waits until at least so many peers are there: connections whose handshake is complete, as {@link #statistics}
     * counts them. A peer may go again at the next moment. A publisher has {@code awaitSubscriptions} too.
     *
     * @param count how many; for 0 the call returns at once
     * @param timeout how long to wait at most; zero or less only looks
     * @return false if the time is over and fewer are there
     * @throws InterruptedException if the thread was interrupted while it had to wait
     * @throws IllegalArgumentException if the count is negative
     * @throws io.lingmq.error.ClosedException if the socket is closed, also while it waits
     */
    public boolean awaitPeers(int count, Duration timeout) throws InterruptedException {
        return core.attendance().awaitPeers(count, timeout);
    }

    /**
     * Calls the listener for each event of the socket's connections, one at a time, on the
     * {@linkplain Context.ContextBuilder#executor context's executor}, or a thread of its own if there is none. A
     * listener that cannot keep up loses events, is told how many, and never holds up messages. One that throws
     * anything hears the next event all the same; what it throws is logged.
     *
     * @return closing it ends the monitoring
     */
    public Monitor monitor(Consumer<? super SocketEvent> listener) {
        var given = core.async().givenExecutor();
        return new Monitor(core, core.monitor(listener, given != null ? given : Monitor.ownThread()));
    }

    /**
     * As {@link #monitor(Consumer)}, with the listener called on the given executor. While that refuses tasks, or
     * throws anything else, events are kept, as many as fit; the others are counted and told by
     * {@link SocketEvent.EventsLost} when it takes tasks again.
     */
    public Monitor monitor(Consumer<? super SocketEvent> listener, Executor executor) {
        return new Monitor(core, core.monitor(listener, executor));
    }

    /**
     * Closes the socket. Calls that wait in it end with {@link io.lingmq.error.ClosedException}; messages that are not
     * sent yet have {@code LINGER} to leave, in the background. Bound endpoints are free again when this returns.
     */
    @Override
    public void close() {
        core.close();
    }

    /**
     * As {@link #close()}, and waits until the messages that are not sent yet have left, or are lost since their
     * {@code LINGER} is over, or this time; a negative one is none, as 0. So it never gives messages more time than
     * {@code LINGER}: set that first for more.
     *
     * <p>A socket that is closing already, since {@link #close()} was called or its context is being closed, can be
     * waited for in the same way. Where several threads wait, or one does so again, all get the same report; the first
     * whose time is over takes theirs from the unsent messages. An interrupt does not shorten the wait; it is kept.
     *
     * @return what was lost, for each endpoint, also those that were disconnected or unbound before
     */
    public CloseReport close(Duration timeout) {
        return core.close(timeout);
    }

    /**
     * Whether the socket was closed, by {@link #close()} or with its context. Messages that it had taken may still be
     * on their way out then.
     */
    public boolean isClosed() {
        return core.isClosed();
    }

    /**
     * Which socket it is and how it stands, for logs: {@code PUSH#3 (open, bound to tcp://0.0.0.0:5559, 2 peers)}. The
     * number counts the context's sockets; the state is open, closing or closed; of many endpoints three are named.
     * Cheap, and waits for nothing that the socket's other callers do. The form may change.
     */
    @Override
    public String toString() {
        return core.toString();
    }
}
