package io.lingmq.cli.shell;

import io.lingmq.option.Options;
import io.lingmq.option.ValueKind;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as the command line writes them, just as socket options do: {@code 250ms}, {@code 1.5s}, {@code 2m}. */
public final class Span implements ITypeConverter<Duration> {
    /** So long that sums of it and the clock still fit. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 4);

    /** Creates the converter; done by picocli. */
    public Span() {}

    @Override
    public Duration convert(String text) {
        try {
            var span = ValueKind.DURATION.reader().apply(text);
            if (span.equals(Options.FOREVER)) {
                throw new TypeConversionException("leave the option out where there is no limit");
            }
            return span.compareTo(LONGEST) < 0 ? span : LONGEST;
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** The duration in words that {@link #convert} reads, for sentences. */
    public static String text(Duration span) {
        return ValueKind.DURATION.writer().apply(span);
    }
}
