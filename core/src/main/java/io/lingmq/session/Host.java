package io.lingmq.session;

import io.lingmq.engine.PeerInfo;
import io.lingmq.event.SocketEvent;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pipe.WirePipe;

/** A socket as its endpoints see it. Called from I/O threads; may take the socket's lock but never waits for a peer. */
public interface Host {
    /** The socket's type. */
    SocketType type();

    /** The security mechanism for connections with the given settings. */
    Mechanism mechanism(Settings settings);

    /** A pipe to a peer of this socket, not attached yet. */
    WirePipe newPipe(Settings settings);

    /** A new pipe: messages may be put into it. */
    void attach(WirePipe pipe);

    /** The pipe's peer is complete. */
    void opened(WirePipe pipe, PeerInfo peer);

    /** The pipe's peer is gone; another one may come. */
    void closed(WirePipe pipe);

    /** Nothing more is put into the pipe; what is in it may still leave. Once is enough, more do no harm. */
    void detach(WirePipe pipe);

    /** So many messages of detached pipes never left. */
    void unsent(long messages);

    /** Something happened that a monitor may want to know. */
    void event(SocketEvent event);
}
