/** A walk through all patterns on real sockets, in scenes that check what they show. */
@NullMarked
package io.lingmq.cli.demo;

import org.jspecify.annotations.NullMarked;
