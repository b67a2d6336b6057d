/** Ways to choose among pipes: round robin, fair queue, fan-out, by routing id, by subscription. */
@NullMarked
package io.lingmq.routing;

import org.jspecify.annotations.NullMarked;
