/** Benchmarks: run {@code java -jar bench/target/benchmarks.jar}. */
@NullMarked
package io.lingmq.bench;

import org.jspecify.annotations.NullMarked;
