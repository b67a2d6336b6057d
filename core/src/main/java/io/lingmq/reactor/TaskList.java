package io.lingmq.reactor;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that a reactor was given, in the order in which they came.
 *
 * <p>Threading: any thread adds, the reactor's takes and closes. What was added is a stack, last in front; the reactor
 * takes all of it at once and reverses it. Where the list is closed, a mark stands in place of the stack.
 */
final class TaskList {
    /** What became of a task that was to be added. */
    enum Added {
        /** It is in the list. */
        NEW,
        /** It was in the list already, and will see all that was done before. */
        LISTED,
        /** The list is closed: the task will never run. */
        REFUSED
    }

    private static final Task CLOSED = new Task(() -> {});

    private final AtomicReference<@Nullable Task> added = new AtomicReference<>();
    /** What was taken already, first in front. The reactor's. */
    private @Nullable Task taken;

    /**
     * Adds a task, unless it waits here already or nobody will ever take it. Of several who ask for a kept task in the
     * very moment in which the list is closed, the one who was to put it in is refused; those who relied on that one
     * may not be.
     */
    Added add(Task task) {
        if (!task.enter()) {
            return added.get() == CLOSED ? Added.REFUSED : Added.LISTED;
        }
        Task before;
        do {
            before = added.get();
            if (before == CLOSED) {
                task.leave();
                return Added.REFUSED;
            }
            task.next = before;
        } while (!added.compareAndSet(before, task));
        return Added.NEW;
    }

    /** Whether there is nothing to take. The reactor's. */
    boolean isEmpty() {
        return taken == null && added.get() == null;
    }

    /** Takes the next task, or null. The reactor's. */
    @Nullable
    Task poll() {
        var task = taken != null || added.get() == CLOSED ? taken : reversed(added.getAndSet(null));
        if (task != null) {
            taken = task.next;
            task.next = null;
            task.leave();
        }
        return task;
    }

    /** Closes the list if it is empty; false if a task has just come. The reactor's. */
    boolean closeIfEmpty() {
        return taken == null && added.compareAndSet(null, CLOSED);
    }

    /** Closes the list; what it holds can still be taken. The reactor's. */
    void close() {
        var rest = reversed(added.getAndSet(CLOSED));
        if (taken == null) {
            taken = rest;
            return;
        }
        var last = taken;
        while (last.next != null) {
            last = last.next;
        }
        last.next = rest;
    }

    private static @Nullable Task reversed(@Nullable Task stack) {
        var rest = stack;
        Task reversed = null;
        while (rest != null) {
            var next = rest.next;
            rest.next = reversed;
            reversed = rest;
            rest = next;
        }
        return reversed;
    }
}
