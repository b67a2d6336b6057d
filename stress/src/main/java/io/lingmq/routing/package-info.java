/** Stress tests of what only this package of the core can see; they run on the class path. */
@NullMarked
package io.lingmq.routing;

import org.jspecify.annotations.NullMarked;
