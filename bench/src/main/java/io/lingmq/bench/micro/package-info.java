/** Benchmarks of single classes: run {@code java -jar bench/target/benchmarks.jar}. */
@NullMarked
package io.lingmq.bench.micro;

import org.jspecify.annotations.NullMarked;
