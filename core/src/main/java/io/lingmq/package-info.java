/** What users write: a context, one class per socket type, poller, proxy and monitor. */
@NullMarked
package io.lingmq;

import org.jspecify.annotations.NullMarked;
