package io.lingmq.session;

import io.lingmq.engine.PeerInfo;
import io.lingmq.event.SocketEvent;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pipe.WirePipe;

/**
 * A socket as its endpoints see it.
 *
 * <p>Threading: any thread, I/O threads too: nothing here waits, neither for a peer nor for the socket's lock. Pipes
 * come and go in the order of the calls, but perhaps a moment after the call, under the socket's lock.
 */
public interface SessionOwner {
    /** The socket's type. */
    SocketType type();

    /** How the socket guards its connections. */
    SocketSecurity security();

    /** A pipe to a peer of this socket, not attached yet. */
    WirePipe newPipe(Settings settings);

    /** A new pipe: messages may be put into it. */
    void attach(WirePipe pipe);

    /**
     * The pipe's peer is complete. Nothing is written to it yet: the pipe may still hold what was meant for another.
     *
     * @param address where the peer is
     * @param whenOpened runs when the socket knows the peer, and the pipe holds only what is for it; under the socket's
     *     lock: it must not wait, nor call a socket
     */
    void opened(WirePipe pipe, PeerInfo peer, String address, Runnable whenOpened);

    /** The pipe's peer is gone; another one may come. */
    void closed(WirePipe pipe);

    /**
     * What has come through the pipe and was not received is not wanted any more, nor what may still come: it is thrown
     * away and counted.
     */
    void discard(WirePipe pipe);

    /** As {@link #detach(WirePipe, Runnable)}, for a caller that need not know when. */
    default void detach(WirePipe pipe) {
        detach(pipe, () -> {});
    }

    /**
     * Nothing more is put into the pipe; what is in it may still leave. Once is enough, more do no harm.
     *
     * @param whenDetached runs when that is so, under the socket's lock: it must not wait, nor call a socket
     */
    void detach(WirePipe pipe, Runnable whenDetached);

    /** So many messages of detached pipes never left. */
    void unsent(long messages);

    /** Something happened that a monitor may want to know. */
    void event(SocketEvent event);
}
