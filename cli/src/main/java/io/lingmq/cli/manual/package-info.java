/** The page of {@code man ling}: {@code ling manual}. */
@NullMarked
package io.lingmq.cli.manual;

import org.jspecify.annotations.NullMarked;
