/** Who may connect: questions about a peer and their answers, as values. */
@NullMarked
package io.lingmq.security;

import org.jspecify.annotations.NullMarked;
