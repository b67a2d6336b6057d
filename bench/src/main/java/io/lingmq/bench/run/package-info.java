/** Runs the measured programs in turn and collects their figures. */
@NullMarked
package io.lingmq.bench.run;

import org.jspecify.annotations.NullMarked;
