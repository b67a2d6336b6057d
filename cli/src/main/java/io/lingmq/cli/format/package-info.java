/** How messages look as lines: text, hex and JSON, each of them in both directions. */
@NullMarked
package io.lingmq.cli.format;

import org.jspecify.annotations.NullMarked;
