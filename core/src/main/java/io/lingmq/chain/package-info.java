/**
 * Chains of byte arrays: queues of octets from one thread to another, published a whole message at a time. What a
 * message is, they do not know: who puts it in marks where it ends.
 *
 * <p>A protocol of one's own puts its peer's messages into a {@link io.lingmq.chain.ChainWriter}. This is no part of
 * the API for programs, and may still change from one version to the next.
 */
@NullMarked
package io.lingmq.chain;

import org.jspecify.annotations.NullMarked;
