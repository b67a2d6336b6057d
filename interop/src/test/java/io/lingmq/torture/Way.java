package io.lingmq.torture;

import io.lingmq.testkit.Endpoints;

/** The transports that a turn picks from. */
enum Way {
    TCP,
    IPC,
    INPROC;

    /** An endpoint that nobody uses. */
    String endpoint() {
        return switch (this) {
            case TCP -> Endpoints.tcp();
            case IPC -> Endpoints.ipc();
            case INPROC -> Endpoints.inproc();
        };
    }
}
