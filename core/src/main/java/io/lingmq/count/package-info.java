/** What the library counts of its own work, where assertions are on. */
@NullMarked
package io.lingmq.count;

import org.jspecify.annotations.NullMarked;
