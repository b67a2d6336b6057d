/** Short programs, each with a {@code main} and a test that runs it. */
@NullMarked
package io.lingmq.examples;

import org.jspecify.annotations.NullMarked;
