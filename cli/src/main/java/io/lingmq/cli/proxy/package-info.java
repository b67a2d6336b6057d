/** The nodes in between: {@code ling proxy} and its ready-made forms. */
@NullMarked
package io.lingmq.cli.proxy;

import org.jspecify.annotations.NullMarked;
