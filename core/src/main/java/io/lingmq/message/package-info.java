/** A message: one or more frames, immutable, sent and delivered whole. */
@NullMarked
package io.lingmq.message;

import org.jspecify.annotations.NullMarked;
