package io.lingmq.pipe;

/** The value of a {@link PaddedLong}, with space before it; the subclass brings the space behind. */
abstract class PaddedValue extends Padding {
    long value;
}
