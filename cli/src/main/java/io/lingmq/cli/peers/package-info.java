/** {@code ling peers}: who a socket's peers are, as lines or as a live table. */
@NullMarked
package io.lingmq.cli.peers;

import org.jspecify.annotations.NullMarked;
