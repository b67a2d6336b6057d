/** An event loop: one thread that calls handlers when a socket or channel is ready, a time has come, or it is asked. */
@NullMarked
package io.lingmq.loop;

import org.jspecify.annotations.NullMarked;
