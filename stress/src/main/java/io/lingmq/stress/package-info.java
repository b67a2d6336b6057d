/** Runs the stress tests: those of sound classes must pass, and those of broken ones must fail. */
@NullMarked
package io.lingmq.stress;

import org.jspecify.annotations.NullMarked;
