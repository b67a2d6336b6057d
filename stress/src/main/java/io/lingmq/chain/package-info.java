/** Stress tests of what only this package of the core can see; they run on the class path. */
@NullMarked
package io.lingmq.chain;

import org.jspecify.annotations.NullMarked;
