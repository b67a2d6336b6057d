/** One socket from the command line: {@code ling req}, {@code ling pub} and their like. */
@NullMarked
package io.lingmq.cli.socket;

import org.jspecify.annotations.NullMarked;
