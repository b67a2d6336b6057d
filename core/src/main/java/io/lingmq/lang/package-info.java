/** Handles of volatile fields, which the language makes long. */
@NullMarked
package io.lingmq.lang;

import org.jspecify.annotations.NullMarked;
