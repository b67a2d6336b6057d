package io.lingmq.transport;

import io.lingmq.reactor.Reactor;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An address that peers can connect to.
 *
 * <p>Threading: it is made and closed in any thread. From {@link #watch} on the reactor's thread calls all else. No
 * method may block.
 */
public interface Acceptor extends Closeable {
    /** The endpoint as peers would write it: with the port or name that was chosen for a {@code *}. */
    String endpoint();

    /**
     * Begins to watch for peers, with interest in accepting. An acceptor that waits for no channel, as its link is
     * there already, posts {@link ReadyWatcher#ready} to the reactor, and again when interest is shown later.
     *
     * @throws IOException if it cannot be watched; it is still the caller's to close
     */
    void watch(Reactor reactor, ReadyWatcher watcher) throws IOException;

    /** Whether the watcher wants to hear that peers can be accepted. It does nothing when the acceptor is closed. */
    void acceptInterest(boolean wanted);

    /**
     * Accepts a peer. The link has its options set, and is the caller's.
     *
     * @return the link to the peer, or null if nobody waits
     * @throws LinkFailedException if this peer's link failed, and is closed; others can be accepted
     * @throws IOException if nobody can be accepted at present, as for want of descriptors
     */
    @Nullable
    Link accept() throws IOException;

    /**
     * Whether its links have the same address as it, as where one link takes the datagrams of all senders. Then it is
     * closed behind its links, which send first what is left; meanwhile nobody is accepted. Such an acceptor gives one
     * link, and no other one before that is closed. When it has ended while the address is wanted, interest in
     * accepting the next one is shown a moment later.
     */
    default boolean sharesAddressWithLinks() {
        return false;
    }

    /**
     * Gives the address up: it is free when this returns on the reactor's thread, and soon after that elsewhere. Once
     * is enough, more do no harm. Nothing is thrown: a failure is logged.
     */
    @Override
    void close();
}
