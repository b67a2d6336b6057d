/** Turns bytes into messages and messages into bytes for one connection; touches no channel, thread or clock. */
@NullMarked
package io.lingmq.engine;

import org.jspecify.annotations.NullMarked;
