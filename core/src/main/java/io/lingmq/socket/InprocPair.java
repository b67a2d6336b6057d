package io.lingmq.socket;

import io.lingmq.guard.Guard;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.InprocPipe;
import io.lingmq.pipe.Marks;
import io.lingmq.reactor.Reactor;
import io.lingmq.wire.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pipe from a socket that connects to the one that binds the name: its near end is attached at once, so that messages
 * can be sent, its far end when there is a binder. It serves one binder only; for the next there is a new one.
 *
 * <p>Threading: under the lock of its connect, and under no socket's. What a socket has to learn is posted to it, and
 * may be delayed until its lock is free; only who {@linkplain #part parts} them waits for that.
 */
final class InprocPair {
    private static final long ASK_AGAIN_NS = 1_000_000;

    private final SocketCore socket;
    private final Settings settings;
    private final LateOwner farOwner = new LateOwner();
    private final InprocPipe near;
    private final InprocPipe far;
    private @Nullable InprocBind binder;
    private boolean met;

    /**
     * A pipe that carries first what another one could not deliver.
     *
     * @param endpoint what is connected
     * @param settings those of the socket when it connected
     * @param refused is told, under a socket's lock, why that socket refuses the other
     */
    InprocPair(
            SocketCore socket,
            String endpoint,
            Settings settings,
            List<Message> first,
            BiConsumer<InprocPair, String> refused) {
        this.socket = socket;
        this.settings = settings;
        var marks = socket.settings();
        near = InprocPipe.pair(
                new InprocPipe.Side(
                        socket.pipes(),
                        marks.get(Options.SEND_HWM),
                        marks.get(Options.RECEIVE_HWM),
                        conflates(socket, settings)),
                new InprocPipe.Side(farOwner, 0, InprocPipe.UNKNOWN, false));
        far = near.peer();
        near.onRefused(reason -> refused.accept(this, reason));
        far.onRefused(reason -> refused.accept(this, reason));
        near.peerRecord().connectedTo(endpoint);
        far.peerRecord().acceptedAt(endpoint);
        near.nameAs(settings.get(Options.CONNECT_ROUTING_ID));
        near.putFirst(first);
    }

    private static boolean conflates(SocketCore socket, Settings settings) {
        return settings.get(Options.CONFLATE) && Options.CONFLATE.appliesTo(socket.type());
    }

    /** Lets the connecting socket send, if it may before there is a peer; false if it is seen not to want this pipe. */
    boolean attach() {
        if (!settings.get(Options.IMMEDIATE)) {
            attach(socket, near);
        }
        return !isRefused();
    }

    /** Whether the connecting socket is seen not to want this pipe; it may be so and be seen later. */
    boolean isRefused() {
        return near.isRefused();
    }

    /** The marks again when it is attached: they may have been changed since the pipe was made. */
    private static void attach(SocketCore to, InprocPipe end) {
        to.pipes().attachPipe(end);
        var marks = to.settings();
        end.changeMarks(Marks.inMessages(marks.get(Options.SEND_HWM), marks.get(Options.RECEIVE_HWM)));
    }

    /** Nobody sends any more: what is there waits for a binder. */
    void orphan() {
        near.end();
    }

    @Nullable
    InprocBind binder() {
        return binder;
    }

    /** Whether a binder may have received something. */
    boolean hasMet() {
        return met;
    }

    /** Marries the two sockets. First the one that connects: should it refuse, the binder sends nothing in vain. */
    void join(InprocBind found) {
        var other = found.socket();
        prepare(found);
        if (settings.get(Options.IMMEDIATE)) {
            attach(socket, near);
        }
        if (!isRefused()) {
            socket.pipes().openedLocally(near, other.type(), announced(other, other.settings()));
        }
        if (!isRefused()) {
            enter(other);
        }
    }

    /** Gives the binder what there is, and takes leave; what it refuses stays here. */
    void deliverTo(InprocBind found) {
        assert near.hasEnded();
        prepare(found);
        enter(found.socket());
        detach(found.socket(), far);
    }

    private void prepare(InprocBind found) {
        assert binder == null : "a pair serves one binder only";
        binder = found;
        var other = found.socket();
        farOwner.is(other.pipes());
        var marks = other.settings();
        far.adopt(marks.get(Options.SEND_HWM), marks.get(Options.RECEIVE_HWM), conflates(other, marks));
    }

    /** The far end is open before it is attached: its receiver may answer at once. */
    private void enter(SocketCore other) {
        var id = announced(socket, settings);
        met = true;
        far.opened(id);
        attach(other, far);
        other.pipes().openedLocally(far, socket.type(), id);
    }

    private static byte[] announced(SocketCore from, Settings of) {
        return from.type().announcesRoutingId() ? of.get(Options.ROUTING_ID) : new byte[0];
    }

    /** What has come from the binder and was not received is not wanted any more. */
    void discardUnread() {
        socket.pipes().discardPipe(near);
    }

    /**
     * Parts the two sockets.
     *
     * @param reclaims whether a socket that has closed gives back what it had not received; else that is gone with it
     * @return what was sent here and no binder has received or will receive
     */
    List<Message> part(boolean reclaims) {
        detach(socket, near);
        var from = binder;
        if (!met || from == null) {
            return messagesOf(socket, far.takeAll());
        }
        var left = detach(from.socket(), far, () -> unreceived(from.socket(), far, reclaims));
        // Once more: what the binder rang for until now has been looked at after this.
        var answers = messagesOf(from.socket(), detach(socket, near, () -> unreceived(socket, near, reclaims)));
        if (!answers.isEmpty()) {
            from.socket().pipes().unsent(answers.size());
        }
        return messagesOf(socket, left);
    }

    /**
     * Waits until the socket has learned of it: only then nothing more goes in, and it is known what is there. Usually
     * it learns at once, and else from the next call; asking again does not depend on a call.
     */
    private static void detach(SocketCore from, InprocPipe end) {
        var unused = detach(from, end, List::of);
    }

    /** As above; says what is left there, which is found out under the socket's lock: nobody else is reading then. */
    private static List<Message> detach(SocketCore from, InprocPipe end, Supplier<List<Message>> left) {
        assert !Reactor.isIoThread() : "an I/O thread waits for no socket";
        var detached = new CompletableFuture<List<Message>>();
        do {
            from.pipes().detachPipe(end, () -> {
                if (!detached.isDone()) {
                    complete(detached, left);
                }
            });
        } while (!Completion.within(ASK_AGAIN_NS, detached));
        return detached.join();
    }

    private static void complete(CompletableFuture<List<Message>> future, Supplier<List<Message>> with) {
        var failure = Guard.run("taking back what was not received", () -> future.complete(with.get()));
        if (failure != null) {
            future.completeExceptionally(failure); // who waits must hear of it
        }
    }

    /** What will not be received at an end that was detached. In a socket that is open the rest still can be. */
    private static List<Message> unreceived(SocketCore receiver, InprocPipe end, boolean reclaims) {
        return reclaims && receiver.isClosed() ? end.takeAll() : end.rejected();
    }

    /** Without what a socket says to each peer anew: its subscriptions, and the empty message that probes a ROUTER. */
    private static List<Message> messagesOf(SocketCore sender, List<Message> sent) {
        if (sender.type().subscribes()) {
            return sent.stream()
                    .filter(message -> Subscription.parse(message.sharedArray(0)) == null)
                    .toList();
        }
        var probes = sender.settings().get(Options.PROBE_ROUTER);
        return probes ? sent.stream().filter(message -> !isProbe(message)).toList() : sent;
    }

    private static boolean isProbe(Message message) {
        return message.frameCount() == 1 && message.size(0) == 0;
    }
}
