package io.lingmq.session;

/**
 * Counts the messages that a connection has handed to the operating system, and those of them since the peer last said
 * something: nobody can know whether it has received these.
 *
 * <p>Threading: the thread in the gate of the connection's output; {@link #all} from any.
 */
final class WrittenMessages {
    private volatile long all;
    private long unheard;
    private long heardNs;

    /** So many more; when the peer last said something. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time writes
    void add(long messages, long lastHeardNs) {
        if (messages > 0) {
            all += messages;
        }
        if (lastHeardNs != heardNs) {
            heardNs = lastHeardNs;
            unheard = 0;
        }
        unheard += messages;
    }

    long all() {
        return all;
    }

    long unheard() {
        return unheard;
    }
}
