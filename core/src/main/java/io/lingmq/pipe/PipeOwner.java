package io.lingmq.pipe;

/** The socket at one end of a pipe, as the pipe sees it. */
public interface PipeOwner {
    /** A resting bell was rung. Called from any thread, perhaps with another socket's lock held; must not block. */
    void rung(Doorbell bell);
}
