package io.lingmq.option;

import java.time.Duration;
import java.util.function.Predicate;

/** Which values of an option are legal, as a test and in words. */
record ValueRange<T>(Predicate<T> test, String text) {

    boolean contains(T value) {
        return test.test(value);
    }

    static <T> ValueRange<T> any() {
        return new ValueRange<>(value -> true, "any value");
    }

    static ValueRange<Integer> atLeast(int least) {
        return new ValueRange<>(value -> value >= least, "a whole number from " + least);
    }

    static ValueRange<Integer> between(int least, int most) {
        return new ValueRange<>(
                value -> value >= least && value <= most, "a whole number from " + least + " to " + most);
    }

    static ValueRange<Long> atLeastLong(long least) {
        return new ValueRange<>(value -> value >= least, "a whole number from " + least);
    }

    static ValueRange<byte[]> bytesUpTo(int most) {
        return new ValueRange<>(value -> value.length <= most, "at most " + most + " bytes");
    }

    static ValueRange<Duration> notNegative() {
        return new ValueRange<>(value -> !value.isNegative(), "a duration of 0 or more");
    }

    static ValueRange<Duration> upTo(Duration most) {
        return new ValueRange<>(
                value -> !value.isNegative() && value.compareTo(most) <= 0,
                "a duration from 0 to " + most.toMillis() + "ms");
    }
}
