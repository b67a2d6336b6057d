package io.lingmq.simulation;

import java.util.List;

/** Some applications that speak with each other, and what must be true of them. */
interface Cast {
    List<Player> players();

    /** Whether all that was sent has arrived, as far as can be seen. */
    boolean isQuiet();

    /** How many messages have come so far. */
    long received();

    /** No more misfortunes come; those that have come still pass. So applications do nothing rash any more, either. */
    default void settle() {}

    /** From now on nothing is disturbed any more. */
    void calm();

    /** From now on nothing new is sent. */
    void stopSending();

    /** All is over; {@link Player}s are closed. */
    void check();
}
