package io.lingmq.session;

import io.lingmq.reactor.Reactor;
import io.lingmq.transport.Acceptor;
import io.lingmq.transport.Link;
import io.lingmq.transport.LinkWatcher;
import io.lingmq.transport.ReadyWatcher;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An address of datagrams that gives one link after the other, none of which is of any use. */
final class BrokenDatagrams implements Acceptor {
    private @Nullable Reactor reactor;
    private @Nullable ReadyWatcher watcher;
    private final Link link;
    private int given;
    private boolean closed;

    private BrokenDatagrams(Link link) {
        this.link = link;
    }

    /** Its links cannot be watched. */
    static BrokenDatagrams unwatchable() {
        return new BrokenDatagrams(new Useless() {
            @Override
            public void watch(Reactor by, LinkWatcher told) throws IOException {
                throw new IOException("it cannot be watched");
            }
        });
    }

    /** Its links preserve boundaries, and their protocol is one for streams. */
    static BrokenDatagrams withAProtocolForStreams() {
        return new BrokenDatagrams(new Useless() {
            @Override
            public boolean preservesBoundaries() {
                return true;
            }
        });
    }

    int given() {
        return given;
    }

    @Override
    public String endpoint() {
        return "broken://1";
    }

    @Override
    public void watch(Reactor by, ReadyWatcher told) {
        reactor = by;
        watcher = told;
        acceptInterest(true);
    }

    @Override
    public void acceptInterest(boolean wanted) {
        if (wanted && reactor != null && watcher != null) {
            reactor.post(watcher::ready);
        }
    }

    @Override
    public @Nullable Link accept() {
        if (closed) {
            return null;
        }
        given++;
        return link;
    }

    @Override
    public boolean sharesAddressWithLinks() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
    }

    private static class Useless implements Link {
        @Override
        public void watch(Reactor by, LinkWatcher told) throws IOException {}

        @Override
        public void readInterest(boolean wanted) {}

        @Override
        public void writeInterest(boolean wanted) {}

        @Override
        public int read(ByteBuffer buffer) {
            return 0;
        }

        @Override
        public int write(ByteBuffer buffer) {
            return 0;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public void close() {}

        @Override
        public String peer() {
            return "nobody";
        }
    }
}
