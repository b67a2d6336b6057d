package io.lingmq;

import io.lingmq.event.CloseReport;
import io.lingmq.loop.LoopCore;
import io.lingmq.option.Option;
import io.lingmq.option.ReplierSettings;
import io.lingmq.option.RequesterSettings;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.request.ReplierCore;
import io.lingmq.request.RequesterCore;
import io.lingmq.request.Service;
import io.lingmq.security.Authenticator;
import io.lingmq.socket.ContextCore;
import io.lingmq.socket.SocketCore;
import io.lingmq.socket.SocketHost;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets and runs their I/O threads. Sockets of one context reach each other over {@code inproc://}.
 *
 * <p>Threading: every method may be called from any thread at any time. I/O threads are daemons and start with the
 * first endpoint that needs them.
 */
public final class Context implements AutoCloseable {
    /** A socket has the context's defaults and nothing else. */
    private static final Settings NONE = Settings.defaults();

    private final ContextCore core;
    private final Settings defaults;
    private final Duration closeTimeout;

    Context(ContextBuilder from) {
        core = new ContextCore(from.ioThreads, from.threadNamePrefix);
        if (from.executor != null) {
            core.executor(from.executor);
        }
        if (from.authenticator != null) {
            core.authenticator(from.authenticator);
        }
        defaults = from.settings;
        closeTimeout = from.closeTimeout;
    }

    /** A context with default settings. */
    public static Context open() {
        return builder().open();
    }

    /** For a context with other settings. */
    public static ContextBuilder builder() {
        return new ContextBuilder();
    }

    /** The context shared by the whole process, made when it is first asked for. Closing it has no effect. */
    public static Context shared() {
        return Shared.CONTEXT;
    }

    private static final class Shared {
        static final Context CONTEXT = open();
    }

    /** A socket that talks to exactly one peer. */
    public PairSocket pair() {
        return pair(NONE);
    }

    /** As {@link #pair()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public PairSocket pair(Settings settings) {
        return new PairSocket(make(SocketType.PAIR, settings));
    }

    /** A socket that asks and waits for the answer. */
    public ReqSocket req() {
        return req(NONE);
    }

    /** As {@link #req()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public ReqSocket req(Settings settings) {
        return new ReqSocket(make(SocketType.REQ, settings));
    }

    /** A socket that answers requests, one at a time. */
    public RepSocket rep() {
        return rep(NONE);
    }

    /** As {@link #rep()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public RepSocket rep(Settings settings) {
        return new RepSocket(make(SocketType.REP, settings));
    }

    /** A socket that sends to its peers in turn and receives from all. */
    public DealerSocket dealer() {
        return dealer(NONE);
    }

    /** As {@link #dealer()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public DealerSocket dealer(Settings settings) {
        return new DealerSocket(make(SocketType.DEALER, settings));
    }

    /** A socket that sends to the peer it names and receives from all with their names. */
    public RouterSocket router() {
        return router(NONE);
    }

    /** As {@link #router()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public RouterSocket router(Settings settings) {
        return new RouterSocket(make(SocketType.ROUTER, settings));
    }

    /** A socket that publishes to subscribers. */
    public PubSocket pub() {
        return pub(NONE);
    }

    /** As {@link #pub()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public PubSocket pub(Settings settings) {
        return new PubSocket(make(SocketType.PUB, settings));
    }

    /** A socket that subscribes to publishers. */
    public SubSocket sub() {
        return sub(NONE);
    }

    /** As {@link #sub()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public SubSocket sub(Settings settings) {
        return new SubSocket(make(SocketType.SUB, settings));
    }

    /** A publisher that sees the subscriptions. */
    public XPubSocket xpub() {
        return xpub(NONE);
    }

    /** As {@link #xpub()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public XPubSocket xpub(Settings settings) {
        return new XPubSocket(make(SocketType.XPUB, settings));
    }

    /** A subscriber that sends subscriptions as messages. */
    public XSubSocket xsub() {
        return xsub(NONE);
    }

    /** As {@link #xsub()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public XSubSocket xsub(Settings settings) {
        return new XSubSocket(make(SocketType.XSUB, settings));
    }

    /** A socket that hands out work. */
    public PushSocket push() {
        return push(NONE);
    }

    /** As {@link #push()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public PushSocket push(Settings settings) {
        return new PushSocket(make(SocketType.PUSH, settings));
    }

    /** A socket that collects work. */
    public PullSocket pull() {
        return pull(NONE);
    }

    /** As {@link #pull()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public PullSocket pull(Settings settings) {
        return new PullSocket(make(SocketType.PULL, settings));
    }

    /** A socket for octets to and from programs that speak no ZMTP. */
    public StreamSocket stream() {
        return stream(NONE);
    }

    /** As {@link #stream()}, with options of its own: see {@link #socket(SocketType, Settings)}. */
    public StreamSocket stream(Settings settings) {
        return new StreamSocket(make(SocketType.STREAM, settings));
    }

    /** A socket of a type that is known only at run time. */
    public AnySocket socket(SocketType type) {
        return socket(type, NONE);
    }

    /**
     * A socket of a type that is known only at run time, with options of its own: those that are set win over the
     * context's {@linkplain ContextBuilder#socketDefault defaults}. They are there from the beginning, so no bind,
     * connect or message comes before them.
     *
     * @throws io.lingmq.error.OptionException if an option has no meaning on the type; no socket is made then
     * @throws io.lingmq.error.ClosedException if the context is closed
     */
    public AnySocket socket(SocketType type, Settings settings) {
        Objects.requireNonNull(type, "the type is null");
        return new AnySocket(make(type, settings));
    }

    /**
     * A poller that waits for any of several sockets and channels; it ends with this context.
     *
     * @throws io.lingmq.error.ClosedException if the context is closed
     */
    public Poller poller() {
        return new Poller(core.poller());
    }

    /**
     * An event loop that calls handlers of sockets, channels and timers; it ends with this context.
     *
     * @throws io.lingmq.error.ClosedException if the context is closed
     */
    public Loop loop() {
        return new Loop(new LoopCore(core));
    }

    /** For many requests at once, from any threads, with the default settings. */
    public Requester requester() {
        return requester(RequesterSettings.defaults());
    }

    /**
     * For many requests at once, from any threads.
     *
     * @throws io.lingmq.error.ClosedException if the context is closed
     */
    public Requester requester(RequesterSettings settings) {
        Objects.requireNonNull(settings, "the settings are null");
        return new Requester(new RequesterCore(new SocketHost(core), defaults, settings), settings);
    }

    /**
     * Answers many requests at once: the handler is called on the executor, for instance
     * {@code Executors.newVirtualThreadPerTaskExecutor()} or a pool.
     */
    public Replier replier(RequestHandler handler, Executor executor) {
        return replier(handler, executor, ReplierSettings.defaults());
    }

    /**
     * As {@link #replier(RequestHandler, Executor)}, with settings.
     *
     * @throws io.lingmq.error.ClosedException if the context is closed
     */
    public Replier replier(RequestHandler handler, Executor executor, ReplierSettings settings) {
        Objects.requireNonNull(handler, "the handler is null");
        return serve(request -> CompletableFuture.completedStage(handler.handle(request)), executor, settings);
    }

    /** As {@link #replier(RequestHandler, Executor)}, for a handler whose replies come later. */
    public Replier asyncReplier(AsyncRequestHandler handler, Executor executor) {
        return asyncReplier(handler, executor, ReplierSettings.defaults());
    }

    /**
     * As {@link #asyncReplier(AsyncRequestHandler, Executor)}, with settings.
     *
     * @throws io.lingmq.error.ClosedException if the context is closed
     */
    public Replier asyncReplier(AsyncRequestHandler handler, Executor executor, ReplierSettings settings) {
        Objects.requireNonNull(handler, "the handler is null");
        return serve(handler::handle, executor, settings);
    }

    private Replier serve(Service service, Executor executor, ReplierSettings settings) {
        Objects.requireNonNull(executor, "the executor is null");
        Objects.requireNonNull(settings, "the settings are null");
        return new Replier(new ReplierCore(new SocketHost(core), defaults, settings, service, executor), settings);
    }

    private SocketCore make(SocketType type, Settings settings) {
        Objects.requireNonNull(settings, "the settings are null");
        return core.socket(type, defaults.with(settings.checkedFor(type)));
    }

    /**
     * Closes all sockets and this context. Calls that wait in a socket end within a second; unsent messages have their
     * {@code LINGER}, at most the context's close time-out, to leave. Then all threads, descriptors and files are gone.
     * Messages that could not leave are counted and logged as a warning.
     */
    @Override
    public void close() {
        close(closeTimeout);
    }

    /**
     * As {@link #close()}, with another limit on the time: a negative one is none, as 0. It never gives messages more
     * time than their {@code LINGER}. Where several threads close, or one does so again, each waits for the same end
     * and returns the same report; the first whose time is over takes theirs from all unsent messages. An interrupt
     * does not shorten the wait; it is kept.
     *
     * @return what was lost of all that had been accepted for sending, for each socket and endpoint that was closed in
     *     the life of the context; nothing for the {@linkplain #shared shared} context, which stays open
     */
    public CloseReport close(Duration timeout) {
        Objects.requireNonNull(timeout, "the timeout is null");
        return this == Shared.CONTEXT ? CloseReport.NOTHING_LOST : core.close(timeout);
    }

    /** Whether a thread has begun to close the context: it makes no more sockets. Never true of the shared one. */
    public boolean isClosed() {
        return core.isClosed();
    }

    /**
     * The beginning of its threads' names, and how it stands, for logs: {@code Context lingmq (open, 2 sockets, 1 I/O
     * thread)}. The form may change.
     */
    @Override
    public String toString() {
        return "Context " + core;
    }

    /** Settings for a new context. */
    public static final class ContextBuilder {
        private int ioThreads = 1;
        private String threadNamePrefix = "lingmq";
        private Duration closeTimeout = Duration.ofSeconds(30);
        private Settings settings = Settings.defaults();
        private @Nullable Authenticator authenticator;
        private @Nullable Executor executor;

        private ContextBuilder() {}

        /**
         * How many I/O threads share the connections, at least 1; the default is 1. Each connect has one of them, in
         * turn; the peers of a bound endpoint are spread over all.
         */
        public ContextBuilder ioThreads(int count) {
            if (count < 1 || count > 256) {
                throw new io.lingmq.error.OptionException("a context has 1 to 256 I/O threads, not " + count);
            }
            ioThreads = count;
            return this;
        }

        /** The beginning of the I/O threads' names. */
        public ContextBuilder threadNamePrefix(String prefix) {
            threadNamePrefix = Objects.requireNonNull(prefix, "the prefix is null");
            return this;
        }

        /** The longest time that {@link Context#close()} waits for unsent messages; the default is 30 s. */
        public ContextBuilder closeTimeout(Duration timeout) {
            closeTimeout = Objects.requireNonNull(timeout, "the timeout is null");
            return this;
        }

        /**
         * A value that every new socket starts with, unless it is made with another one. Sockets on whose type the
         * option has no meaning pass it over.
         *
         * @throws io.lingmq.error.OptionException if the value is out of range
         */
        public <T> ContextBuilder socketDefault(Option<T> option, T value) {
            settings = settings.with(option, value);
            return this;
        }

        /** As {@link #socketDefault}, for all that was set in the given settings. */
        public ContextBuilder socketDefaults(Settings values) {
            settings = settings.with(values);
            return this;
        }

        /**
         * Who decides which peers may connect to the context's sockets: see {@link Authenticator}. Without one a ZAP
         * handler is asked.
         */
        public ContextBuilder authenticator(Authenticator decides) {
            authenticator = Objects.requireNonNull(decides, "the authenticator is null");
            return this;
        }

        /**
         * Where the application's code runs that depends on sockets: futures complete there, subscribers and monitors'
         * listeners are called there. Without one they have threads of the context, up to 256, of which no code holds
         * up another socket's. {@code Executors.newVirtualThreadPerTaskExecutor()} is a good one on newer JDKs.
         *
         * <p>The executor is called on a thread of the context that does nothing else, so it may run tasks at once, as
         * {@code Runnable::run} does, or make its caller wait. Whatever it does, no message is lost:
         *
         * <ul>
         *   <li>A task that it refuses, by throwing anything, runs on a thread of the context instead; that is logged
         *       once. A monitor's events are kept instead, as many as fit. So it may be shut down before the context.
         *   <li>Tasks that it has not begun wait for it, in their order; what a stream has not asked for stays in the
         *       socket. With one thread, code that blocks holds up all others.
         *   <li>Where it drops a task and says nothing, it is asked again after a second, then less and less often.
         * </ul>
         *
         * <p>The context never shuts it down. Blocking calls, and the sending of what was given to
         * {@link Sender#sendAsync}, do not depend on it. One socket's stream or monitor can have another one:
         * {@link Receiver#publisher(Executor)}, {@link Socket#monitor(java.util.function.Consumer, Executor)}; a stage
         * of a future has {@code thenApplyAsync(f, executor)}.
         */
        public ContextBuilder executor(Executor callbacks) {
            executor = Objects.requireNonNull(callbacks, "the executor is null");
            return this;
        }

        /** Opens the context. */
        public Context open() {
            return new Context(this);
        }
    }
}
