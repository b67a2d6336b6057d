package io.lingmq.cli.perf;

/**
 * How much to move.
 *
 * @param endpoint where
 * @param size of each message in bytes
 * @param count how many messages
 * @param subscribers how many receive each message
 */
record Load(String endpoint, int size, long count, int subscribers) {}
