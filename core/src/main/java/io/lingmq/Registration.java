package io.lingmq;

import io.lingmq.loop.Entry;

/**
 * A handler or timer of a {@link Loop}, for whoever wants to take it back. It may be thrown away.
 *
 * <p>Threading: every method may be called from any thread.
 */
public final class Registration {
    private final Entry entry;

    Registration(Entry entry) {
        this.entry = entry;
    }

    /**
     * Takes the handler or timer out of the loop. If the loop's own thread does that, in any of its handlers, the
     * handler is not called any more, also where its socket was found ready or its timer due in the same turn. Another
     * thread may cancel it while it is running, which does not interrupt it. A second call does nothing.
     */
    public void cancel() {
        entry.cancel();
    }

    /**
     * Whether the loop may still call it: it was not cancelled, its socket or channel and the loop were not closed as
     * far as the loop knows, and a timer that is called once has not been called yet.
     */
    public boolean isActive() {
        return entry.isActive();
    }

    /** What it is a registration of. */
    @Override
    public String toString() {
        return entry + (isActive() ? "" : " (over)");
    }
}
