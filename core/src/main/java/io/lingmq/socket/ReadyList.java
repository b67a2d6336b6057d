package io.lingmq.socket;

import io.lingmq.pipe.Doorbell;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The bells that were rung and not looked at yet.
 *
 * <p>Threading: any thread pushes, the holder of the socket's lock takes all. A bell is in the list at most once, for
 * which it carries a mark of its own: a pattern may let a bell rest anew while an earlier ring waits here. So it can be
 * its own list node, and the list is a stack of one atomic reference.
 */
final class ReadyList {
    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(ReadyList.class, "top", Doorbell.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Doorbell top;

    void push(Doorbell bell) {
        if (!bell.enterList()) {
            return; // whoever takes it looks at its pipe after this
        }
        Doorbell old;
        do {
            old = top;
            bell.nextRung = old;
        } while (!TOP.compareAndSet(this, old, bell));
    }

    boolean isEmpty() {
        return top == null;
    }

    /** Takes all bells, linked in the order in which they were rung. */
    @Nullable
    Doorbell takeAll() {
        var rest = (Doorbell) TOP.getAndSet(this, null);
        Doorbell reversed = null;
        while (rest != null) {
            var next = rest.nextRung;
            rest.nextRung = reversed;
            reversed = rest;
            rest = next;
        }
        return reversed;
    }
}
