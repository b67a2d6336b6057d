/** What tests of messaging code share: scripted peers, faults between peers, waiting, a clock, and leak checks. */
@NullMarked
package io.lingmq.testkit;

import org.jspecify.annotations.NullMarked;
