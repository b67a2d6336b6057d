package io.lingmq.cli.proxy;

import io.lingmq.option.SocketType;
import java.util.Locale;

/** The proxies that need no more than two endpoints, under the names that ZeroMQ has always given them. */
public enum Device {
    /** Requests of many clients to many workers. */
    QUEUE(SocketType.ROUTER, SocketType.DEALER),
    /** Messages of many publishers to many subscribers. */
    FORWARDER(SocketType.XSUB, SocketType.XPUB),
    /** Work of many producers to many workers. */
    STREAMER(SocketType.PULL, SocketType.PUSH);

    private final SocketType frontend;
    private final SocketType backend;

    Device(SocketType frontend, SocketType backend) {
        this.frontend = frontend;
        this.backend = backend;
    }

    SocketType frontend() {
        return frontend;
    }

    SocketType backend() {
        return backend;
    }

    /** The name of its command. */
    public String command() {
        return name().toLowerCase(Locale.ROOT);
    }
}
