package io.lingmq.torture;

/**
 * The one term of the ledger that nobody can know: what was on its way when a connection was cut or a process killed.
 * The sender's system had taken it, so the sender no longer counts it as unsent; the receiver's system had not given it
 * out, so the receiver never saw it.
 *
 * <p>A way through the fault proxy has four buffers of the system and the proxy's own one between the two sockets, a
 * direct one two. Each is asked to hold {@value #BUFFER} octets. Linux doubles what it is asked for, since it counts
 * its own records in; on loopback it takes one segment of up to 64 KiB beyond that. And a receiver that is killed takes
 * along what one read had brought, and its queue.
 */
final class CutBound {
    /** What SEND_BUFFER, RECEIVE_BUFFER and the proxy are set to, in octets. */
    static final int BUFFER = 16 * 1024;

    /** The least octets of a parcel where connections are cut; bounds in messages follow from it. */
    static final int LEAST = 4096;

    private static final int SEGMENT = 64 * 1024;
    private static final int SYSTEM_BUFFER = 2 * BUFFER + SEGMENT;
    private static final int PROXY_BUFFER = 64 * 1024;
    private static final int LARGEST_READ = 256 * 1024;

    private CutBound() {}

    /** The most messages that one cut of a connection through the fault proxy can take along, in one direction. */
    static long atCut() {
        return (4L * SYSTEM_BUFFER + PROXY_BUFFER) / LEAST + 1;
    }

    /** The most messages that the end of a connection without a proxy can take along, in one direction. */
    static long atEnd() {
        return atEnd(LEAST);
    }

    private static long atEnd(int least) {
        return 2L * SYSTEM_BUFFER / least + 1;
    }

    /**
     * The most messages of at least the given octets that a receiver with the given high-water mark can take along for
     * each of its connections, when it is closed or killed.
     */
    static long atKill(int receiveMark, int least) {
        return atEnd(least) + LARGEST_READ / least + receiveMark + 1;
    }
}
