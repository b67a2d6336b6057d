package io.lingmq.option;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Durations as text: {@code 50us}, {@code 250ms}, {@code 1.5s}, {@code 2m}, {@code 1h}, {@code forever}. */
final class DurationText {
    private static final Pattern AMOUNT_AND_UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(us|ms|s|m|h|)");
    private static final int NS_PER_MS = 1_000_000;
    private static final int NS_PER_US = 1_000;
    /** Decimal places of a second. */
    private static final int MILLISECONDS = 3;

    private static final int MICROSECONDS = 6;
    private static final int NANOSECONDS = 9;

    private DurationText() {}

    /** Reads a duration, to the microsecond; a number without a unit is milliseconds. */
    static Duration read(String text) {
        if (text.equals("forever") || text.equals("-1")) {
            return Options.FOREVER;
        }
        var parts = AMOUNT_AND_UNIT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("write a number and a unit, for example 50us, 250ms, 1.5s, 2m or 1h");
        }
        try {
            return ofSeconds(new BigDecimal(parts.group(1)).multiply(seconds(parts.group(2))));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("that is longer than can be counted; write forever", e);
        }
    }

    private static Duration ofSeconds(BigDecimal seconds) {
        var exact = seconds.setScale(MICROSECONDS, RoundingMode.DOWN);
        var whole = exact.setScale(0, RoundingMode.DOWN);
        return Duration.ofSeconds(
                whole.longValueExact(),
                exact.subtract(whole).movePointRight(NANOSECONDS).longValueExact());
    }

    private static BigDecimal seconds(String unit) {
        return switch (unit) {
            case "us" -> BigDecimal.ONE.movePointLeft(MICROSECONDS);
            case "s" -> BigDecimal.ONE;
            case "m" -> BigDecimal.valueOf(TimeUnit.MINUTES.toSeconds(1));
            case "h" -> BigDecimal.valueOf(TimeUnit.HOURS.toSeconds(1));
            default -> BigDecimal.ONE.movePointLeft(MILLISECONDS);
        };
    }

    /** The duration as {@link #read} reads it. */
    static String write(Duration value) {
        if (value.equals(Options.FOREVER)) {
            return "forever";
        }
        if (value.toNanosPart() % NS_PER_MS != 0) {
            return TimeUnit.SECONDS.toMicros(value.toSeconds()) + value.toNanosPart() / NS_PER_US + "us";
        }
        return value.toMillisPart() == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms";
    }
}
