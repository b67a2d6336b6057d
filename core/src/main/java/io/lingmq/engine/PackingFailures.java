package io.lingmq.engine;

import io.lingmq.guard.Log;

/**
 * What a packing throws though it should not. The first failure is logged, as it shows a mistake of the packing. The
 * others are only counted: a stranger may cause as many as it likes.
 *
 * <p>Threading: confined to one half of a connection.
 */
final class PackingFailures {
    private boolean hasLogged;

    void note(Packing packing, RuntimeException cause) {
        if (!hasLogged) {
            hasLogged = true;
            Log.warning(
                    packing.getClass().getName() + " failed; messages that it fails for are dropped and counted, and"
                            + " further failures of this connection are not logged",
                    cause);
        }
    }
}
