package io.lingmq.option;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which values of an option are legal, as a test and in words.
 *
 * @param test whether a value is legal
 * @param text the rule as error texts end, behind "it must be": {@code a whole number from 0}
 * @param <T> the type of the values
 */
public record ValueRange<T>(Predicate<T> test, String text) {
    /** A range with its test and its text. */
    public ValueRange {
        Objects.requireNonNull(test, "the test is null");
        Objects.requireNonNull(text, "the text is null");
    }

    boolean contains(T value) {
        return test.test(value);
    }

    /** Any value. */
    public static <T> ValueRange<T> any() {
        return new ValueRange<>(value -> true, "any value");
    }

    /** Whole numbers from the given one. */
    public static ValueRange<Integer> atLeast(int least) {
        return new ValueRange<>(value -> value >= least, "a whole number from " + least);
    }

    /** Whole numbers from the first to the second. */
    public static ValueRange<Integer> between(int least, int most) {
        return new ValueRange<>(
                value -> value >= least && value <= most, "a whole number from " + least + " to " + most);
    }

    /** Whole numbers from the given one. */
    public static ValueRange<Long> atLeastLong(long least) {
        return new ValueRange<>(value -> value >= least, "a whole number from " + least);
    }

    /** At most so many octets. */
    public static ValueRange<byte[]> bytesUpTo(int most) {
        return new ValueRange<>(value -> value.length <= most, "at most " + most + " bytes");
    }

    /** Texts of at most so many octets in UTF-8. */
    public static ValueRange<String> textUpTo(int most) {
        return new ValueRange<>(
                value -> value.getBytes(StandardCharsets.UTF_8).length <= most, "at most " + most + " bytes in UTF-8");
    }

    /** Durations of 0 or more. */
    public static ValueRange<Duration> notNegative() {
        return new ValueRange<>(value -> !value.isNegative(), "a duration of 0 or more");
    }

    /** Durations from 0 to the given one. */
    public static ValueRange<Duration> upTo(Duration most) {
        Objects.requireNonNull(most, "the most is null");
        return new ValueRange<>(
                value -> !value.isNegative() && value.compareTo(most) <= 0,
                "a duration from 0 to " + most.toMillis() + "ms");
    }
}
