package io.lingmq.reactor;

import io.lingmq.lang.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Work that a reactor is given again and again, without garbage: it is its own place in the list of tasks. Asked for
 * while it waits there already, it runs once for both.
 *
 * <p>Threading: any thread.
 */
public final class Task {
    private static final VarHandle LISTED = Fields.handle(MethodHandles.lookup(), Task.class, "listed", boolean.class);

    private final Runnable work;

    @SuppressWarnings("unused") // through LISTED
    private volatile boolean listed;

    /** Link of the list that it is in. */
    @Nullable
    Task next;

    /** A task that does the given work. */
    public Task(Runnable work) {
        this.work = work;
    }

    /** Enters a list; false if it is in it already, and will see all that was done before this call. */
    boolean enter() {
        return !(boolean) LISTED.getAndSet(this, true);
    }

    /**
     * Leaves the list: who asks from now on asks anew. An exchange, so that it sees what those did who asked before.
     */
    void leave() {
        var unused = (boolean) LISTED.getAndSet(this, false);
    }

    Runnable work() {
        return work;
    }
}
