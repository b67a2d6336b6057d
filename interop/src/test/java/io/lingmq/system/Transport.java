package io.lingmq.system;

import io.lingmq.testkit.Endpoints;

/** The ways that the system tests take from one socket to another. */
enum Transport {
    TCP,
    IPC,
    INPROC;

    /** An endpoint that nobody uses; it can be connected to before it is bound. */
    String endpoint() {
        return switch (this) {
            case TCP -> Endpoints.tcp();
            case IPC -> Endpoints.ipc();
            case INPROC -> Endpoints.inproc();
        };
    }

    /** Whether octets travel, so that a connection can be lost. */
    boolean hasWire() {
        return this != INPROC;
    }
}
