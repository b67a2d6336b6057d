package io.lingmq.cli.shell;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as the command line writes them: {@code 250ms}, {@code 1.5s}, {@code 2m}, {@code 1h}. */
public final class Span implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|)");
    /** So long that sums of it and the clock still fit. */
    private static final BigDecimal LONGEST_NS = BigDecimal.valueOf(Long.MAX_VALUE / 4);

    /** Creates the converter; done by picocli. */
    public Span() {}

    @Override
    public Duration convert(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException("write a number and a unit, for example 250ms, 1.5s, 2m or 1h");
        }
        var span = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unitNs(parts.group(2))));
        return Duration.ofNanos(span.min(LONGEST_NS).longValue());
    }

    private static long unitNs(String unit) {
        return switch (unit) {
            case "s" -> 1_000_000_000L;
            case "m" -> 60 * 1_000_000_000L;
            case "h" -> 3600 * 1_000_000_000L;
            default -> 1_000_000;
        };
    }

    /** The duration in words that {@link #convert} reads, for sentences. */
    public static String text(Duration span) {
        var ms = span.toMillis();
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }
}
