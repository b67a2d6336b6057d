package io.lingmq.reactor;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that a reactor was given, in the order in which they came.
 *
 * <p>Threading: any thread adds, the reactor's takes. What was added is a stack, last in front; the reactor takes all
 * of it at once and turns it round.
 */
final class TaskList {
    private final AtomicReference<@Nullable Task> added = new AtomicReference<>();
    /** What was taken already, first in front. The reactor's. */
    private @Nullable Task taken;

    /** Adds a task; false if it waits here already. */
    boolean add(Task task) {
        if (!task.enter()) {
            return false;
        }
        Task before;
        do {
            before = added.get();
            task.next = before;
        } while (!added.compareAndSet(before, task));
        return true;
    }

    /** Whether there is nothing to take. The reactor's. */
    boolean isEmpty() {
        return taken == null && added.get() == null;
    }

    /** Takes the next task, or null. The reactor's. */
    @Nullable
    Task poll() {
        var task = taken != null ? taken : takeAdded();
        if (task != null) {
            taken = task.next;
            task.next = null;
            task.leave();
        }
        return task;
    }

    private @Nullable Task takeAdded() {
        var rest = added.getAndSet(null);
        Task turned = null;
        while (rest != null) {
            var next = rest.next;
            rest.next = turned;
            turned = rest;
            rest = next;
        }
        return turned;
    }
}
