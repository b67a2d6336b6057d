/** Socket types, and every option declared once with its type, default, range and libzmq number. */
@NullMarked
package io.lingmq.option;

import org.jspecify.annotations.NullMarked;
