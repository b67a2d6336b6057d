/** Unix domain sockets: how to read their paths and open their channels. */
@NullMarked
package io.lingmq.transport.ipc;

import org.jspecify.annotations.NullMarked;
