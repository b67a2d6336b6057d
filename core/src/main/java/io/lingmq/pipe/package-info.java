/** The two-way queue between a socket and one peer, with its high-water marks and its doorbells. */
@NullMarked
package io.lingmq.pipe;

import org.jspecify.annotations.NullMarked;
