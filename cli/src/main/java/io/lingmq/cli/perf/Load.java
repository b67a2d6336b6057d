package io.lingmq.cli.perf;

/**
 * How much to move.
 *
 * @param endpoint where
 * @param size of each message in bytes
 * @param count how many messages
 * @param subscribers how many receive each message
 */
record Load(String endpoint, int size, long count, int subscribers) {
    Load withCount(long other) {
        return new Load(endpoint, size, other, subscribers);
    }

    Load at(String other) {
        return new Load(other, size, count, subscribers);
    }

    boolean isIpc() {
        return endpoint.startsWith("ipc:");
    }

    /** An endpoint of the same kind that nobody else uses. */
    String ownEndpoint() {
        return endpoint.startsWith("inproc:") ? "inproc://warm-up" : "tcp://127.0.0.1:*";
    }
}
