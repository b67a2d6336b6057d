/** Many requests at once: asking over DEALERs with a table of open calls, and answering over a ROUTER. */
@NullMarked
package io.lingmq.request;

import org.jspecify.annotations.NullMarked;
