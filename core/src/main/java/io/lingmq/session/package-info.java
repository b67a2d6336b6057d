/** Keeps an endpoint alive: listens, connects, reconnects, joins link, engine and pipe, lingers. */
@NullMarked
package io.lingmq.session;

import org.jspecify.annotations.NullMarked;
