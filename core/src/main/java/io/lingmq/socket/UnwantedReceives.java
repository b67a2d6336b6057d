package io.lingmq.socket;

import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Receives of one socket that nobody wants any more, since all stages that depended on them have ended. They take no
 * message, until somebody wants one again. Few are kept for that; of more, the oldest is given up, so that a program
 * that never ends the right stage does not fill the memory.
 *
 * <p>Threading: a serving task; {@link #areSome} any thread.
 */
final class UnwantedReceives {
    private static final int MOST = 32;

    private final ArrayDeque<AsyncReceive> all = new ArrayDeque<>();
    private final Runnable onForgotten;
    private final Consumer<AsyncCall<?>> tell;
    private volatile boolean areSome;

    /**
     * None yet.
     *
     * @param onForgotten told of each that is not here any more, and is not put back
     * @param tell takes a receive that was given up, whose future is to be ended
     */
    UnwantedReceives(Runnable onForgotten, Consumer<AsyncCall<?>> tell) {
        this.onForgotten = onForgotten;
        this.tell = tell;
    }

    /** Whether there may be some. Who begins to want one looks after that. */
    boolean areSome() {
        return areSome;
    }

    /** Takes a receive if nobody wants it. */
    boolean passOver(AsyncReceive receive) {
        if (!isUnwanted(receive)) {
            return false;
        }
        areSome = true;
        if (!isUnwanted(receive)) { // who began to want it just now has not seen that
            return false;
        }
        all.add(receive);
        if (all.size() > MOST) {
            giveUp(all.remove());
        }
        return true;
    }

    private static boolean isUnwanted(AsyncReceive receive) {
        return !receive.isOver() && receive.isUnwanted();
    }

    /** Puts those that are wanted again to their places among the others, and forgets those that are over. */
    void putBackThoseWanted(ArrayDeque<AsyncReceive> others) {
        for (var each = all.descendingIterator(); each.hasNext(); ) {
            var receive = each.next();
            if (receive.isOver()) {
                each.remove();
                onForgotten.run();
            } else if (!receive.isUnwanted()) {
                each.remove();
                putBack(receive, others);
            }
        }
        areSome = !all.isEmpty();
    }

    /** Not simply to the front: one of a later call may have been wanted again earlier. */
    private static void putBack(AsyncReceive receive, ArrayDeque<AsyncReceive> others) {
        var before = new ArrayDeque<AsyncReceive>();
        while (!others.isEmpty() && others.element().place() < receive.place()) {
            before.push(others.remove());
        }
        others.addFirst(receive);
        while (!before.isEmpty()) {
            others.addFirst(before.pop());
        }
    }

    private void giveUp(AsyncReceive receive) {
        onForgotten.run();
        var why = new CancellationException("all stages that depended on this receive ended long ago, and so did those"
                + " of " + MOST + " later ones: it has taken no message, and takes none");
        if (receive.giveUp(why)) {
            tell.accept(receive);
        }
    }
}
