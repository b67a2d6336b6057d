package io.lingmq.cli.format;

import java.time.Instant;

/**
 * What a message does not say of itself.
 *
 * @param number which of the messages received it is, from 1 on
 * @param time when it was received
 * @param addressed whether its first frame is the routing id of the peer that it came from
 */
public record Receipt(long number, Instant time, boolean addressed) {}
