package io.lingmq.socket;

import io.lingmq.message.Message;
import io.lingmq.pattern.Pattern;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous sends and receives of one socket that are still open.
 *
 * <p>Receives are served in the order of the calls, and so are sends in the same {@linkplain Pattern#lane lane}: a
 * message to a full peer holds back those behind it to the same peer, and no others. Receives that nobody wants any
 * more are {@linkplain UnwantedReceives passed over}.
 *
 * <p>Threading: any thread asks. A {@link SerialTask} serves, and alone touches the lanes. What it has served is told
 * after its run, so code that depends on a future may wait for others of the same socket.
 */
final class AsyncCalls implements Observer {
    /** So few calls that are over may stay in their lanes. */
    private static final int FEW = 32;

    private final SocketCore socket;
    private final Pattern pattern;
    private final Scheduler timers;
    private final Abandoned abandoned;
    private final ConcurrentLinkedQueue<AsyncReceive> newReceives = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<AsyncSend<?>> newSends = new ConcurrentLinkedQueue<>();
    /** Calls whose time is over. */
    private final ConcurrentLinkedQueue<AsyncCall<?>> late = new ConcurrentLinkedQueue<>();

    private final ArrayDeque<AsyncReceive> receives = new ArrayDeque<>();
    private final Map<Object, ArrayDeque<AsyncSend<?>>> sends = new LinkedHashMap<>();
    private final UnwantedReceives unwanted;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();
    private int openAfterSweep;
    private long taken;
    private final AtomicBoolean observing = new AtomicBoolean();
    private final Completions completions;
    private final SerialTask serving;

    AsyncCalls(SocketCore socket, Pattern pattern, Callbacks callbacks, Abandoned abandoned) {
        this.socket = socket;
        this.pattern = pattern;
        this.abandoned = abandoned;
        timers = callbacks.timers();
        completions = new Completions(callbacks);
        unwanted = new UnwantedReceives(open::decrementAndGet, completions::add);
        serving = new SerialTask(callbacks.threads(), this::serve, completions::tell);
    }

    CompletableFuture<Message> receive() {
        var call = newReceive();
        begin(newReceives, call);
        return call;
    }

    /** Null comes in place of a message when the time is over. */
    @SuppressWarnings("NullAway") // one class for both: only with a time it can be null that comes
    CompletableFuture<@Nullable Message> receive(long timeoutNs) {
        var call = newReceive();
        begin(newReceives, call);
        setTimer(call, timeoutNs);
        return call;
    }

    private AsyncReceive newReceive() {
        return new AsyncReceive(socket, abandoned, over::incrementAndGet, this::wanted);
    }

    CompletableFuture<Void> send(Message message) {
        var call = AsyncSend.endless(socket, message, pattern.lane(message), over::incrementAndGet);
        begin(newSends, call);
        return call;
    }

    /** True comes when the message is sent, false when the time is over. */
    CompletableFuture<Boolean> send(Message message, long timeoutNs) {
        var call = AsyncSend.timed(socket, message, pattern.lane(message), over::incrementAndGet);
        begin(newSends, call);
        setTimer(call, timeoutNs);
        return call;
    }

    private <C> void begin(Queue<? super C> queue, C call) {
        queue.add(call);
        open.incrementAndGet();
        if (observing.compareAndSet(false, true)) {
            socket.pipes().observe(this);
        }
        serving.request();
    }

    /** Without a thread for the timer there is no call, unless it was served in the meantime. */
    private void setTimer(AsyncCall<?> call, long timeoutNs) {
        if (timeoutNs == Long.MAX_VALUE) {
            return;
        }
        try {
            call.timer(timers.schedule(Math.max(0, timeoutNs), () -> timeIsOver(call)));
        } catch (Throwable e) {
            if (call.cancel(false)) {
                throw e;
            }
        }
    }

    private void timeIsOver(AsyncCall<?> call) {
        late.add(call);
        serving.request();
    }

    /** How many are kept: those that still wait, and few that are over. */
    int open() {
        return open.get();
    }

    @Override
    public void onSignal() {
        if (open.get() > 0) {
            serving.request();
        }
    }

    /** Somebody may want a message who did not before: it may be there already. */
    private void wanted() {
        if (unwanted.areSome()) {
            serving.request();
        }
    }

    // ---- in the serving task

    private void serve() {
        var endThen = takeAll(late); // before the new calls, so that each of these has been tried once
        takeIn();
        if (over.get() > FEW + open.get() / 2 || open.get() > FEW + 2 * openAfterSweep) {
            sweep();
        }
        for (var lanes = sends.values().iterator(); lanes.hasNext(); ) {
            var lane = lanes.next();
            while (!lane.isEmpty() && serveFirst(lane)) {
                // the next
            }
            if (lane.isEmpty()) {
                lanes.remove();
            }
        }
        serveReceives();
        endThen.forEach(this::end);
    }

    private void serveReceives() {
        unwanted.putBackThoseWanted(receives);
        AsyncReceive first;
        while ((first = receives.peek()) != null) {
            if (unwanted.passOver(first)) {
                receives.remove();
            } else if (!serveFirst(receives)) {
                return;
            }
        }
        if (unwanted.areSome()) {
            // A pipe tells of what comes only to those who have looked in vain, and nobody has.
            var unused = socket.canReceive();
        }
    }

    private static <C> List<C> takeAll(Queue<C> queue) {
        var all = new ArrayList<C>();
        C next;
        while ((next = queue.poll()) != null) {
            all.add(next);
        }
        return all;
    }

    private void takeIn() {
        for (var send : takeAll(newSends)) {
            sends.computeIfAbsent(send.lane(), lane -> new ArrayDeque<>()).add(send);
        }
        for (var receive : takeAll(newReceives)) {
            receive.place(taken++);
            receives.add(receive);
        }
    }

    /** Serves the first call of a lane that has one; false if it has to wait. */
    private boolean serveFirst(ArrayDeque<? extends AsyncCall<?>> lane) {
        var first = lane.element();
        var isNews = !first.isServed();
        if (!first.serve()) {
            return false;
        }
        lane.remove();
        open.decrementAndGet();
        if (isNews && first.isServed()) {
            completions.add(first);
        }
        return true;
    }

    private void end(AsyncCall<?> call) {
        if (call.isOutOfTime()) {
            over.incrementAndGet();
            completions.add(call);
        }
    }

    /** Forgets those that are over, behind others that still wait: or who always gives up would fill the memory. */
    private void sweep() {
        over.set(0);
        sweep(receives);
        sends.values().forEach(this::sweep);
        receives.removeIf(unwanted::passOver);
        openAfterSweep = open.get();
    }

    private void sweep(ArrayDeque<? extends AsyncCall<?>> lane) {
        lane.removeIf(call -> {
            var gone = call.isOver();
            open.addAndGet(gone ? -1 : 0);
            return gone;
        });
    }
}
