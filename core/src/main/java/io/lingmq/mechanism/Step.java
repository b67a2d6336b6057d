package io.lingmq.mechanism;

/** How a handshake stands after a step. */
public enum Step {
    /** The peer's next command is awaited. */
    MORE,
    /** The handshake is complete. */
    DONE,
    /** A verdict was asked for and is awaited; until then nothing of the peer is looked at. */
    PENDING
}
