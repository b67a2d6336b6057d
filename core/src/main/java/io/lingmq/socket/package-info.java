/** The socket behind every public socket: locking, blocking, timeouts, its endpoints and its pattern. */
@NullMarked
package io.lingmq.socket;

import org.jspecify.annotations.NullMarked;
