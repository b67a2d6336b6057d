package io.lingmq.socket;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.event.SocketEvent;
import io.lingmq.guard.Guard;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.session.Backoff;
import io.lingmq.session.EndpointSession;
import io.lingmq.socket.InprocState.News;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A socket's connect to a name of its own process: waits until the name is bound, again when its binder is gone, and
 * tries again when it was refused. Messages can be sent from the beginning, and outlive a close by the linger time.
 * {@link InprocState} has the table of what may happen.
 *
 * <p>A message is the binder's when its socket has received it. What a binder that closes has not received goes to the
 * next one, if any peer of the name will do; else it is lost, and counted.
 *
 * <p>Differs from libzmq, where a connector stays alone when its binder is gone.
 *
 * <p>Threading: any thread. All that happens to the connect happens under its lock, which is taken before a socket's
 * and never under one; a refusal, which comes under a socket's lock, is worked off by the context's scheduler. Nobody
 * waits for a socket's lock who must not: {@link Inproc#hereOrSoon}. Events are told, and the end is, after the lock:
 * who hears of them may call anything.
 */
final class InprocConnect implements EndpointSession {
    /** Longer lingers last until the context closes: the clock could not count to their end. */
    private static final long FOR_EVER_NS = Long.MAX_VALUE / 4;

    /** A refused connect tries again after so long at the soonest, whatever the options say: else it would spin. */
    static final long SHORTEST_RETRY_NS = 5_000_000;

    private final Inproc inproc;
    private final SocketCore socket;
    private final String name;
    private final Settings settings;
    private final Backoff backoff;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedQueue<Runnable> afterwards = new ConcurrentLinkedQueue<>();
    private InprocState state = InprocState.WAITING;
    private InprocPair pair;
    private @Nullable Future<?> retry;
    private @Nullable Future<?> lingerEnd;
    private long lingerEndNs;

    InprocConnect(Inproc inproc, SocketCore socket, String name, Settings settings) {
        this.inproc = inproc;
        this.socket = socket;
        this.name = name;
        this.settings = settings;
        backoff = new Backoff(settings, inproc.runtime().random());
        pair = newPair(List.of());
    }

    private InprocPair newPair(List<Message> first) {
        return new InprocPair(socket, endpoint(), settings, first, this::refused);
    }

    @Override
    public String endpoint() {
        return "inproc://" + name;
    }

    /** Lets the socket send, and looks for the binder. */
    void start() {
        change(this::attach);
    }

    /** Every change is made here: under the lock, and what others want to know of it is told after that. */
    private void change(Runnable what) {
        assert !lock.isHeldByCurrentThread() : "nobody is called under the lock who might call back";
        lock.lock();
        try {
            what.run();
        } finally {
            lock.unlock();
        }
        Runnable telling;
        while ((telling = afterwards.poll()) != null) {
            Guard.run("a monitor's executor", telling);
        }
    }

    private void tell(SocketEvent event) {
        afterwards.add(() -> socket.pipes().event(event));
    }

    /** Goes on to the next state; false if the news mean nothing in this one. */
    private boolean transition(News news) {
        assert lock.isHeldByCurrentThread();
        var next = state.after(news);
        if (next == null) {
            return false;
        }
        state = next;
        return true;
    }

    // ---- meeting

    private void attach() {
        if (pair.attach()) {
            lookBesides(null);
        }
    }

    /**
     * The name is bound. A connect that waits for it is in the directory no longer, so it looks again if this one will
     * not do.
     */
    void offered(InprocBind found) {
        inproc.hereOrSoon(() -> change(() -> {
            if (state.wantsBinder() && !meet(found)) {
                lookBesides(found);
            }
        }));
    }

    /** Looks for a binder, save one that will not do; if there is none, the next will offer itself. */
    private void lookBesides(@Nullable InprocBind unfit) {
        var tried = unfit;
        do {
            tried = inproc.directory().connect(name, this, tried);
        } while (tried != null && !meet(tried));
    }

    /** False if this binder will not do: it is of the wrong type, or no binder any more. */
    private boolean meet(InprocBind found) {
        if (!socket.type().accepts(found.socket().type())) {
            var reason = "a " + socket.type() + " socket cannot talk to a "
                    + found.socket().type() + " socket";
            tell(new SocketEvent.HandshakeFailed(endpoint(), "inproc", reason));
            return false;
        }
        if (!found.admit(this)) {
            return false;
        }
        return state == InprocState.LINGERING ? deliverTo(found) : join(found);
    }

    private boolean join(InprocBind found) {
        var joins = transition(News.JOINS);
        assert joins;
        var failure = Guard.run("a meeting over inproc", () -> pair.join(found));
        if (failure != null) { // half of a meeting is none
            refused(pair, "internal failure: " + failure);
        }
        return true;
    }

    /** False if the binder has closed meanwhile. */
    private boolean deliverTo(InprocBind found) {
        pair.deliverTo(found);
        found.parted(this);
        var left = pair.part(reclaims());
        if (left.isEmpty()) {
            end(0);
            return true;
        }
        becomeOrphanWith(left);
        if (found.socket().isClosed()) {
            return false;
        }
        tryLater();
        return true;
    }

    // ---- parting

    /** One of the two sockets does not want the other. Its lock is held: what is to be done is done elsewhere. */
    private void refused(InprocPair by, String reason) {
        var unused = inproc.later(0, () -> change(() -> workOffRefusal(by, reason))); // null: all ends, this too
    }

    private void workOffRefusal(InprocPair by, String reason) {
        if (pair != by || !transition(News.IS_REFUSED)) {
            return;
        }
        tell(new SocketEvent.Disconnected(endpoint(), "inproc", reason));
        inproc.directory().stopWaiting(name, this);
        renew();
        var unused = pair.attach(); // if its own socket refuses it again, the retry will tell
        tryLater();
    }

    private void tryLater() {
        if (backoff.givesUp()) {
            if (state == InprocState.LINGERING) {
                end(pair.part(reclaims()).size());
            }
            return;
        }
        var delayNs = Math.max(SHORTEST_RETRY_NS, backoff.nextNs());
        retry = inproc.later(delayNs, () -> change(this::tryAgain));
        tell(new SocketEvent.RetryScheduled(endpoint(), Duration.ofNanos(delayNs)));
    }

    private void tryAgain() {
        if (state == InprocState.LINGERING) {
            lookBesides(null);
        } else if (transition(News.TRIES_AGAIN)) {
            if (pair.isRefused()) { // by its own socket
                renew();
                attach();
            } else {
                lookBesides(null);
            }
        }
    }

    /** The binder is gone: what its socket has can still be received there, if that is open; waits for the next one. */
    void binderGone(InprocBind gone) {
        change(() -> {
            if (pair.binder() == gone && transition(News.LOSES_BINDER)) {
                backoff.reset();
                renew();
                attach();
            }
        });
    }

    /** A new pipe for the next binder, with what the last one did not deliver. */
    private void renew() {
        var unreceived = part();
        var first = forTheNext(unreceived);
        count(unreceived.size() - first.size());
        pair = newPair(first);
    }

    private void count(long lost) {
        if (lost > 0) {
            socket.pipes().unsent(lost);
        }
    }

    private List<Message> part() {
        var binder = pair.binder();
        if (binder != null) {
            binder.parted(this);
        }
        return pair.part(reclaims());
    }

    /** What a context that closes has in its sockets is gone with them: no binder will come for it. */
    private boolean reclaims() {
        return !inproc.contextIsClosed();
    }

    /** What is sent to one peer that was chosen, or to those who asked, is not for another. */
    private List<Message> forTheNext(List<Message> unreceived) {
        var chosen = settings.get(Options.CONNECT_ROUTING_ID).length > 0;
        return !pair.hasMet() || chosen || socket.type().anyPeerWillDo() ? unreceived : List.of();
    }

    // ---- closing

    @Override
    public void discard() {
        change(() -> pair.discardUnread());
    }

    @Override
    public void close(long lingerNs) {
        inproc.hereOrSoon(() -> change(() -> {
            if (state == InprocState.LINGERING) {
                shortenTo(lingerNs);
            } else if (state != InprocState.CLOSED) {
                closeNow(lingerNs);
            }
        }));
    }

    private void closeNow(long lingerNs) {
        var unreceived = part();
        var waits = state == InprocState.REFUSED;
        var hopeless = waits && backoff.givesUp();
        if (lingerNs <= 0 || hopeless || forTheNext(unreceived).isEmpty() || !inproc.lingers(this)) {
            end(unreceived.size());
            return;
        }
        transition(News.LINGERS);
        becomeOrphanWith(unreceived);
        endAfter(lingerNs);
        if (!waits) {
            lookBesides(null);
        }
    }

    private void becomeOrphanWith(List<Message> messages) {
        pair = newPair(messages);
        pair.orphan();
    }

    private void shortenTo(long lingerNs) {
        if (lingerNs <= 0) {
            end(part().size());
        } else if (lingerEnd == null
                || lingerNs < lingerEndNs - inproc.runtime().ticker().nowNs()) {
            endAfter(lingerNs);
        }
    }

    private void endAfter(long lingerNs) {
        if (lingerNs < FOR_EVER_NS) {
            cancel(lingerEnd);
            lingerEndNs = inproc.runtime().ticker().nowNs() + lingerNs;
            lingerEnd = inproc.later(lingerNs, () -> close(0));
        }
    }

    /** Nothing is left, and so many messages are lost. */
    private void end(long lost) {
        transition(News.ENDS);
        cancel(retry);
        cancel(lingerEnd);
        inproc.directory().stopWaiting(name, this);
        inproc.lingersNoMore(this);
        count(lost);
        afterwards.add(() -> done.complete(lost));
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }

    @Override
    public CompletableFuture<Long> finished() {
        return done;
    }

    @Override
    public CompletableFuture<Void> released() {
        return CompletableFuture.completedFuture(null);
    }

    InprocState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
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
