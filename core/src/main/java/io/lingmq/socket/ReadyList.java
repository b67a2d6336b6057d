package io.lingmq.socket;

import io.lingmq.lang.Fields;
import io.lingmq.pipe.Notice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The notices that were brought and not looked at yet.
 *
 * <p>Threading: any thread pushes, the holder of the socket's lock takes all. A bell is in the list at most once, for
 * which it carries a mark of its own: a pattern may arm a bell anew while an earlier ring waits here. So it can be its
 * own list node, and the list is a stack of one atomic reference.
 */
final class ReadyList {
    private static final VarHandle TOP = Fields.handle(MethodHandles.lookup(), ReadyList.class, "top", Notice.class);

    private volatile @Nullable Notice top;

    void push(Notice notice) {
        if (!notice.enterList()) {
            return; // whoever takes it looks at what it is about after this
        }
        Notice old;
        do {
            old = top;
            notice.next = old;
        } while (!TOP.compareAndSet(this, old, notice));
    }

    boolean isEmpty() {
        return top == null;
    }

    /** Takes all notices, linked in the order in which they came. */
    @Nullable
    Notice takeAll() {
        var rest = (Notice) TOP.getAndSet(this, null);
        Notice reversed = null;
        while (rest != null) {
            var next = rest.next;
            rest.next = reversed;
            reversed = rest;
            rest = next;
        }
        return reversed;
    }
}
