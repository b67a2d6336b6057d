package io.lingmq.pipe;

/** The socket at one end of a pipe, as the pipe sees it. Any thread; nothing here blocks. */
public interface PipeOwner {
    /** A resting bell was rung. Perhaps with another socket's lock held. */
    void rung(Doorbell bell);

    /** Takes the socket's lock if nobody holds it. */
    boolean tryHold();

    /** Gives the socket's lock back. */
    void letGo();
}
