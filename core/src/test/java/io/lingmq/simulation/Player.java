package io.lingmq.simulation;

import io.lingmq.event.DropReason;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.reactor.SteppedReactor;
import io.lingmq.security.Authenticator;
import io.lingmq.socket.ContextCore;
import io.lingmq.socket.SocketCore;
import io.lingmq.transport.Transports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** An application with one socket or two, on a host of its own. It uses only calls that do not wait. */
final class Player {
    /** Endpoints and threads get a second when nothing is waited for any more; and another one for what is polite. */
    private static final long SLACK_NS = 3_000_000_000L;

    private static final String SECOND_PORT = "2";

    final World world;
    final VirtualNetwork network;
    final String host;
    final SocketType type;
    private final Settings settings;
    private final Bounds bounds = new Bounds(this);
    private final List<String> binds = new ArrayList<>();
    private final List<String> connects = new ArrayList<>();
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private Runnable play = () -> {};
    private Runnable opened = () -> {};
    private Runnable closing = () -> {};
    private VirtualRuntime runtime;
    private ContextCore context;
    private SocketCore socket;
    private SocketType secondType;
    private Settings secondSettings;
    private SocketCore second;
    private Authenticator authenticator;
    private boolean isOpen;
    private long awayUntilNs;
    private long stoodStillUntilNs;
    private long pauseNs = 20_000_000;
    private int lives;

    Player(World world, VirtualNetwork network, String host, SocketType type, Settings settings) {
        this.world = world;
        this.network = network;
        this.host = host;
        this.type = type;
        this.settings = settings;
    }

    Player bindsTo(String port) {
        binds.add(host + ":" + port);
        return this;
    }

    Player connectsTo(String address) {
        connects.add(address);
        return this;
    }

    /** It has a second socket, which is bound to another port. */
    Player alsoHas(SocketType other, Settings with) {
        secondType = other;
        secondSettings = with;
        return this;
    }

    /** Who decides on the peers of its sockets. */
    Player asks(Authenticator whom) {
        authenticator = whom;
        return this;
    }

    /** What it does in each of its turns. */
    Player plays(Runnable what) {
        play = what;
        return this;
    }

    /** What is done with each new socket. */
    Player whenOpened(Runnable what) {
        opened = what;
        return this;
    }

    /** What is done before each close: what has arrived would be lost with the socket, and nobody counts it. */
    Player whenClosing(Runnable what) {
        closing = what;
        return this;
    }

    String address() {
        return binds.get(0);
    }

    String secondAddress() {
        return host + ":" + SECOND_PORT;
    }

    SocketCore socket() {
        return socket;
    }

    SocketCore second() {
        return second;
    }

    private List<SocketCore> sockets() {
        return secondType == null ? List.of(socket) : List.of(socket, second);
    }

    /** How many messages wait to be sent. */
    long unsent() {
        return sockets().stream().mapToLong(one -> one.statistics().unsent()).sum();
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Which of its sockets it is: each restart makes a new one. */
    int lives() {
        return lives;
    }

    void open() {
        world.tell(() -> this + " opens");
        lives++;
        network.opens(host);
        runtime = new VirtualRuntime(world);
        var transports = new Transports(List.of(new VirtualTransport(network, host)));
        context = new ContextCore(runtime, transports, world.chance(0.3) ? 2 : 1, host);
        if (authenticator != null) {
            context.authenticator(authenticator);
        }
        socket = context.socket(type, settings);
        isOpen = true;
        opened.run();
        binds.forEach(address -> socket.bind(VirtualTransport.SCHEME + "://" + address));
        connects.forEach(address -> socket.connect(VirtualTransport.SCHEME + "://" + address));
        if (secondType != null) {
            second = context.socket(secondType, secondSettings);
            second.bind(VirtualTransport.SCHEME + "://" + secondAddress());
        }
    }

    void start() {
        open();
        again();
    }

    private void again() {
        world.in(world.between(1_000, 2 * pauseNs), () -> {
            if (isOpen && world.nowNs() >= awayUntilNs) {
                sockets().forEach(bounds::check);
                play.run();
            }
            again();
        });
    }

    /** The time between two turns, on average. */
    void pauseNs(long ns) {
        pauseNs = ns;
    }

    /** The application does not use its socket for a while. */
    void goesAway(long forNs) {
        awayUntilNs = world.nowNs() + forNs;
    }

    /** The whole process stands still for a while. */
    void standsStill(long forNs) {
        if (!isOpen) {
            return; // it is closing, for which it has only so much time
        }
        goesAway(forNs);
        stoodStillUntilNs = awayUntilNs;
        runtime.reactors().forEach(reactor -> world.pause(reactor, world.nowNs() + forNs));
    }

    void restart(long downNs) {
        if (isOpen && world.nowNs() >= stoodStillUntilNs) {
            close();
            world.in(downNs, () -> {
                if (!isOpen) {
                    open();
                }
            });
        }
    }

    void close() {
        closing.run();
        isOpen = false;
        world.tell(() -> this + " closes, " + socket.statistics());
        runtime.reactors().forEach(bounds::check);
        network.closes(host);
        var lingerNs =
                Math.max(settings.nanos(Options.LINGER), secondType == null ? 0 : secondSettings.nanos(Options.LINGER));
        var limitNs = Math.min(lingerNs, Duration.ofSeconds(5).toNanos());
        var beginNs = world.nowNs();
        var othersThen = world.closes();
        context.close(Duration.ofNanos(limitNs));
        var tookNs = world.nowNs() - beginNs;
        if (tookNs > limitNs + SLACK_NS) {
            world.violated(this + " took " + tookNs / 1e9 + " s to close with a linger of " + limitNs / 1e9 + " s");
        }
        awaitThreads(runtime.reactors(), world.closes() != othersThen);
        world.hasClosed();
        world.tell(() -> this + " is closed, " + socket.statistics());
        sockets()
                .forEach(one ->
                        one.statistics().dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum)));
    }

    /**
     * Whoever begins to close while this one does ends first, since one thread does all: that may take the time which
     * this one has for its threads. They must end all the same.
     */
    private void awaitThreads(List<SteppedReactor> reactors, boolean wasHeldUp) {
        if (wasHeldUp) {
            world.in(SLACK_NS, () -> awaitThreads(reactors, false));
            return;
        }
        reactors.stream()
                .filter(reactor -> !reactor.isOver())
                .forEach(reactor -> world.violated(reactor + " has not ended with its context"));
    }

    /** How many messages it has counted as lost so far, in all its lives. */
    long dropped(DropReason... reasons) {
        var sum = 0L;
        for (var reason : reasons) {
            sum += dropped.getOrDefault(reason, 0L);
            for (var one : isOpen ? sockets() : List.<SocketCore>of()) {
                sum += one.statistics().dropped().getOrDefault(reason, 0L);
            }
        }
        return sum;
    }

    @Override
    public String toString() {
        return type + " at " + host;
    }
}
