package io.lingmq.option;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How values of one type are read from text and written to it.
 *
 * @param hint what a value looks like, for help pages; its first word stands for the value: {@code number},
 *     {@code duration (50us, 250ms, 5s, 2m, forever)}
 * @param reader reads a value from text; throws an {@link IllegalArgumentException} that says what is wrong with it
 * @param writer writes a value as the reader reads it
 * @param <T> the type of the values, which are immutable or arrays of bytes
 */
public record ValueKind<T>(String hint, Function<String, T> reader, Function<T, String> writer) {
    private static final int NS_PER_MS = 1_000_000;
    private static final int NS_PER_US = 1_000;
    private static final Pattern AMOUNT_AND_UNIT = Pattern.compile("(\\d+)\\s*(us|ms|s|m|h|)");

    /** A whole number. */
    public static final ValueKind<Integer> INTEGER = new ValueKind<>("number", Integer::valueOf, String::valueOf);
    /** A whole number that may be large. */
    public static final ValueKind<Long> LONG = new ValueKind<>("number", Long::valueOf, String::valueOf);
    /** True or false. */
    public static final ValueKind<Boolean> BOOLEAN =
            new ValueKind<>("true|false", ValueKind::readBoolean, String::valueOf);
    /** A duration, or one without end: {@link Options#FOREVER}. */
    public static final ValueKind<Duration> DURATION = new ValueKind<>(
            "duration (50us, 250ms, 5s, 2m, forever)", ValueKind::readDuration, ValueKind::writeDuration);
    /** Octets, as a text in UTF-8 or in hexadecimal. */
    public static final ValueKind<byte[]> BYTES =
            new ValueKind<>("text (or 0x… in hex)", ValueKind::readBytes, ValueKind::writeBytes);
    /** A text, without spaces at its ends. */
    public static final ValueKind<String> TEXT = new ValueKind<>("text", Function.identity(), Function.identity());

    /** A text that is written nowhere, as a password. */
    public static final ValueKind<String> SECRET =
            new ValueKind<>("secret", Function.identity(), secret -> secret.isEmpty() ? "" : "(not shown)");

    /** A kind of value with its hint, reader and writer. */
    public ValueKind {
        Objects.requireNonNull(hint, "the hint is null");
        Objects.requireNonNull(reader, "the reader is null");
        Objects.requireNonNull(writer, "the writer is null");
    }

    T parse(String text) {
        return reader.apply(text);
    }

    String format(T value) {
        return writer.apply(value);
    }

    private static Boolean readBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw new IllegalArgumentException("use true or false");
        };
    }

    private static Duration readDuration(String text) {
        if (text.equals("forever") || text.equals("-1")) {
            return Options.FOREVER;
        }
        var parts = AMOUNT_AND_UNIT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("write a number and a unit, for example 50us, 250ms, 5s, 2m or 1h");
        }
        var amount = Long.parseLong(parts.group(1));
        try {
            return switch (parts.group(2)) {
                case "us" -> Duration.of(amount, ChronoUnit.MICROS);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofMillis(amount);
            };
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("that is longer than can be counted; write forever", e);
        }
    }

    private static String writeDuration(Duration value) {
        if (value.equals(Options.FOREVER)) {
            return "forever";
        }
        if (value.toNanosPart() % NS_PER_MS != 0) {
            return TimeUnit.SECONDS.toMicros(value.toSeconds()) + value.toNanosPart() / NS_PER_US + "us";
        }
        return value.toMillisPart() == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms";
    }

    private static byte[] readBytes(String text) {
        return text.startsWith("0x")
                ? HexFormat.of().parseHex(text.substring(2))
                : text.getBytes(StandardCharsets.UTF_8);
    }

    private static String writeBytes(byte[] value) {
        var text = new String(value, StandardCharsets.ISO_8859_1);
        var readsBack = text.equals(text.trim())
                && !text.startsWith("0x")
                && text.chars().allMatch(c -> c >= ' ' && c <= '~');
        return readsBack ? text : "0x" + HexFormat.of().formatHex(value);
    }
}
