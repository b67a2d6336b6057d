/** Code that is not the library's own, and the log, called so that nothing that they throw escapes. */
@NullMarked
package io.lingmq.guard;

import org.jspecify.annotations.NullMarked;
