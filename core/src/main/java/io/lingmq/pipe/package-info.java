/**
 * The two-way queue between a socket and one peer, with its high-water marks and its doorbells.
 *
 * <p>A protocol of one's own sees the {@link io.lingmq.pipe.WirePipe} go by; it needs nothing else of this. This is no
 * part of the API for programs, and may still change from one version to the next.
 */
@NullMarked
package io.lingmq.pipe;

import org.jspecify.annotations.NullMarked;
