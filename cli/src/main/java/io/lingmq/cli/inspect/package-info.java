/** What answers at an endpoint: {@code ling inspect}. */
@NullMarked
package io.lingmq.cli.inspect;

import org.jspecify.annotations.NullMarked;
