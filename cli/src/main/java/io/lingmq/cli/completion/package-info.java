/** What a shell offers when the tab key is pressed: {@code ling completion}. */
@NullMarked
package io.lingmq.cli.completion;

import org.jspecify.annotations.NullMarked;
