package io.lingmq.socket;

import io.lingmq.event.Peer;
import io.lingmq.pipe.Pipe;
import java.util.ArrayList;
import java.util.List;

/**
 * The peers of a socket, for those who ask. A socket may have very many, and others want its lock: who asks gives it
 * back after {@value #MOST_IN_A_HOLD} of them. A peer that goes meanwhile is left out.
 */
final class PeerList {
    static final int MOST_IN_A_HOLD = 64;

    private PeerList() {}

    /** The socket's peers; none if it is closed. Takes the lock itself. */
    static List<Peer> of(SocketLock lock, SocketPipes pipes, Exchange exchange) {
        var all = all(lock, pipes, exchange);
        var peers = new ArrayList<Peer>(all.size());
        for (var from = 0; from < all.size(); from += MOST_IN_A_HOLD) {
            addSome(lock, pipes, all.subList(from, Math.min(all.size(), from + MOST_IN_A_HOLD)), peers);
        }
        return List.copyOf(peers);
    }

    private static List<Pipe> all(SocketLock lock, SocketPipes pipes, Exchange exchange) {
        lock.lock();
        try {
            pipes.workOffBells();
            return exchange.isClosed() ? List.of() : pipes.all();
        } finally {
            lock.unlock();
        }
    }

    private static void addSome(SocketLock lock, SocketPipes pipes, List<Pipe> some, List<Peer> to) {
        lock.lock();
        try {
            for (var pipe : some) {
                var peer = pipes.has(pipe) ? pipe.peerNow() : null;
                if (peer != null) {
                    to.add(peer);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
