/** One file per socket type: how it sends, receives and treats its peers. */
@NullMarked
package io.lingmq.pattern;

import org.jspecify.annotations.NullMarked;
