/** Measurements through the public API with default options, line by line comparable with libzmq's. */
@NullMarked
package io.lingmq.cli.perf;

import org.jspecify.annotations.NullMarked;
