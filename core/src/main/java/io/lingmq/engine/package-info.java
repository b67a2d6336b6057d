/**
 * Turns bytes into messages and messages into bytes for one connection; touches no channel, thread or clock.
 *
 * <p>For those who bring a protocol of their own: {@link io.lingmq.engine.Protocol} and what it leads to. This is no
 * part of the API for programs, and may still change from one version to the next.
 */
@NullMarked
package io.lingmq.engine;

import org.jspecify.annotations.NullMarked;
