/** Short programs, each with a {@code main} and a test that runs it; all endpoints can be given as arguments. */
@NullMarked
package io.lingmq.examples;

import org.jspecify.annotations.NullMarked;
