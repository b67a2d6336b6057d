package io.lingmq.socket;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.event.SocketEvent;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.InprocPipe;
import io.lingmq.session.EndpointSession;
import io.lingmq.transport.inproc.InprocDirectory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A socket's connect to a name of its own process: waits until the name is bound, and again when its binder is gone.
 * Messages can be sent from the beginning.
 *
 * <p>Differs from libzmq, where a connector stays alone when its binder is gone.
 *
 * <p>Threading: any thread. Its own lock is taken before a socket's, never under one.
 */
final class InprocConnect implements EndpointSession {
    private final InprocDirectory<InprocBind, InprocConnect> directory;
    private final SocketCore socket;
    private final String name;
    private final Settings settings;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private @Nullable InprocPipe near;
    private @Nullable InprocBind binder;
    private LateOwner farOwner = new LateOwner();

    InprocConnect(
            InprocDirectory<InprocBind, InprocConnect> directory, SocketCore socket, String name, Settings settings) {
        this.directory = directory;
        this.socket = socket;
        this.name = name;
        this.settings = settings;
    }

    @Override
    public String endpoint() {
        return "inproc://" + name;
    }

    /** Makes the pipe and looks for the binder. */
    synchronized void start() {
        if (done.isDone()) {
            return;
        }
        farOwner = new LateOwner();
        var conflates = settings.get(Options.CONFLATE) && Options.CONFLATE.appliesTo(socket.type());
        var here = new InprocPipe.Side(
                socket.pipes(), settings.get(Options.SEND_HWM), settings.get(Options.RECEIVE_HWM), conflates);
        var there = new InprocPipe.Side(farOwner, 0, InprocPipe.UNKNOWN, false);
        var pipe = InprocPipe.pair(here, there);
        near = pipe;
        pipe.onRefused(this::refused);
        pipe.peer().onRefused(this::refused);
        pipe.nameAs(settings.get(Options.CONNECT_ROUTING_ID));
        socket.pipes().attachPipe(pipe);
        var found = directory.connect(name, this);
        if (found != null) {
            join(found);
        }
    }

    /** The name is bound: marries the two sockets. */
    synchronized void join(InprocBind found) {
        var pipe = near;
        if (done.isDone() || pipe == null || binder != null) {
            return;
        }
        var other = found.socket();
        if (!socket.type().accepts(other.type())) {
            var reason = "a " + socket.type() + " socket cannot talk to a " + other.type() + " socket";
            socket.pipes().event(new SocketEvent.HandshakeFailed(endpoint(), "inproc", reason));
            directory.awaitNext(name, this);
            return;
        }
        binder = found;
        var far = pipe.peer();
        farOwner.is(other.pipes());
        far.adopt(
                other.get(Options.SEND_HWM),
                other.get(Options.RECEIVE_HWM),
                other.get(Options.CONFLATE) && Options.CONFLATE.appliesTo(other.type()));
        found.joined(this);
        other.pipes().attachPipe(far);
        other.pipes().openedLocally(far, announced(socket, settings));
        socket.pipes().openedLocally(pipe, announced(other, other.settings()));
    }

    private static byte[] announced(SocketCore from, Settings of) {
        return from.type().announcesRoutingId() ? of.get(Options.ROUTING_ID) : new byte[0];
    }

    /** One of the two sockets does not want the other: parts them, elsewhere, since that socket's lock is held here. */
    private void refused(String reason) {
        ForkJoinPool.commonPool().execute(() -> {
            socket.pipes().event(new SocketEvent.Disconnected(endpoint(), "inproc", reason));
            separate();
        });
        CompletableFuture.delayedExecutor(settings.nanos(Options.RECONNECT_INTERVAL_MAX), TimeUnit.NANOSECONDS)
                .execute(this::startAgain);
    }

    private synchronized void startAgain() {
        if (near == null) {
            start();
        }
    }

    /** The binder is gone: what it sent can still be read; waits for the next one. */
    void binderGone() {
        separate();
        start();
    }

    /**
     * Parts the two sockets and returns how many messages are lost: those for a binder that never came. What is in a
     * married pipe has arrived, and can still be read.
     */
    private synchronized long separate() {
        var pipe = near;
        var from = binder;
        near = null;
        binder = null;
        if (pipe == null) {
            return 0;
        }
        socket.pipes().detachPipe(pipe);
        if (from == null) {
            return socket.type().sends() ? pipe.peer().waiting() : 0; // a SUB's pipe holds its subscriptions
        }
        from.parted(this);
        from.socket().pipes().detachPipe(pipe.peer());
        return 0;
    }

    @Override
    public void close(long lingerNs) {
        end();
        directory.stopWaiting(name, this);
    }

    /** In one step, so that nobody starts again between its two halves. */
    private synchronized void end() {
        var lost = separate();
        socket.pipes().unsent(lost);
        done.complete(lost);
    }

    @Override
    public CompletableFuture<Long> finished() {
        return done;
    }

    @Override
    public CompletableFuture<Void> released() {
        return CompletableFuture.completedFuture(null);
    }

    /** Refuses to connect to a bound socket of a type that this one cannot talk to. */
    static void checkTypes(SocketCore socket, InprocBind found, String endpoint) {
        if (!socket.type().accepts(found.socket().type())) {
            throw new EndpointException(
                    ErrorCode.INCOMPATIBLE_TRANSPORT,
                    "cannot connect to " + endpoint + ": a " + socket.type() + " socket cannot talk to the "
                            + found.socket().type() + " socket bound there");
        }
    }
}
