/** Security mechanisms as conversations of commands: command in, command out, verdict. */
@NullMarked
package io.lingmq.mechanism;

import org.jspecify.annotations.NullMarked;
