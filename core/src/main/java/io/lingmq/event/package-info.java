/** What a monitor can report, one record per kind. */
@NullMarked
package io.lingmq.event;

import org.jspecify.annotations.NullMarked;
