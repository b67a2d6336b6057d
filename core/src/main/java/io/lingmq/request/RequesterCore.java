package io.lingmq.request;

import io.lingmq.error.BusyException;
import io.lingmq.error.ClosedException;
import io.lingmq.error.TimedOutException;
import io.lingmq.event.Peer;
import io.lingmq.event.RequesterStatistics;
import io.lingmq.message.Message;
import io.lingmq.option.RequesterSettings;
import io.lingmq.option.RetryPolicy.Target;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.socket.SocketHost;
import io.lingmq.time.NanoTime;
import io.lingmq.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks many things at once. A request is a {@link Call} in the table of open calls, under an id that its reply brings
 * back.
 *
 * <pre>
 *   asking thread            a server's reader            the caretaker
 *   -------------            -----------------            -------------
 *   take a place
 *   enter the table
 *   send, or let it wait ────────────────────────────►    send what waited
 *   wait                     reply: take it out, ◄──      send again after a time
 *                            complete, free the place     take out what is over, fail it
 * </pre>
 *
 * <p>Whoever takes a call out of the table ends it, and nobody else does. A call that has ended and was never sent is
 * not sent later.
 *
 * <p>Threading: any thread.
 */
public final class RequesterCore {
    private final RequesterSettings settings;
    private final Executor callbacks;
    private final Ticker ticker;
    private final RequestIds ids;
    private final OpenCalls calls;
    private final RequestCounters counters = new RequestCounters();
    private final Caretaker caretaker;
    private final Servers servers;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean mayBeClosed;

    /** A requester without an endpoint. */
    public RequesterCore(SocketHost host, Settings defaults, RequesterSettings settings) {
        this.settings = settings;
        callbacks = host.callbacks();
        ticker = host.ticker();
        ids = new RequestIds(host.random().nextLong());
        calls = new OpenCalls(settings.maxInFlight());
        caretaker = new Caretaker(ticker, this::lookAfterCalls, closed::get);
        var socketSettings = settings.socket(defaults);
        servers = new Servers(name -> new Server(
                host.socket(SocketType.DEALER, socketSettings, this::signalled), name, ticker, this::received));
        startOrClose();
    }

    private void startOrClose() {
        var started = false;
        try {
            caretaker.start();
            started = true;
        } finally {
            if (!started) {
                servers.close();
            }
        }
    }

    // ---- asking

    /** Asks and waits for the reply, for as long as the settings say. */
    public Message request(Message request) throws InterruptedException {
        var reply = request(request, settings.timeout());
        if (reply == null) {
            throw new TimedOutException("no reply came within the requester's time-out, " + settings.timeout()
                    + "; there may be no server, or it is slow: statistics() and peers() tell more");
        }
        return reply;
    }

    /** Asks and waits for the reply, at most the given time; null if it is over. */
    public @Nullable Message request(Message request, Duration timeout) throws InterruptedException {
        var beginNs = ticker.nowNs();
        var timeoutNs = Settings.nanos(timeout);
        ensureOpen();
        if (!calls.places().tryAcquire(timeoutNs, TimeUnit.NANOSECONDS)) {
            return null;
        }
        return await(begin(request, beginNs, timeoutNs, Runnable::run));
    }

    private @Nullable Message await(Call call) throws InterruptedException {
        try {
            return call.future().get();
        } catch (InterruptedException e) {
            giveUp(call);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimedOutException) {
                return null;
            }
            throw isClosed();
        }
    }

    private void giveUp(Call call) {
        if (calls.take(call)) {
            counters.cancelled.increment();
        }
    }

    /** Asks; the future has the reply, or fails. */
    public CompletableFuture<Message> requestAsync(Message request, Duration timeout) {
        var beginNs = ticker.nowNs();
        if (closed.get()) {
            return CompletableFuture.failedFuture(isClosed());
        }
        if (!calls.places().tryAcquire()) {
            counters.refused.increment();
            return CompletableFuture.failedFuture(new BusyException(settings.maxInFlight()
                    + " requests are in flight, as many as this requester may have; wait for some, or set a higher"
                    + " RequesterSettings.withMaxInFlight"));
        }
        try {
            var call = begin(request, beginNs, Settings.nanos(timeout), callbacks);
            var unused = call.future().whenComplete((reply, failure) -> giveUp(call)); // who ended it from outside
            return call.future();
        } catch (ClosedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Begins a request that has a place, which is free again if this throws. */
    private Call begin(Message request, long beginNs, long timeoutNs, Executor completesOn) {
        var id = ids.next();
        Call call = null;
        var begun = false;
        try {
            call = new Call(id, Envelope.request(id, request), beginNs, timeoutNs, completesOn);
            calls.add(call);
            counters.taken.increment();
            sendFirst(call);
            begun = true;
        } finally {
            if (!begun) {
                undo(call);
            }
        }
        if (closed.get() && calls.take(call)) { // perhaps just now, by one who did not see this call
            counters.closed.increment();
            throw isClosed();
        }
        return call;
    }

    private void undo(@Nullable Call call) {
        if (call == null) {
            calls.places().release();
        } else {
            giveUp(call);
        }
    }

    private void sendFirst(Call call) {
        if (!calls.anyWaits() && attempt(call, call.beginNs())) {
            caretaker.callAt(call.dueNs());
        } else {
            calls.letWait(call);
            caretaker.call();
        }
    }

    /** Sends a call once more, if somebody takes it now. */
    private boolean attempt(Call call, long nowNs) {
        var server = send(call);
        if (server == null) {
            return false;
        }
        var attempt = call.attempts() + 1;
        counters.sent.increment();
        counters.retried.add(attempt > 1 ? 1 : 0);
        var policy = settings.retry();
        var patienceNs = attempt > policy.retries() ? Long.MAX_VALUE : policy.patienceNs(attempt);
        call.sentTo(server, attempt, NanoTime.after(nowNs, patienceNs));
        return true;
    }

    private @Nullable Server send(Call call) {
        var before = call.server();
        if (before != null && settings.retry().target() == Target.SAME_SERVER && servers.contains(before)) {
            return before.trySend(call.request()) ? before : null;
        }
        return servers.send(call.request(), before);
    }

    // ---- replies

    private void received(Message message, Server from) {
        if (!Envelope.isReply(message)) {
            counters.unknown.increment();
            return;
        }
        var id = Envelope.id(message);
        if (!ids.wasGiven(id)) {
            counters.unknown.increment();
            return;
        }
        from.trust();
        var call = calls.take(id);
        if (call == null) {
            counters.late.increment();
        } else {
            counters.answered.increment();
            call.answer(Envelope.body(message));
        }
    }

    // ---- in the caretaker's thread

    /** Perhaps under a socket's lock. */
    private void signalled(boolean socketIsClosed) {
        mayBeClosed |= socketIsClosed;
        if (socketIsClosed || calls.anyWaits()) {
            caretaker.call();
        }
    }

    private long lookAfterCalls(long nowNs) {
        if (mayBeClosed && servers.areClosed()) {
            close();
        }
        sendWaiting(nowNs);
        var never = NanoTime.after(nowNs, Long.MAX_VALUE);
        var nextNs = never;
        for (var call : calls.all()) {
            if (call.isOver(nowNs)) {
                timeOut(call, nowNs);
            } else {
                nextNs = NanoTime.earlier(nextNs, dueAfterLook(call, nowNs));
            }
        }
        return nextNs;
    }

    private void sendWaiting(long nowNs) {
        for (var call : calls.waiting()) {
            if (attempt(call, nowNs)) {
                calls.waitsNoMore(call);
            } else if (call.server() == null || settings.retry().target() != Target.SAME_SERVER) {
                return; // nobody takes anything
            }
        }
    }

    private long dueAfterLook(Call call, long nowNs) {
        var asked = call.server();
        if (asked != null && !NanoTime.isBefore(nowNs, call.dueNs())) {
            asked.suspect(nowNs);
            if (!attempt(call, nowNs)) {
                call.waitsToBeSent();
                calls.letWait(call);
            }
        }
        return call.dueNs();
    }

    private void timeOut(Call call, long nowNs) {
        if (!calls.take(call)) {
            return;
        }
        counters.timedOut.increment();
        var asked = call.server();
        if (asked != null) {
            asked.suspect(nowNs);
        }
        call.fail(new TimedOutException(
                asked == null ? nobodyTookIt() : "no reply came in time from " + asked + attemptsOf(call)));
    }

    private String nobodyTookIt() {
        return servers.count() == 0
                ? "the request could not be sent in time: the requester has no endpoint; connect or bind it"
                : "the request could not be sent in time: no server is connected that has room for it";
    }

    private static String attemptsOf(Call call) {
        return call.attempts() == 1 ? "" : ", the last one of " + call.attempts() + " attempts";
    }

    // ---- endpoints

    /** Opens an endpoint that servers connect to. */
    public String bind(String endpoint) {
        ensureOpen();
        return servers.bind(endpoint);
    }

    /** Closes such an endpoint. */
    public void unbind(String endpoint) {
        ensureOpen();
        servers.unbind(endpoint);
    }

    /** Connects to a server. */
    public String connect(String endpoint) {
        ensureOpen();
        var real = servers.connect(endpoint);
        if (closed.get()) { // perhaps just now, by one who did not see it
            servers.close();
        }
        return real;
    }

    /** Leaves a server. */
    public void disconnect(String endpoint) {
        ensureOpen();
        servers.disconnect(endpoint);
    }

    /** The servers as they stand now. */
    public List<Peer> peers() {
        return servers.peers();
    }

    /** What was done so far. */
    public RequesterStatistics statistics() {
        return counters.statistics(calls.count());
    }

    // ---- the end

    private void ensureOpen() {
        if (closed.get()) {
            throw isClosed();
        }
    }

    private static ClosedException isClosed() {
        return new ClosedException("the requester is closed, or was closed while the request waited");
    }

    /** Ends all open calls, and the sockets. */
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        for (var call : calls.all()) {
            if (calls.take(call)) {
                counters.closed.increment();
                call.fail(isClosed());
            }
        }
        servers.close();
        caretaker.call();
    }

    @Override
    public String toString() {
        return "requester"
                + (closed.get()
                        ? " (closed)"
                        : ", " + servers.count() + " endpoints, " + calls.count() + " requests in flight");
    }
}
