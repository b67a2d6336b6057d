package io.lingmq.socket;

import io.lingmq.error.NotSupportedException;
import io.lingmq.error.TimedOutException;
import io.lingmq.event.CloseReport;
import io.lingmq.event.Peer;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.Statistics;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Option;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pattern.Pattern;
import io.lingmq.pattern.Patterns;
import io.lingmq.pattern.Subscribing;
import io.lingmq.pipe.WirePipe;
import io.lingmq.routing.Drops;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The socket behind every public socket: its lock, its pattern, and the calls that may have to wait.
 *
 * <p>Each call takes the lock for as long as its pattern needs, which is never long, and parks without it. A message
 * that is sent or received in the usual course meets one uncontended lock and no other thread.
 *
 * <p>Threading: every method from any thread.
 */
public final class SocketCore {
    /** A sender that is ahead of a connection stays in its gate for so long; others may be waiting for that. */
    private static final long LONGEST_PACE_NS = 100_000;

    private final SocketType type;
    private final long number;
    private final SocketLock lock = new SocketLock();
    private final Drops drops = new Drops();
    private final Pattern pattern;
    private final SocketPipes pipes;
    private final Exchange exchange;
    private final CallbackThreads threads;
    private final AsyncForms async;
    private final AdaptiveSpin pacing = new AdaptiveSpin();
    private final Waiting sendWaiting;
    private final Waiting receiveWaiting;
    private final Attempt<Frames> sending = this::trySend;
    private final Attempt<Inbox> receiving = this::tryReceive;
    private final Attempt<Inbox> looking = this::look;
    private final Attempt<MessageBuffer> filling = this::tryReceive;
    private final Attempt<MessageBuffer> lookingToFill = this::look;
    private final Endpoints endpoints;
    private final SocketClosing closing;
    private volatile Settings settings;
    private long sentAtLastWait; // no matter if two threads confuse it

    /** Where a call that waits finds its message. */
    private static final class Inbox {
        private @Nullable Message message;
    }

    SocketCore(ContextCore context, SocketType type, Settings settings, Callbacks callbacks) {
        this.type = type;
        number = context.nextNumber();
        this.settings = settings;
        pattern = Patterns.of(type, drops, context.runtime().secureRandom());
        pattern.settings(settings);
        pipes = new SocketPipes(type, lock, pattern, drops, new ConfiguredSecurity(context.admissions()::ask));
        exchange = new Exchange(type, lock, pattern, pipes, drops, context::isClosed);
        sendWaiting = new Waiting(pipes.senders(), new AdaptiveSpin(), () -> {});
        receiveWaiting = new Waiting(pipes.receivers(), new AdaptiveSpin(pipes::readInline), pipes::stopReadingInline);
        threads = callbacks.threads();
        async = new AsyncForms(this, pattern, drops, callbacks);
        endpoints = new Endpoints(context, this);
        closing = new SocketClosing(this, exchange, endpoints, context.runtime());
    }

    // ---- sending

    /** Sends a message if the pattern can take it now. */
    public boolean trySend(Frames message) {
        Objects.requireNonNull(message, "the message is null");
        return exchange.trySend(message).isTaken();
    }

    /** Sends from the front of a batch what can be sent now; see {@link Exchange#trySend(Batch)}. */
    void trySend(Batch batch) {
        exchange.trySend(batch);
    }

    /** Sends a message, waiting as long as {@code SEND_TIMEOUT} allows. */
    public void send(Frames message) throws InterruptedException {
        Objects.requireNonNull(message, "the message is null");
        if (!trySend(message) && !awaitSend(message, settings.nanos(Options.SEND_TIMEOUT))) {
            sendNowOrSayWhy(message);
        }
        var backlogged = pipes.takeBacklogged();
        if (backlogged != null) {
            pace(backlogged, settings.nanos(Options.SEND_TIMEOUT));
        }
    }

    /** Sends a message, waiting at most the given time. */
    public boolean send(Frames message, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(message, "the message is null");
        Objects.requireNonNull(timeout, "the timeout is null");
        if (!trySend(message) && !awaitSend(message, Settings.nanos(timeout))) {
            return false;
        }
        var backlogged = pipes.takeBacklogged();
        if (backlogged != null) {
            pace(backlogged, Settings.nanos(timeout));
        }
        return true;
    }

    /**
     * A sender whose pipe is backlogged, and which would have waited for room, lets the connection catch up: but only
     * for a moment, however long the socket may look for other things, since the message is sent.
     */
    private void pace(WirePipe backlogged, long timeoutNs) {
        pacing.pays(Math.min(Math.min(settings.spinNs(), timeoutNs), LONGEST_PACE_NS), backlogged::writeAll);
    }

    private boolean awaitSend(Frames message, long timeoutNs) throws InterruptedException {
        return sendWaiting.until(sending, sending, message, timeoutNs, settings.spinNs(), false);
    }

    /** The time is over: one more try, for the reason. It may even succeed. */
    private void sendNowOrSayWhy(Frames message) {
        var result = exchange.trySend(message);
        if (!result.isTaken()) {
            throw new TimedOutException("the message could not be sent within SEND_TIMEOUT, "
                    + Options.SEND_TIMEOUT.format(settings.get(Options.SEND_TIMEOUT)) + ": " + result.text());
        }
    }

    // ---- receiving

    /** The next message if there is one now. */
    public @Nullable Message tryReceive() {
        return exchange.tryReceive();
    }

    private boolean tryReceive(Inbox inbox) {
        inbox.message = tryReceive();
        return inbox.message != null;
    }

    private boolean look(Inbox inbox) {
        inbox.message = exchange.look();
        return inbox.message != null;
    }

    private boolean look(MessageBuffer into) {
        return exchange.look(into);
    }

    /** Receives the next message into a buffer if there is one now; else the buffer is empty. */
    public boolean tryReceive(MessageBuffer into) {
        Objects.requireNonNull(into, "the buffer is null");
        return exchange.tryReceive(into);
    }

    /** Receives the messages there are now into a batch, until that is full. */
    void tryReceive(Batch into) {
        exchange.tryReceive(into);
    }

    /** Receives a message, waiting as long as {@code RECEIVE_TIMEOUT} allows. */
    public Message receive() throws InterruptedException {
        var message = exchange.look();
        if (message == null) {
            message = awaitReceive(settings.nanos(Options.RECEIVE_TIMEOUT));
        }
        if (message == null) {
            throw nothingCame();
        }
        return message;
    }

    /** Receives a message into a buffer, waiting as long as {@code RECEIVE_TIMEOUT} allows. */
    public void receive(MessageBuffer into) throws InterruptedException {
        Objects.requireNonNull(into, "the buffer is null");
        if (!look(into) && !awaitReceive(into, settings.nanos(Options.RECEIVE_TIMEOUT))) {
            throw nothingCame();
        }
    }

    private TimedOutException nothingCame() {
        return new TimedOutException("no message came within RECEIVE_TIMEOUT, "
                + Options.RECEIVE_TIMEOUT.format(settings.get(Options.RECEIVE_TIMEOUT)));
    }

    /** Receives a message, waiting at most the given time; null if there was none. */
    public @Nullable Message receive(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "the timeout is null");
        var message = exchange.look();
        return message != null ? message : awaitReceive(Settings.nanos(timeout));
    }

    /** Receives a message into a buffer, waiting at most the given time; false if there was none. */
    public boolean receive(MessageBuffer into, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(into, "the buffer is null");
        Objects.requireNonNull(timeout, "the timeout is null");
        return look(into) || awaitReceive(into, Settings.nanos(timeout));
    }

    private @Nullable Message awaitReceive(long timeoutNs) throws InterruptedException {
        var inbox = new Inbox();
        awaitReceive(looking, receiving, inbox, timeoutNs);
        return inbox.message;
    }

    private boolean awaitReceive(MessageBuffer into, long timeoutNs) throws InterruptedException {
        return awaitReceive(lookingToFill, filling, into, timeoutNs);
    }

    /** A thread that has sent since its last wait most likely waits for an answer: all of it must leave first. */
    private <A> boolean awaitReceive(Attempt<A> look, Attempt<A> attempt, A subject, long timeoutNs)
            throws InterruptedException {
        var awaitsAnswer = hasSentSinceTheLastWait();
        if (awaitsAnswer) {
            pipes.flush();
        }
        return receiveWaiting.until(look, attempt, subject, timeoutNs, settings.spinNs(), awaitsAnswer);
    }

    private boolean hasSentSinceTheLastWait() {
        var now = exchange.sent();
        var changed = now != sentAtLastWait;
        sentAtLastWait = now;
        return changed;
    }

    /** Puts back what is left of a batch that came from here: it is received next. */
    void handBack(Batch batch) {
        exchange.handBack(batch);
    }

    /** Whether the socket sends and receives in turn. */
    public boolean alternates() {
        return pattern.alternates();
    }

    // ---- asynchronous forms

    /** The calls that do not wait: futures, and a stream. */
    public AsyncForms async() {
        return async;
    }

    /** As {@link AsyncForms#receive()}. */
    public CompletableFuture<Message> receiveAsync() {
        return async.receive();
    }

    /** As {@link AsyncForms#send(Message)}. */
    public CompletableFuture<Void> sendAsync(Message message) {
        return async.send(message);
    }

    // ---- readiness

    /** Whether {@link #tryReceive} would find a message. */
    public boolean canReceive() {
        return exchange.canReceive();
    }

    /** Whether {@link #trySend} would succeed. */
    public boolean canSend() {
        return exchange.canSend();
    }

    /** Whether a request was sent and its reply has not been received. */
    public boolean awaitsReply() {
        return exchange.awaitsReply();
    }

    // ---- subscriptions

    /** Adds a subscription. */
    public void subscribe(byte[] topic) {
        Objects.requireNonNull(topic, "the topic is null");
        withSubscribing(subscribing -> subscribing.subscribe(topic));
    }

    /** Takes a subscription back. */
    public void unsubscribe(byte[] topic) {
        Objects.requireNonNull(topic, "the topic is null");
        withSubscribing(subscribing -> subscribing.unsubscribe(topic));
    }

    private void withSubscribing(Consumer<Subscribing> action) {
        if (!(pattern instanceof Subscribing subscribing)) {
            throw new NotSupportedException("a " + type + " socket has no subscriptions; use SUB or XSUB");
        }
        lock.lock();
        try {
            exchange.ensureOpen();
            pipes.workOffBells();
            action.accept(subscribing);
        } finally {
            lock.unlock();
        }
        pipes.signalSenders(); // who subscribes on behalf of peers changes who must have room, and who has subscribed
    }

    // ---- options

    /** Sets an option. */
    public <T> void set(Option<T> option, T value) {
        Objects.requireNonNull(option, "the option is null");
        Objects.requireNonNull(value, () -> "the value of " + option + " is null");
        option.ensureAppliesTo(type);
        lock.lock();
        try {
            exchange.ensureOpen();
            pipes.workOffBells(); // it is for all that have come so far
            settings = settings.with(option, value);
            if (option.isLive()) {
                pattern.settings(settings);
                pipes.changeMarks(settings);
            }
        } finally {
            lock.unlock();
        }
        pipes.signal();
    }

    /** An option's value. */
    public <T> T get(Option<T> option) {
        Objects.requireNonNull(option, "the option is null");
        return settings.get(option);
    }

    Settings settings() {
        return settings;
    }

    // ---- endpoints

    /** Opens an endpoint; returns its real form. */
    public String bind(String endpoint) {
        Objects.requireNonNull(endpoint, "the endpoint is null");
        exchange.ensureOpen();
        return endpoints.bind(endpoint);
    }

    /** Connects to an endpoint. */
    public String connect(String endpoint) {
        Objects.requireNonNull(endpoint, "the endpoint is null");
        exchange.ensureOpen();
        return endpoints.connect(endpoint);
    }

    /** Closes a bound endpoint. */
    public void unbind(String endpoint) {
        Objects.requireNonNull(endpoint, "the endpoint is null");
        exchange.ensureOpen();
        endpoints.unbind(endpoint);
    }

    /** Ends a connect. */
    public void disconnect(String endpoint) {
        Objects.requireNonNull(endpoint, "the endpoint is null");
        exchange.ensureOpen();
        endpoints.disconnect(endpoint);
    }

    /** The real form of the last endpoint. */
    public String lastEndpoint() {
        return endpoints.last();
    }

    // ---- events and statistics

    /** Lets a listener hear the socket's events. */
    public EventFeed monitor(Consumer<? super SocketEvent> listener, Executor executor) {
        Objects.requireNonNull(listener, "the listener is null");
        Objects.requireNonNull(executor, "the executor is null");
        exchange.ensureOpen();
        return pipes.feeds().add(listener, executor, threads);
    }

    /** What the socket has done so far. */
    public Statistics statistics() {
        lock.lock();
        try {
            pipes.workOffBells();
            return new Statistics(
                    exchange.sent(),
                    exchange.received(),
                    drops.asMap(),
                    pipes.peerCount(),
                    pattern.topicCount(),
                    pipes.unsent());
        } finally {
            lock.unlock();
        }
    }

    /** Its peers as they stand now; none if it is closed. */
    public List<Peer> peers() {
        return PeerList.of(lock, pipes, exchange);
    }

    /** Waits for its peers. */
    public Attendance attendance() {
        return new Attendance(type, exchange, pipes);
    }

    // ---- closing

    /** Whether it was told to close. */
    public boolean isClosed() {
        return exchange.isClosed();
    }

    /** Throws if the socket is closed. */
    void ensureOpen() {
        exchange.ensureOpen();
    }

    /** The socket's pipes, and those who wait for them. */
    SocketPipes pipes() {
        return pipes;
    }

    /** Which of its context's sockets it is. */
    long number() {
        return number;
    }

    /** Its type and number, as logs and reports have it. */
    String name() {
        return type + "#" + number;
    }

    /** The socket's type. */
    public SocketType type() {
        return type;
    }

    /** Closes the socket; unsent messages have {@code LINGER} to leave. Its addresses are free when this returns. */
    public void close() {
        closing.close();
    }

    /** As {@link #close}, waiting at most the given time for messages to leave; returns what was lost. */
    public CloseReport close(Duration timeout) {
        Objects.requireNonNull(timeout, "the timeout is null");
        return closing.close(Settings.nanos(timeout));
    }

    /** How it comes to its end. */
    SocketClosing closing() {
        return closing;
    }

    /** Which one it is and how it stands; for logs, so it does not wait for the lock. */
    @Override
    public String toString() {
        return SocketText.of(name(), closing, endpoints, pipes.peerCount());
    }
}
