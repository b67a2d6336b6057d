/**
 * What users write: a context, one class per socket type, poller, loop, proxy and monitor.
 *
 * <p>The library tells what went wrong to the {@link System.Logger} named {@code io.lingmq}: warnings of what the
 * application may want to do something about, errors that should be impossible, and at DEBUG what only developers of
 * the library want to know. Without further ado that is {@code java.util.logging}; with
 * {@code slf4j-jdk-platform-logging} on the class path or module path it is SLF4J. Only where a context is closed while
 * the Java machine shuts down, and {@code java.util.logging} may be gone, a loss is told on {@code System.err} in place
 * of the log.
 */
@NullMarked
package io.lingmq;

import org.jspecify.annotations.NullMarked;
