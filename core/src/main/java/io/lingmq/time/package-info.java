/** Points in time and delays in nanoseconds, without overflow. */
@NullMarked
package io.lingmq.time;

import org.jspecify.annotations.NullMarked;
