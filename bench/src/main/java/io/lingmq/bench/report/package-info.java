/** What came of the runs: the results as a file, and the page with tables and plots that is made from it. */
@NullMarked
package io.lingmq.bench.report;

import org.jspecify.annotations.NullMarked;
