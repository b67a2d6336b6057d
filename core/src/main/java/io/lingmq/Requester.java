package io.lingmq;

import io.lingmq.error.TimedOutException;
import io.lingmq.event.Peer;
import io.lingmq.event.RequesterStatistics;
import io.lingmq.message.Message;
import io.lingmq.option.RequesterSettings;
import io.lingmq.request.RequesterCore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks many things at once, from any threads, and gives each caller the reply to its own request.
 *
 * <pre>{@code
 * try (var requester = context.requester()) {
 *     requester.connect("tcp://localhost:5559");
 *     var reply = requester.request("what time is it?");
 * }
 * }</pre>
 *
 * <p>It speaks to any REP, to a {@link Replier}, to any ROUTER whose program sends the envelope of a request back in
 * front of the reply, and to all of them through brokers. On the wire a request is an id of eight octets, an empty
 * frame, and the body.
 *
 * <p><b>Several servers.</b> Requests go in turn to the endpoints that are connected and have room. Those that let a
 * request run out of time in the last five seconds, and sent nothing since, are asked only if there is no other. A
 * request that no server can take waits, for as long as it has time; when that is over, or when it is given up, it is
 * never sent.
 *
 * <p><b>What is promised.</b> A request is done at most once, unless a {@link io.lingmq.option.RetryPolicy RetryPolicy}
 * is set: then it may be done several times. A caller hears of exactly one end: the reply, the end of the time, or the
 * end of the requester. A server that died may have done the work all the same.
 *
 * <p><b>Limits.</b> {@linkplain RequesterSettings#withMaxInFlight So many} requests may be without their reply. Then
 * {@code request} waits for its place, within its time, and the future of {@code requestAsync} fails at once with a
 * {@link io.lingmq.error.BusyException}.
 *
 * <p>What servers send is never an exception: late replies, the second ones after a retry among them, and messages that
 * are no replies are dropped and {@linkplain #statistics counted}.
 *
 * <p>Threading: every method may be called from any thread, virtual ones too. One daemon thread for each endpoint
 * receives, and one keeps the time.
 *
 * <p>Source: RFC 28/REQREP, as a DEALER.
 */
public final class Requester implements AutoCloseable {
    private final RequesterCore core;
    private final RequesterSettings settings;

    Requester(RequesterCore core, RequesterSettings settings) {
        this.core = core;
        this.settings = settings;
    }

    /**
     * Connects to a server, as {@link Socket#connect} does. Several connects share the requests.
     *
     * @throws io.lingmq.error.EndpointException if the endpoint is malformed or its transport unknown
     * @throws io.lingmq.error.ClosedException if the requester is closed
     */
    public String connect(String endpoint) {
        Objects.requireNonNull(endpoint, "the endpoint is null");
        return core.connect(endpoint);
    }

    /**
     * Ends a connection that was made with {@link #connect}. Requests that were sent there get no reply; where a retry
     * policy is set they are sent to another server in time.
     *
     * @throws io.lingmq.error.EndpointException if the requester is not connected to it
     */
    public void disconnect(String endpoint) {
        Objects.requireNonNull(endpoint, "the endpoint is null");
        core.disconnect(endpoint);
    }

    /**
     * Opens an endpoint that servers connect to, as {@link Socket#bind} does. All of these count as one server: they
     * take turns among each other.
     *
     * @throws io.lingmq.error.EndpointException if the endpoint is malformed, in use or refused
     * @throws io.lingmq.error.ClosedException if the requester is closed
     */
    public String bind(String endpoint) {
        Objects.requireNonNull(endpoint, "the endpoint is null");
        return core.bind(endpoint);
    }

    /**
     * Closes an endpoint that was bound, and the connections made through it.
     *
     * @throws io.lingmq.error.EndpointException if the requester is not bound to it
     */
    public void unbind(String endpoint) {
        Objects.requireNonNull(endpoint, "the endpoint is null");
        core.unbind(endpoint);
    }

    /**
     * Sends a request and waits for its reply.
     *
     * @throws InterruptedException if the thread is interrupted while it waits; the request is given up
     * @throws TimedOutException if no reply came within {@link RequesterSettings#withTimeout the requester's time-out}
     * @throws io.lingmq.error.ClosedException if the requester is closed, also while this call waits
     */
    public Message request(Message request) throws InterruptedException {
        Objects.requireNonNull(request, "the request is null");
        return core.request(request);
    }

    /**
     * Sends a request of one frame, the text in UTF-8; otherwise as {@link #request(Message)}.
     *
     * @throws InterruptedException if the thread is interrupted while it waits; the request is given up
     */
    public Message request(String request) throws InterruptedException {
        Objects.requireNonNull(request, "the request is null");
        return core.request(Message.of(request));
    }

    /**
     * Sends a request and waits for its reply, at most the given time for all: for a place, to be sent, and for the
     * attempts of a retry policy.
     *
     * @return null if the time passed; a reply that comes later is dropped
     * @throws InterruptedException if the thread is interrupted while it waits; the request is given up
     * @throws io.lingmq.error.ClosedException if the requester is closed, also while this call waits
     */
    public @Nullable Message request(Message request, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(request, "the request is null");
        Objects.requireNonNull(timeout, "the timeout is null");
        return core.request(request, timeout);
    }

    /**
     * As {@link #requestAsync(Message, Duration)}, with {@link RequesterSettings#withTimeout the requester's time-out}.
     */
    public CompletableFuture<Message> requestAsync(Message request) {
        Objects.requireNonNull(request, "the request is null");
        return core.requestAsync(request, settings.timeout());
    }

    /** As {@link #requestAsync(Message)}, with a request of one frame, the text in UTF-8. */
    public CompletableFuture<Message> requestAsync(String request) {
        Objects.requireNonNull(request, "the request is null");
        return core.requestAsync(Message.of(request), settings.timeout());
    }

    /**
     * Sends a request; the future completes with its reply. It fails with {@link TimedOutException} if none came in
     * time, with {@link io.lingmq.error.ClosedException} if the requester is closed, and with
     * {@link io.lingmq.error.BusyException} if too many requests are in flight; then it was not sent.
     *
     * <p>To end the future from outside, by {@code cancel}, {@code complete}, {@code orTimeout} and the like, gives the
     * request up: it is in flight no longer, if it was not sent it never will be, and its reply is counted as late. To
     * end a stage that depends on it does not; the request then ends with its time.
     *
     * <p>The future completes on a thread of the context that is there for this. Code that depends on it may take as
     * long as it likes, and may ask again.
     */
    public CompletableFuture<Message> requestAsync(Message request, Duration timeout) {
        Objects.requireNonNull(request, "the request is null");
        Objects.requireNonNull(timeout, "the timeout is null");
        return core.requestAsync(request, timeout);
    }

    /** What the requester has done so far, and how it stands now. */
    public RequesterStatistics statistics() {
        return core.statistics();
    }

    /** The servers as they stand now, as {@link Socket#peers} tells of them; an immutable list. */
    public List<Peer> peers() {
        return core.peers();
    }

    /**
     * Closes the requester, at once. Requests in flight end with {@link io.lingmq.error.ClosedException}; those that
     * were sent have {@code LINGER} to leave, and may be done. The close of the context does the same.
     */
    @Override
    public void close() {
        core.close();
    }

    @Override
    public String toString() {
        return core.toString();
    }
}
