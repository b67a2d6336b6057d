/** Where the {@code ling} command begins: the process, and the tree of its commands. */
@NullMarked
package io.lingmq.cli;

import org.jspecify.annotations.NullMarked;
