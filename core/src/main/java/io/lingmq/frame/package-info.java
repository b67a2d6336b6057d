/**
 * Framing: messages into chains as ZMTP 3 frames and out of them, a walk over such frames, and what sorts a peer's
 * octets into messages and commands. How a header looks, {@link io.lingmq.wire.Frame} knows.
 *
 * <p>A protocol of one's own reads its peer with an {@link io.lingmq.frame.Inbound}. This is no part of the API for
 * programs, and may still change from one version to the next.
 */
@NullMarked
package io.lingmq.frame;

import org.jspecify.annotations.NullMarked;
