package io.lingmq.socket;

import io.lingmq.lang.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The watches of a poller whose sockets have signalled and were not looked at yet.
 *
 * <p>Threading: any thread pushes, the polling one takes all. A watch is in the list at most once and is its own list
 * node: so a signal, which comes from an I/O thread or a sender, needs no memory and cannot fail.
 */
final class SignalledWatches {
    private static final VarHandle TOP =
            Fields.handle(MethodHandles.lookup(), SignalledWatches.class, "top", PollWatch.class);

    private volatile @Nullable PollWatch top;

    /** Puts a watch in; false if it waits here already: whoever takes it looks at its socket after this. */
    boolean push(PollWatch watch) {
        if (!watch.enterList()) {
            return false;
        }
        PollWatch old;
        do {
            old = top;
            watch.next = old;
        } while (!TOP.compareAndSet(this, old, watch));
        return true;
    }

    boolean isEmpty() {
        return top == null;
    }

    /**
     * Takes the watches, in the order in which they came, and gives each to the taker; it can be pushed again by then.
     */
    void takeAll(Consumer<PollWatch> taker) {
        var watch = reversed((PollWatch) TOP.getAndSet(this, null));
        while (watch != null) {
            var next = watch.next;
            watch.next = null;
            watch.leaveList();
            taker.accept(watch);
            watch = next;
        }
    }

    private static @Nullable PollWatch reversed(@Nullable PollWatch stack) {
        var rest = stack;
        PollWatch reversed = null;
        while (rest != null) {
            var next = rest.next;
            rest.next = reversed;
            reversed = rest;
            rest = next;
        }
        return reversed;
    }
}
