/** What every transport has to keep, as tests with JUnit 5: extend them, and run them in your own build. */
@NullMarked
package io.lingmq.contract;

import org.jspecify.annotations.NullMarked;
