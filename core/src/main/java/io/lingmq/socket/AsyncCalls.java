package io.lingmq.socket;

import io.lingmq.message.Message;
import io.lingmq.pattern.Pattern;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The asynchronous sends and receives of one socket that are still open.
 *
 * <p>Receives are served in the order of the calls, and so are sends in the same {@linkplain Pattern#lane lane}: a
 * message to a full peer holds back those behind it to the same peer, and no others.
 *
 * <p>Threading: any thread asks. A {@link SerialTask} serves, and alone touches the lanes. What it has served is told
 * after its run, so code that depends on a future may wait for others of the same socket.
 */
final class AsyncCalls implements Observer {
    /** So few withdrawn calls may stay in their lanes. */
    private static final int FEW = 32;

    private final SocketCore socket;
    private final Pattern pattern;
    private final Abandoned abandoned;
    private final ConcurrentLinkedQueue<AsyncReceive> newReceives = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<AsyncSend> newSends = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<AsyncReceive> receives = new ArrayDeque<>();
    private final Map<Object, ArrayDeque<AsyncSend>> sends = new LinkedHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger withdrawn = new AtomicInteger();
    private final AtomicBoolean observing = new AtomicBoolean();
    private final Completions completions;
    private final SerialTask serving;

    AsyncCalls(SocketCore socket, Pattern pattern, CallbackThreads threads, Abandoned abandoned) {
        this.socket = socket;
        this.pattern = pattern;
        this.abandoned = abandoned;
        completions = new Completions(threads);
        serving = new SerialTask(threads, this::serve, completions::run);
    }

    CompletableFuture<Message> receive() {
        var call = new AsyncReceive(socket, abandoned, withdrawn::incrementAndGet);
        newReceives.add(call);
        begin();
        return call;
    }

    CompletableFuture<Void> send(Message message) {
        var call = new AsyncSend(socket, message, pattern.lane(message), withdrawn::incrementAndGet);
        newSends.add(call);
        begin();
        return call;
    }

    private void begin() {
        open.incrementAndGet();
        if (observing.compareAndSet(false, true)) {
            socket.pipes().observe(this);
        }
        serving.request();
    }

    /** How many are kept: those that still wait, and few that were withdrawn. */
    int open() {
        return open.get();
    }

    @Override
    public void onSignal() {
        if (open.get() > 0) {
            serving.request();
        }
    }

    // ---- in the serving task

    private void serve() {
        takeIn();
        if (withdrawn.get() > FEW + open.get() / 2) {
            sweep();
        }
        for (var lanes = sends.values().iterator(); lanes.hasNext(); ) {
            var lane = lanes.next();
            serve(lane);
            if (lane.isEmpty()) {
                lanes.remove();
            }
        }
        serve(receives);
    }

    private void takeIn() {
        AsyncSend send;
        while ((send = newSends.poll()) != null) {
            sends.computeIfAbsent(send.lane(), lane -> new ArrayDeque<>()).add(send);
        }
        AsyncReceive receive;
        while ((receive = newReceives.poll()) != null) {
            receives.add(receive);
        }
    }

    private void serve(ArrayDeque<? extends AsyncCall<?>> lane) {
        AsyncCall<?> first;
        while ((first = lane.peek()) != null && first.serve()) {
            lane.remove();
            open.decrementAndGet();
            if (first.isServed()) {
                completions.add(first);
            }
        }
    }

    /**
     * Forgets those that were withdrawn, behind others that still wait: or who always gives up would fill the memory.
     */
    private void sweep() {
        withdrawn.set(0);
        sweep(receives);
        sends.values().forEach(this::sweep);
    }

    private void sweep(ArrayDeque<? extends AsyncCall<?>> lane) {
        lane.removeIf(call -> {
            var gone = call.isWithdrawn();
            open.addAndGet(gone ? -1 : 0);
            return gone;
        });
    }
}
