/** One thread that waits on channels, runs queued tasks and fires timers. */
@NullMarked
package io.lingmq.reactor;

import org.jspecify.annotations.NullMarked;
