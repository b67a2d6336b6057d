/** The words of ZMTP as bytes and values: greeting, frame header, command, metadata, fault. */
@NullMarked
package io.lingmq.wire;

import org.jspecify.annotations.NullMarked;
