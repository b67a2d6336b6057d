/** Keeps an endpoint alive: listens, connects, reconnects, joins channel, engine and pipe, lingers. */
@NullMarked
package io.lingmq.session;

import org.jspecify.annotations.NullMarked;
