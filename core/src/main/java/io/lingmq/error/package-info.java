/** What can go wrong, once: error codes and the exceptions that carry them. */
@NullMarked
package io.lingmq.error;

import org.jspecify.annotations.NullMarked;
