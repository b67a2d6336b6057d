package io.lingmq.socket;

import io.lingmq.pipe.Padding;

/** The state of a {@link SocketLock}, with space before it; the subclass brings the space behind. */
abstract class LockState extends Padding {
    static final int FREE = 0;
    static final int HELD = 1;
    static final int HELD_FOR_SENDING = 2;

    volatile int state = FREE;

    /** How often it was given up; written by its holder. */
    int holds;
}
