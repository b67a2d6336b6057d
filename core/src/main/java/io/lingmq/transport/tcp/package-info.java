/** TCP: how to read its addresses and open its channels. */
@NullMarked
package io.lingmq.transport.tcp;

import org.jspecify.annotations.NullMarked;
