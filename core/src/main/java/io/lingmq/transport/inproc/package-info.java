/** A directory of names in one context; marries two pipes, no bytes. */
@NullMarked
package io.lingmq.transport.inproc;

import org.jspecify.annotations.NullMarked;
