package io.lingmq;

import io.lingmq.event.Peer;
import io.lingmq.event.ReplierStatistics;
import io.lingmq.option.ReplierSettings;
import io.lingmq.request.ReplierCore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Answers many requests at once: a handler, called on an executor of yours.
 *
 * <pre>{@code
 * try (var replier = context.replier(request -> Message.of("you said " + request.text()), executor)) {
 *     replier.bind("tcp://*:5559");
 *     ...
 * }
 * }</pre>
 *
 * <p>It answers a {@link Requester}, any REQ, and any DEALER that sends an empty frame before the body, be it through
 * brokers. The handler gets the body; the envelope, all frames up to the first empty one, goes back with the reply. The
 * replies come in the order in which they are ready.
 *
 * <p><b>Errors.</b> A request whose handler throws, or gives null, or which the executor refuses, is answered with an
 * {@link io.lingmq.message.ErrorReply ErrorReply}: a reply of two frames, which says no more than that it failed, for
 * strangers may read it. {@link ReplierSettings#withErrorReply} sets another. The failure is logged, once a minute at
 * most. A message without an empty frame is no request; it is dropped and counted.
 *
 * <p><b>Limits.</b> {@linkplain ReplierSettings#withMaxInHand So many} requests are with the executor and the handler
 * at most. Then nothing is received until one is answered: requests wait in the socket up to {@code RECEIVE_HWM}, then
 * with their senders. An executor that drops tasks silently lets them keep their places.
 *
 * <p>Threading: every method may be called from any thread. One daemon thread receives. A reply is sent from the thread
 * that has it, and waits for nobody: to a peer that is gone, or does not take its replies, it is dropped and counted.
 *
 * <p>Source: RFC 28/REQREP, as a ROUTER.
 */
public final class Replier implements AutoCloseable {
    private final ReplierCore core;
    private final ReplierSettings settings;

    Replier(ReplierCore core, ReplierSettings settings) {
        this.core = core;
        this.settings = settings;
    }

    /**
     * Opens an endpoint for requests, as {@link Socket#bind} does.
     *
     * @return the endpoint as peers would write it, with the real port or path
     * @throws io.lingmq.error.EndpointException if the endpoint is malformed, in use or refused
     * @throws io.lingmq.error.ClosedException if the replier is closed
     */
    public String bind(String endpoint) {
        return core.socket().bind(endpoint);
    }

    /**
     * Connects to those who ask, or to a broker's DEALER, as {@link Socket#connect} does.
     *
     * @throws io.lingmq.error.EndpointException if the endpoint is malformed or its transport unknown
     * @throws io.lingmq.error.ClosedException if the replier is closed
     */
    public String connect(String endpoint) {
        return core.socket().connect(endpoint);
    }

    /**
     * Closes an endpoint that was bound, and the connections made through it.
     *
     * @throws io.lingmq.error.EndpointException if the replier is not bound to it
     */
    public void unbind(String endpoint) {
        core.socket().unbind(endpoint);
    }

    /**
     * Ends a connection that was made with {@link #connect}.
     *
     * @throws io.lingmq.error.EndpointException if the replier is not connected to it
     */
    public void disconnect(String endpoint) {
        core.socket().disconnect(endpoint);
    }

    /** What the replier has done so far, and how it stands now. */
    public ReplierStatistics statistics() {
        return core.statistics();
    }

    /** Those who ask as they stand now, as {@link Socket#peers} tells of them; an immutable list. */
    public List<Peer> peers() {
        return core.peers();
    }

    /** As {@link #close(Duration)}, with the {@link ReplierSettings#withDrainTime drain time} of the settings. */
    @Override
    public void close() {
        var left = close(settings.drainTime());
        assert left >= 0 : "that many have no reply";
    }

    /**
     * Drains and closes: takes on no more requests, waits for those in hand to be answered, at most the given time, and
     * closes the socket. Replies that are not sent yet have {@code LINGER} to leave. An interrupt does not shorten the
     * wait; the thread is interrupted afterwards. Requests that were not received yet are dropped, and the handler's
     * own work is not stopped.
     *
     * <p>Not to be called by the handler: it would wait for itself. The executor stays open. The close of the context
     * drains nothing, so close its repliers first.
     *
     * @return how many requests in hand were left without a reply
     */
    public int close(Duration timeout) {
        Objects.requireNonNull(timeout, "the timeout is null");
        return core.close(timeout);
    }

    @Override
    public String toString() {
        return core.toString();
    }
}
