package io.lingmq.option;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * How values of one type are read from text and written to it.
 *
 * @param hint what a value looks like, for help pages; its first word stands for the value: {@code number},
 *     {@code duration (50us, 250ms, 1.5s, 2m, forever)}
 * @param reader reads a value from text; throws an {@link IllegalArgumentException} that says what is wrong with it
 * @param writer writes a value as the reader reads it
 * @param <T> the type of the values, which are immutable or arrays of bytes
 */
public record ValueKind<T>(String hint, Function<String, T> reader, Function<T, String> writer) {
    /** A whole number. */
    public static final ValueKind<Integer> INTEGER =
            new ValueKind<>("number", text -> readWhole(text, Integer::valueOf, Integer.MAX_VALUE), String::valueOf);
    /** A whole number that may be large. */
    public static final ValueKind<Long> LONG =
            new ValueKind<>("number", text -> readWhole(text, Long::valueOf, Long.MAX_VALUE), String::valueOf);
    /** True or false. */
    public static final ValueKind<Boolean> BOOLEAN =
            new ValueKind<>("true|false", ValueKind::readBoolean, String::valueOf);
    /** A duration, to the microsecond, or one without end: {@link Options#FOREVER}. */
    public static final ValueKind<Duration> DURATION =
            new ValueKind<>("duration (50us, 250ms, 1.5s, 2m, forever)", DurationText::read, DurationText::write);
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

    private static <T> T readWhole(String text, Function<String, T> reader, long most) {
        try {
            return reader.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("write a whole number, " + most + " at most", e);
        }
    }

    private static Boolean readBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw new IllegalArgumentException("write true or false");
        };
    }

    private static byte[] readBytes(String text) {
        if (!text.startsWith("0x")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return HexFormat.of().parseHex(text.substring(2));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("behind 0x write two hex digits for each byte", e);
        }
    }

    private static String writeBytes(byte[] value) {
        var text = new String(value, StandardCharsets.ISO_8859_1);
        var readsBack = text.equals(text.trim())
                && !text.startsWith("0x")
                && text.chars().allMatch(c -> c >= ' ' && c <= '~');
        return readsBack ? text : "0x" + HexFormat.of().formatHex(value);
    }
}
