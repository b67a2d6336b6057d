/** Endpoints as values, and what a transport must supply: addresses and links. */
@NullMarked
package io.lingmq.transport;

import org.jspecify.annotations.NullMarked;
