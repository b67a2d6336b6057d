/** The program that is measured, once for each Java library; a C program does the same for libzmq. */
@NullMarked
package io.lingmq.bench.peer;

import org.jspecify.annotations.NullMarked;
