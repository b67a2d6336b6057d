package io.lingmq.pipe;

import io.lingmq.lang.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Something that a socket has to learn of. It waits in a list of the socket's until somebody who holds the socket's
 * lock takes it; it is its own place in that list, and stands there at most once.
 *
 * <p>Threading: any thread.
 */
public abstract class Notice {
    private static final VarHandle LISTED =
            Fields.handle(MethodHandles.lookup(), Notice.class, "listed", boolean.class);

    /** Link of the list that it is in. */
    public @Nullable Notice next;

    @SuppressWarnings("unused") // through LISTED
    private volatile boolean listed;

    /** A notice that is in no list. */
    protected Notice() {}

    /** The list takes the notice in; false if it has it already. */
    public boolean enterList() {
        return LISTED.compareAndSet(this, false, true);
    }

    /** The list lets the notice go; what it was listed for before is looked at after this. */
    public void leaveList() {
        LISTED.setVolatile(this, false);
    }
}
